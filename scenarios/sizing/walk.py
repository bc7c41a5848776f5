"""From today's team downwards and upwards, one rep at a time.

Existing reps keep their place, and the steps are nested: who goes with 18 reps goes with 17 too. At each step every
candidate (a few of the best of the step before, further out) is estimated, and the best few are solved.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from optimizer.options import SolveOptions
from optimizer.result import Stop
from scenarios.sizing.expect import expected
from scenarios.sizing.homes import possible_homes
from scenarios.sizing.model import Candidate
from scenarios.sizing.solved import Solved, solve_team
from scenarios.sizing.staffing import Base, Staffing, farewell_loss, staffed

TRIED = 3
"""Candidates that are solved at each step."""
SHORTLIST = 8
"""Candidates that are estimated at the steps after the first."""
Tell = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Walk:
    """How teams are solved.

    Attributes
    ----------
    base : Base
    options : SolveOptions
        Of each solve.
    stop : callable
        Asked often; true ends the walk with the teams solved so far.
    tell : callable
        Told what is done.
    """

    base: Base
    options: SolveOptions
    stop: Stop
    tell: Tell

    def down(self, today: Solved, lowest: int) -> Iterator[tuple[Solved, list[Candidate]]]:
        """Yield the best team of each size below today's, with the candidates for going that were looked at."""
        reps = [self.base.case.reps[seat.rep] for seat in self.base.case.seats if seat.rep is not None]
        names = {rep.id: f"{rep.id} {rep.name}" for rep in reps}
        here, listed = today, [replace(today.staffing, gone=(rep,)) for rep in names]
        while here.case.problem.n_reps > lowest and not self.stop():
            found = self._step(here, listed)
            if found is None:
                return
            best, order, candidates = found
            yield best, [(_renamed(item, names[item.name])) for item in candidates]
            here = best
            rest = [staffing.gone[-1] for staffing in order if staffing.gone[-1] not in best.staffing.gone]
            listed = [replace(best.staffing, gone=(*best.staffing.gone, rep)) for rep in rest[:SHORTLIST]]

    def up(self, today: Solved, highest: int) -> Iterator[tuple[Solved, list[Candidate]]]:
        """Yield the best team of each size above today's, with the places for one more that were looked at."""
        homes = possible_homes(today.case, today.result.plan)
        here, listed = today, [replace(today.staffing, hired=(home,)) for home in homes]
        while here.case.problem.n_reps < highest and not self.stop():
            found = self._step(here, listed)
            if found is None:
                return
            best, order, candidates = found
            yield best, candidates
            here = best
            places = [staffing.hired[-1] for staffing in order][:SHORTLIST]
            listed = [replace(best.staffing, hired=(*best.staffing.hired, place)) for place in places]

    def _step(self, here: Solved, listed: list[Staffing]) -> tuple[Solved, list[Staffing], list[Candidate]] | None:
        """Return the best of the teams listed, all of them by what they promise, and as candidates."""
        promised = self._promised(listed)
        if not promised:
            return None
        order = sorted(promised, key=lambda staffing: -promised[staffing])
        tried = [team for staffing in order[:TRIED] if (team := self._solve(staffing, here)) is not None]
        if not tried:
            return None
        now = expected(here.case) - here.farewell
        solved = {team.staffing: team.total - here.total for team in tried if not team.result.score.broken}
        candidates = [
            Candidate(
                name=_name(staffing),
                change=solved.get(staffing, promised[staffing] - now),
                evidence="solved" if staffing in solved else "estimated",
            )
            for staffing in order
        ]
        best = max(tried, key=lambda team: team.rank)
        self.tell(f"{best.case.problem.n_reps} reps: {best.total:,.0f} ({_name(best.staffing)})")
        return best, order, sorted(candidates, key=lambda item: (item.evidence != "solved", -item.change))

    def _promised(self, listed: list[Staffing]) -> dict[Staffing, float]:
        promised = {}
        for staffing in listed:
            case = None if self.stop() else staffed(self.base, staffing)
            if case is not None:
                promised[staffing] = expected(case) - farewell_loss(self.base, staffing.gone)
        return promised

    def _solve(self, staffing: Staffing, near: Solved) -> Solved | None:
        return None if self.stop() else solve_team(self.base, staffing, self.options, self.stop, near)


def _name(staffing: Staffing) -> str:
    """Return who went or came last."""
    return staffing.gone[-1] if staffing.gone else staffing.hired[-1].place


def _renamed(candidate: Candidate, name: str) -> Candidate:
    return candidate.model_copy(update={"name": name})
