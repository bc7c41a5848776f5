"""One team, solved: its case, its best plan, and what that contributes."""

from dataclasses import dataclass, replace

import numpy as np

from optimizer.options import SolveOptions
from optimizer.result import SolveResult, Stop
from optimizer.solve import unwatched
from scenarios.case import Case
from scenarios.economics.bound import most_possible
from scenarios.economics.contribution import Contribution, contribution
from scenarios.robust.hedge import solve_case
from scenarios.sizing.model import SizePoint
from scenarios.sizing.staffing import Base, Staffing, carried, farewell_loss, staffed


@dataclass(frozen=True, eq=False)
class Solved:
    """A team with its plan.

    Attributes
    ----------
    staffing : Staffing
    case : Case
    result : SolveResult
    figures : Contribution
    farewell : float
        First-year loss of those who go, which is not in the figures: their units move unavoidably there.
    """

    staffing: Staffing
    case: Case
    result: SolveResult
    figures: Contribution
    farewell: float

    @property
    def total(self) -> float:
        """What the team contributes in the first year."""
        return self.figures.total - self.farewell

    @property
    def rank(self) -> tuple[bool, float]:
        """Plans that keep every hard rule first, then by contribution."""
        return not self.result.score.broken, self.total


def solve_team(
    base: Base, staffing: Staffing, options: SolveOptions, stop: Stop, near: "Solved | None" = None
) -> Solved | None:
    """Solve with a team, from a plan of a team nearby; None where the scenario's rules do not allow that team."""
    case = staffed(base, staffing)
    if case is None:
        return None
    start = None if near is None or case.problem.free.any() else carried(near.case, near.result.plan, case)
    result, _ = solve_case(case, replace(options, start=start, advice=False), unwatched, stop)
    figures = contribution(case, result.plan)
    return Solved(staffing, case, result, figures, farewell_loss(base, staffing.gone))


def size_point(solved: Solved, before: Solved | None) -> SizePoint:
    """Return a point of the curve; `before` has one rep fewer."""
    result, figures, score = solved.result, solved.figures, solved.result.score
    most = most_possible(solved.case, result.plan, score.value, result.bound)
    missing = {rep for broken in score.broken if broken.rule in ("band", "min", "max", "hours") for rep in broken.reps}
    earned, paid = solved.total + figures.rep_cost, figures.rep_cost
    return SizePoint(
        reps=solved.case.problem.n_reps,
        gone=list(solved.staffing.gone),
        hired=[hire.place for hire in solved.staffing.hired],
        contribution=solved.total,
        bound=None if most is None or score.broken else most - solved.farewell,
        rep_cost=paid,
        disruption_loss=figures.disruption_loss + solved.farewell,
        marginal=None if before is None else earned - before.total - before.figures.rep_cost,
        marginal_cost=None if before is None else paid - before.figures.rep_cost,
        status=result.status,
        gap=result.gap if result.gap is not None and np.isfinite(result.gap) else None,
        in_band=solved.case.problem.n_reps - len(missing),
        broken=len(score.broken),
    )
