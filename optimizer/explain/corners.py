"""Units of one corner that contiguous territories cannot all hold with all limits kept, though each could be held."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.allowance import Spend, unpaid
from optimizer.costs import balance_reference
from optimizer.explain.corner import Corner
from optimizer.explain.facts import Facts
from optimizer.explain.pocket import ROUNDING
from optimizer.explain.pockets import missing_reps
from optimizer.explain.wording import at_least, conflict
from optimizer.graph import Graph, IntArray
from optimizer.plan import Plan
from optimizer.problem import Contiguity
from optimizer.result import Reason, Stop
from optimizer.score import Score

HEAVIEST = 2
"""Units in question: so many of a territory that misses a limit, its outermost one, and as many next to it."""
STEPS = (2, 3, 4)
"""Steps from the units in question to the rim of the corner: more where fewer prove nothing."""
MOST_UNITS = 60
"""Largest corner."""


@dataclass(frozen=True)
class StuckCorner:
    """Units whose territories miss limits whatever the plan.

    Attributes
    ----------
    units : tuple of int
    total : float
        Least sum of the misses, in targets, of all the territories that hold them.
    """

    units: tuple[int, ...]
    total: float

    def reason(self) -> Reason:
        """Say so in a sentence."""
        text = (
            "connected territories that hold these units cannot all keep their load limits: together they miss at least"
        )
        return conflict("contiguity", self.total, 0.0, f"{text} {at_least(self.total)} of a target", units=self.units)


def find_corners(facts: Facts, plan: Plan, score: Score, stop: Stop, spend: Spend = unpaid) -> Iterator[StuckCorner]:
    """Yield at most one stuck corner for each territory of the plan that misses a load limit.

    Parameters
    ----------
    facts : Facts
    plan, score : Plan, Score
        The nearest plan, which tells where to look.
    stop : callable
        True ends the search.
    spend : callable
        Told what the work is worth in proposals.
    """
    problem = facts.problem
    if (problem.contiguity != Contiguity.REQUIRED).any() or (problem.part != problem.part[0]).any():
        return
    for rep in missing_reps(facts, score):
        centers = _centers(facts, plan, rep)
        for units in _around(problem.graph, centers):
            if stop():
                return
            least = Corner(facts, centers.tolist(), units).least_miss(stop, spend)
            if least > ROUNDING:
                yield StuckCorner(tuple(centers.tolist()), least)
                break


def _centers(facts: Facts, plan: Plan, rep: int) -> IntArray:
    """Return the units in question: the heaviest of a territory, its outermost one, and the heaviest next to it."""
    problem, own = facts.problem, plan.units_of(rep)
    if not len(own):
        return own
    share = (problem.load / balance_reference(problem)[:, [rep]]).max(axis=0)
    degree = np.diff(problem.graph.indptr)
    beside = np.setdiff1d(np.concatenate([problem.graph.neighbours(unit) for unit in own.tolist()]), own)
    heaviest = [units[np.argsort(-share[units], kind="stable")][:HEAVIEST] for units in (own, beside)]
    return np.unique(np.concatenate([*heaviest, own[[degree[own].argmin()]]])).astype(np.int32)


def _around(graph: Graph, centers: IntArray) -> Iterator[IntArray]:
    """Yield ever larger corners around some units, each once."""
    units, size = centers, 0
    for step in range(1, max(STEPS) + 1):
        units = np.unique(np.concatenate([units, *(graph.neighbours(unit) for unit in units.tolist())])).astype(
            np.int32
        )
        if step in STEPS and size < len(units) <= MOST_UNITS:
            size = len(units)
            yield units
