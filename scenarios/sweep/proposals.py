"""A few plans of the front that differ enough to be worth a discussion."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optimizer.problem import FloatArray
from scenarios.sweep.front import APART, Goal, apart

MOST_PROPOSALS = 7
"""More than seven nobody compares."""
AUGMENTED = 0.05
"""Weight of the sum beside the largest regret, which breaks ties towards plans that no other beats."""

_BEST = {
    "balance": "best balance",
    "travel": "least travel",
    "disruption": "least disruption",
    "contribution": "highest contribution",
}


@dataclass(frozen=True)
class Chosen:
    """A proposal: the row of its point, and why it was chosen."""

    row: int
    why: str


@dataclass(frozen=True, eq=False)
class Front:
    """The points to choose among.

    Attributes
    ----------
    figures : (n_points, n_goals) float64
    goals : tuple of Goal
    other_hands : callable
        Share of the potential that two rows give to different owners.
    """

    figures: FloatArray
    goals: tuple[Goal, ...]
    other_hands: Callable[[int, int], float]

    def regrets(self) -> FloatArray:
        """Return how far each point is from the best in each goal, as a share of the goal's range on the front."""
        cost = self.figures * np.array([goal.sign for goal in self.goals], dtype=np.float64)
        span = np.ptp(cost, axis=0)
        return np.asarray((cost - cost.min(axis=0)) / np.where(span > 0, span, 1.0))

    def differ(self, one: int, other: int) -> bool:
        """Return whether two points differ by 5 % in a goal, visibly, or give 5 % of the potential to other owners."""
        figures = zip(self.goals, self.figures[one], self.figures[other], strict=True)
        return any(apart(goal, a, b) for goal, a, b in figures) or self.other_hands(one, other) >= APART


def choose(front: Front, most: int = MOST_PROPOSALS) -> list[Chosen]:
    """Choose at most so many proposals among the points of a front.

    First the compromise: the least augmented Chebyshev distance to the best of each goal, every goal's range on the
    front counting the same (Steuer and Choo 1983). Then the best in each goal, then again and again the point farthest
    from all chosen (Gonzalez 1985). A point that does not differ enough from each chosen one is passed over.
    """
    if len(front.figures) == 0:
        return []
    regret = front.regrets()
    distance = regret.max(axis=1) + AUGMENTED * regret.sum(axis=1)
    wanted = [Chosen(int(distance.argmin()), "compromise")]
    for column, goal in enumerate(front.goals):
        best = np.lexsort((distance, regret[:, column]))[0]
        wanted.append(Chosen(int(best), _BEST.get(goal.name, f"best {goal.name}")))
    chosen: list[Chosen] = []
    for candidate in wanted:
        _add(chosen, candidate, front, most)
    left = set(range(len(regret))) - {item.row for item in chosen}
    while left and len(chosen) < most:
        rows = [item.row for item in chosen]
        farthest = max(sorted(left), key=lambda row: float(np.abs(regret[rows] - regret[row]).max(axis=1).min()))
        left.remove(farthest)
        _add(chosen, Chosen(farthest, "in between"), front, most)
    return chosen


def _add(chosen: list[Chosen], candidate: Chosen, front: Front, most: int) -> None:
    """Add a candidate where there is room and it differs from all chosen."""
    if len(chosen) < most and all(front.differ(candidate.row, item.row) for item in chosen):
        chosen.append(candidate)
