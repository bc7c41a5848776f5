"""Today's plan beside the proposal: the seats first, then owners of today who have no seat."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optimizer.graph import IntArray
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.problem import NOBODY
from optimizer.score import Score
from scenarios.case import Case


@dataclass(frozen=True, eq=False)
class Today:
    """The current plan of a case.

    Attributes
    ----------
    owner : (n_units,) int32
        Seat of each unit's current rep; NOBODY where that rep has no seat.
    group : (n_units,) int32
        The same, but owners without a seat are counted on after the seats.
    gone : tuple of str
        Ids of the owners without a seat, in text order.
    score : Score
        The judge's verdict on `owner`.
    """

    owner: IntArray
    group: IntArray
    gone: tuple[str, ...]
    score: Score


def today_of(case: Case) -> Today | None:
    """Return the current plan, or None where nobody owns anything today."""
    current = current_reps(case)
    if not any(current):
        return None
    owner = np.where(case.problem.current >= 0, case.problem.current, NOBODY).astype(np.int32)
    gone = sorted({rep for rep, seat in zip(current, owner, strict=True) if rep and seat == NOBODY})
    index: Mapping[str, int] = {rep: case.problem.n_reps + i for i, rep in enumerate(gone)}
    group = np.array(
        [index.get(rep, NOBODY) if seat == NOBODY else seat for rep, seat in zip(current, owner, strict=True)],
        dtype=np.int32,
    )
    return Today(owner, group, tuple(gone), judge(case.problem, Plan(owner)))


def current_reps(case: Case) -> list[str]:
    """Return today's rep id of each unit of the Problem, "" for none."""
    ids = case.units["current"].astype(str).tolist()
    return [ids[row] for row in case.row_of]
