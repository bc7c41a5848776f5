"""Who is meant where another file names a rep."""

from collections.abc import Iterable

from scenarios.accounts.crm_ids import bare_id
from scenarios.accounts.keys import Keys
from scenarios.case import Rep


class RepNames:
    """Reps by every name that other files may give them.

    A name is a rep's id; else a record id of 15 or 18 characters that is the same as somebody's id or `crm_user_id`;
    else an id that a spreadsheet changed, where only one rep can be meant.
    """

    def __init__(self, reps: Iterable[Rep]) -> None:
        ids = [(rep.id, rep.crm_user_id) for rep in reps]
        self._by_record: dict[str, str] = {}
        for own, user in ids:
            for text in (own, user):
                if text:
                    self._by_record.setdefault(bare_id(text), own)
        self._keys = Keys(own for own, _ in ids)
        self._ids = frozenset(own for own, _ in ids)

    def find(self, name: str) -> str:
        """Return the id of the rep, "" for nobody known."""
        if name in self._ids:
            return name
        return self._by_record.get(bare_id(name), "") or self._keys.find(name)[0]
