"""Who may hold units in a prepared scenario, asked by rep and by territory code."""

from scenarios.case import Case


class Seats:
    """The seats of a case."""

    def __init__(self, case: Case) -> None:
        self._rep_of = {seat.code: "" if seat.rep is None else case.reps[seat.rep].id for seat in case.seats}
        self._code_of = {rep: code for code, rep in self._rep_of.items() if rep}
        self._known = {rep.id for rep in case.reps}

    def code(self, rep: str, territory: str) -> tuple[str, str]:
        """Return the territory that a plan's row means, "" for none, and why where that is not what the row says.

        A rep with a seat decides. Else the territory goes on, with its incumbent of today, where it is still there.
        Free territories have no reps yet, so their code alone counts.
        """
        if rep in self._code_of:
            return self._code_of[rep], ""
        free = not self._code_of
        if territory in self._rep_of:
            heir = self._rep_of[territory]
            return territory, "" if free or not rep else f"{self._lost(rep)}; the territory {territory} has {heir} now"
        reasons = [self._lost(rep)] if rep and not free else []
        reasons += [f"there is no territory {territory}"] if territory else []
        return "", "; ".join(reasons)

    def _lost(self, rep: str) -> str:
        return f"the rep {rep} has no territory" if rep in self._known else f"there is no rep {rep}"
