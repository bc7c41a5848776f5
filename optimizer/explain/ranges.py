"""The range that all load limits together leave each rep, and which limit sets each end."""

from dataclasses import dataclass

import numpy as np

from optimizer.graph import IntArray
from optimizer.problem import LoadArray, Problem

NO_LIMIT = -1
"""In `Ranges`: nothing but the total limits this end."""


@dataclass(frozen=True, eq=False)
class Ranges:
    """The intersection of all load limits with 0..total.

    Attributes
    ----------
    low, high : (n_measures, n_reps) int64
        Smallest and largest load, in integer load units; low is above high where limits contradict each other.
    low_limit, high_limit : (n_measures, n_reps) int32
        Index in `Problem.limits` of the limit that sets the end, or NO_LIMIT.
    rules : tuple of str
        Rule of each limit.
    """

    low: LoadArray
    high: LoadArray
    low_limit: IntArray
    high_limit: IntArray
    rules: tuple[str, ...]

    def low_rule(self, measure: int, rep: int) -> str:
        """Return the rule that sets a low end."""
        return self._rule(int(self.low_limit[measure, rep]))

    def high_rule(self, measure: int, rep: int) -> str:
        """Return the rule that sets a high end."""
        return self._rule(int(self.high_limit[measure, rep]))

    def _rule(self, limit: int) -> str:
        return "band" if limit == NO_LIMIT else self.rules[limit]


def ranges_of(problem: Problem) -> Ranges:
    """Return the ranges of a problem."""
    shape = problem.target.shape
    total = problem.load.sum(axis=1)[:, None]
    low, high = np.zeros(shape, dtype=np.int64), np.broadcast_to(total, shape).copy()
    low_limit, high_limit = (np.full(shape, NO_LIMIT, dtype=np.int32) for _ in range(2))
    for place, limit in enumerate(problem.limits):
        row = limit.measure
        raised, lowered = limit.low > low[row], limit.high < high[row]
        low[row, raised], low_limit[row, raised] = limit.low[raised], place
        high[row, lowered], high_limit[row, lowered] = limit.high[lowered], place
    return Ranges(low, high, low_limit, high_limit, tuple(limit.rule for limit in problem.limits))
