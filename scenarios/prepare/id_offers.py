"""The known id that a damaged one probably stands for."""

from collections.abc import Iterable


class IdOffers:
    """Known ids, ready to be asked for the likely meaning of an unknown one.

    Recognised are lost leading zeros, a decimal tail ("1234.0"), another case, and one letter too many, too few,
    changed or swapped with the next (ids that share a spelling with one letter left out; after Garbe's symmetric
    deletes).
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._by_bare: dict[str, str] = {}
        self._by_spelling: dict[str, str] = {}
        for name in known:
            self._by_bare.setdefault(_bare(name), name)
            for spelling in _spellings(name):
                self._by_spelling.setdefault(spelling, name)

    def nearest(self, name: str) -> str | None:
        """Return the id that `name` probably stands for, None where there is none."""
        same = self._by_bare.get(_bare(name))
        if same is not None:
            return same
        return next((self._by_spelling[s] for s in _spellings(name) if s in self._by_spelling), None)

    def hint(self, name: str, else_: str) -> str:
        """Return a hint that offers the nearest id, or `else_`."""
        near = self.nearest(name)
        if near is None:
            return else_
        lost = near != name and near.lstrip("0") == name
        return f'Maybe "{near}"; its leading zeros were lost.' if lost else f'Maybe "{near}".'


def _bare(name: str) -> str:
    """Return the id without what spreadsheets change: leading zeros, a decimal tail, case."""
    head, dot, tail = name.strip().casefold().partition(".")
    whole = head if dot and tail.strip("0") == "" else name.strip().casefold()
    return whole.lstrip("0")


def _spellings(name: str) -> list[str]:
    letters = name.strip().casefold()
    return [letters, *(letters[:i] + letters[i + 1 :] for i in range(len(letters)))]
