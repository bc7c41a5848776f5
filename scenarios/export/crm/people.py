"""Reps as the CRM knows them."""

from collections.abc import Iterator

from geodata.findings import Finding, Level
from scenarios.export.written import WrittenPlan
from scenarios.near_names import listed

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
        """Return a warning for each rep asked for whom the CRM cannot know."""
        return listed(self._unknown())

    def _unknown(self) -> Iterator[Finding]:
        for rep in self._asked:
            status = self._reps[rep].status
            if not self._own_ids and not self._reps[rep].crm_user_id:
                message = f"The rep {rep} has no crm_user_id; what goes to this rep is left out of files for the CRM."
                hint = "Maybe fill in the column crm_user_id of the list of reps."
                yield Finding(Level.WARNING, "no-crm-user", message, hint, field="crm_user_id", value=rep)
            elif status in UNFILLED:
                message = f"The seat of {rep} is {status}, and a CRM gives records to people only."
                hint = "Maybe name in crm_user_id who looks after it for now, such as the manager."
                yield Finding(Level.WARNING, "unfilled-seat", message, hint, field="status", value=rep)
