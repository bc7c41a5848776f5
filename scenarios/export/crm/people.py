"""Reps as the CRM knows them."""

from collections.abc import Iterator

from geodata.findings import Finding, Level
from scenarios.export.written import WrittenPlan

UNFILLED = ("vacant", "planned")
"""Status of seats that nobody fills yet."""


class Users:
    """The CRM's user of each rep: `crm_user_id`, or the rep's own id where nobody in the list has one."""

    def __init__(self, plan: WrittenPlan) -> None:
        self._reps = plan.reps
        self._own_ids = not any(rep.crm_user_id for rep in plan.reps.values())
        self._asked: dict[str, None] = {}

    def of(self, rep: str) -> str:
        """Return the user of a rep, "" for a rep without one; somebody who is not in the list stays as written."""
        if rep not in self._reps:
            return rep
        self._asked[rep] = None
        return rep if self._own_ids else self._reps[rep].crm_user_id

    def findings(self) -> tuple[Finding, ...]:
        """Return warnings on the reps asked for whom the CRM cannot know."""
        return tuple(self._unknown())

    def _unknown(self) -> Iterator[Finding]:
        without = [rep for rep in self._asked if not self._own_ids and not self._reps[rep].crm_user_id]
        if without:
            message = (
                f"{len(without)} reps have no crm_user_id and are left out of files for the CRM: {_some(without)}."
            )
            hint = "Maybe fill in the column crm_user_id of the list of reps."
            yield Finding(Level.WARNING, "no-crm-user", message, hint, field="crm_user_id", value=without[0])
        empty = [rep for rep in self._asked if rep not in without and self._reps[rep].status in UNFILLED]
        empty = [rep for rep in empty if not self._reps[rep].crm_user_id]
        if empty:
            message = (
                f"{len(empty)} seats that nobody fills stand in files for the CRM, which knows people: {_some(empty)}."
            )
            hint = "Maybe name in crm_user_id who looks after them for now, such as the manager."
            yield Finding(Level.WARNING, "unfilled-seat", message, hint, field="status", value=empty[0])


def _some(reps: list[str]) -> str:
    return ", ".join(reps[:5]) + (" and others" if len(reps) > 5 else "")
