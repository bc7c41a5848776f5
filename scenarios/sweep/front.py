"""What proposals are compared by, and which of them no other one beats."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.costs import balance_reference
from optimizer.problem import BoolArray, FloatArray, Problem
from optimizer.score import Score

TIE = 1e-9
"""Smaller differences, as a share of the larger figure, are rounding."""


APART = 0.05
"""Plans are told apart from this share of a goal's larger amount on, or of the potential with other owners."""


@dataclass(frozen=True)
class Goal:
    """One direction in which plans are compared.

    Attributes
    ----------
    name : str
        balance, travel, disruption or contribution.
    label, unit : str
        For people.
    sign : int
        1 where less is better, -1 where more is.
    visible : float
        Least difference that people would see in a table.
    """

    name: str
    label: str
    unit: str
    sign: int
    visible: float


BALANCE = Goal("balance", "worst deviation from target", "index points", 1, 0.1)
TRAVEL = Goal("travel", "mean distance to the rep", "km", 1, 0.1)
DISRUPTION = Goal("disruption", "potential that changes hands", "%", 1, 0.1)
CONTRIBUTION = Goal("contribution", "expected contribution", "index", -1, 0.1)
GOALS = (BALANCE, TRAVEL, DISRUPTION, CONTRIBUTION)


def apart(goal: Goal, one: float, other: float) -> bool:
    """Return whether two amounts of a goal differ by at least 5 % of the larger one, and visibly."""
    return abs(one - other) >= max(APART * max(abs(one), abs(other)), goal.visible)


def worst_deviation(problem: Problem, score: Score) -> float:
    """Return the largest |index - 100| over territories and measures, as the goal balance counts them.

    Measures whose aim is infinite are left out; a load without a target is held against an equal share.
    """
    counted = np.isfinite(problem.aim)
    away = 100.0 * np.abs(score.load - problem.target) / balance_reference(problem)
    return float(away[counted].max(initial=0.0))


def on_front(figures: FloatArray, signs: Sequence[int]) -> BoolArray:
    """Return which rows no other row beats: as good in every goal and better in one (Pareto).

    Parameters
    ----------
    figures : (n_points, n_goals) float64
    signs : sequence of int
        1 where less is better, -1 where more is.

    Returns
    -------
    (n_points,) bool
        Of rows that are equal in every goal the first is kept.
    """
    cost = figures * np.asarray(signs, dtype=np.float64)
    slack = TIE * np.abs(cost)
    no_worse = (cost[:, None] <= cost[None] + slack[None]).all(axis=2)
    better = (cost[:, None] < cost[None] - slack[None]).any(axis=2)
    equal = no_worse & no_worse.T
    first = np.tri(len(cost), k=-1, dtype=np.bool_).T
    beaten = (no_worse & better) | (equal & first)
    return np.asarray(~beaten.any(axis=0))
