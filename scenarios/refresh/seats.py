"""Who may hold units in a prepared scenario, asked by rep and by territory code."""

from scenarios.case import Case


class Seats:
    """The seats of a case."""

    def __init__(self, case: Case) -> None:
        self._rep_of = {seat.code: "" if seat.rep is None else case.reps[seat.rep].id for seat in case.seats}
        self._seated = {rep for rep in self._rep_of.values() if rep}
        self._known = {rep.id for rep in case.reps}

    def holder(self, rep: str, territory: str) -> tuple[str, str, str]:
        """Return the rep and territory that a plan's row means, and why where these are not what it says.

        A rep with a seat decides. Else the territory goes on, with its incumbent of today; where it is gone too, both
        are "". Free territories have no reps yet, so their code alone counts.
        """
        if rep in self._seated:
            return rep, "", ""
        if not rep and not territory:
            return "", "", ""
        who = f"the rep {rep} has no territory" if rep in self._known else f"there is no rep {rep}"
        if territory in self._rep_of:
            heir = self._rep_of[territory]
            if not rep or not self._seated:
                return "", territory, ""
            return "", territory, f"{who}; the territory {territory} goes on with {heir}"
        gone = f"there is no territory {territory}" if territory else ""
        return "", "", "; ".join(part for part in (who if rep else "", gone) if part)
