"""What changes hands: each unit's rep today against its rep in the plan."""

from collections.abc import Sequence

import numpy as np

from optimizer.problem import POTENTIAL
from scenarios.case import Case
from scenarios.report.answer import Answer
from scenarios.report.figures import unit_amounts
from scenarios.report.model import ChangeFigures
from scenarios.report.today import current_reps

KEPT, MOVED, NEW = "kept", "moved", "new"
LEAVING = "leaving"


def unit_changes(answer: Answer) -> list[str]:
    """Return KEPT, MOVED or NEW (nobody's today) for each unit of the Problem."""
    return [change(now, then) for now, then in zip(current_reps(answer.case), planned_reps(answer), strict=True)]


def change(now: str, then: str) -> str:
    """Return what becomes of something that has the rep `now` and will have the rep `then`, both "" for nobody."""
    if not now:
        return NEW
    return KEPT if now == then else MOVED


def planned_reps(answer: Answer) -> list[str]:
    """Return the plan's rep id of each unit of the Problem, "" while nobody is matched."""
    reps = [answer.incumbent(seat) for seat in range(answer.case.problem.n_reps)]
    ids = ["" if rep is None else rep.id for rep in reps]
    return [ids[seat] if seat >= 0 else "" for seat in answer.plan.owner.tolist()]


def staying_reps(case: Case) -> frozenset[str]:
    """Return the ids of the reps who may own units."""
    return frozenset(rep.id for rep in case.reps if rep.status != LEAVING)


def change_figures(answer: Answer) -> ChangeFigures:
    """Sum up what changes hands."""
    case = answer.case
    now = np.array(current_reps(case), dtype=object)
    moved = np.array(unit_changes(answer), dtype=object) == MOVED
    staying = staying_reps(case)
    gone = np.array([rep not in staying for rep in now])
    potential = unit_amounts(case)[POTENTIAL]
    total = float(potential.sum())
    return ChangeFigures(
        units_with_rep=_distinct(case, np.flatnonzero(now != "")),
        moved_units=_distinct(case, np.flatnonzero(moved)),
        unavoidable_units=_distinct(case, np.flatnonzero(moved & gone)),
        moved_potential_percent=100.0 * float(potential[moved].sum()) / total if total > 0 else 0.0,
    )


def _distinct(case: Case, chosen: Sequence[int] | np.ndarray) -> int:
    return len(np.unique(case.row_of[chosen]))
