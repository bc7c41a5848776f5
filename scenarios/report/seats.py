"""Free territories: which code each one bears, and which rep fills it.

Free seats are alike until a plan is made, so codes are given by ordering the plan's columns.
"""

from dataclasses import replace

import numpy as np

from optimizer.graph import IntArray
from optimizer.judge import judge
from optimizer.matching import match
from optimizer.plan import Plan
from optimizer.problem import POTENTIAL, FloatArray, Problem
from optimizer.result import Reason, SolveResult
from optimizer.score import Score
from scenarios.case import Case


def free_seats(case: Case) -> IntArray:
    """Return the seats that nobody fills yet, ascending."""
    return np.array([i for i, seat in enumerate(case.seats) if seat.rep is None], dtype=np.int32)


def order_west_to_east(case: Case, score: Score) -> IntArray:
    """Return the new column of each column, so that the codes of free seats run from west to east.

    West is counted from the middle of all territories, so that a map across the antimeridian is in one piece.
    """
    free = free_seats(case)
    order = np.arange(case.problem.n_reps, dtype=np.int32)
    x, y, z = score.center_xyz_m[free].T
    middle = np.nansum(score.center_xyz_m, axis=0)
    lon = np.mod(np.arctan2(y, x) - np.arctan2(middle[1], middle[0]) + np.pi, 2.0 * np.pi)
    order[free[np.lexsort((free, z, lon))]] = free
    return order


def keep_codes(case: Case, plan: Plan, earlier: Plan) -> IntArray:
    """Return the new column of each column, so that a code stays where most of its potential was in `earlier`."""
    free = free_seats(case)
    order = np.arange(case.problem.n_reps, dtype=np.int32)
    potential = case.problem.load[POTENTIAL]
    kept = np.zeros((case.problem.n_reps, case.problem.n_reps))
    both = (plan.owner >= 0) & (earlier.owner >= 0)
    np.add.at(kept, (plan.owner[both], earlier.owner[both]), potential[both])
    order[free] = free[match(-kept[np.ix_(free, free)])]
    return order
