"""Units that no contiguous territory can hold with all limits kept, proven by looking at every set around them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.costs import balance_reference
from optimizer.explain.facts import Facts
from optimizer.explain.pocket import ROUNDING, PocketSearch
from optimizer.explain.surroundings import FARTHEST, Surroundings
from optimizer.explain.wording import at_least, conflict
from optimizer.plan import Plan
from optimizer.problem import Contiguity
from optimizer.result import Reason, Stop
from optimizer.score import Score

MOST_SETS = 2_000
"""Connected sets looked at around one unit before it is given up."""
UNITS_A_TERRITORY = 4
"""Units tried of each territory that misses a limit: those with the fewest neighbours."""
MOST_TERRITORIES = 20
"""Territories tried, the largest misses first."""


@dataclass(frozen=True)
class StuckUnit:
    """A unit that no contiguous territory can hold with all limits kept.

    Attributes
    ----------
    unit : int
    miss : float
        Least share of a target by which the territory that holds it misses a limit; infinity where unknown.
    """

    unit: int
    miss: float

    def reason(self, facts: Facts) -> Reason:
        """Say so in a sentence: how wide the bands would have to be at least, where they are bands."""
        text = "no connected territory that holds it keeps all load limits"
        if np.isinf(self.miss):
            return conflict("contiguity", 1.0, 0.0, text, units=[self.unit])
        tolerances = band_tolerances(facts)
        if tolerances is None:
            text += f": one is missed by at least {at_least(self.miss)} of the target"
        else:
            text = f"no connected territory that holds it can have {_nearer(tolerances, self.miss)}"
        return conflict("contiguity", self.miss, 0.0, text, units=[self.unit])


def band_tolerances(facts: Facts) -> dict[str, float] | None:
    """Return the tolerance of each limited measure; None where anything but bands limits loads."""
    problem = facts.problem
    if not problem.limits or any(limit.rule != "band" for limit in problem.limits) or (problem.target <= 0).any():
        return None
    found = {}
    for limit in problem.limits:
        target = problem.target[limit.measure]
        off = np.minimum(limit.high - target, target - limit.low)
        found[problem.measures[limit.measure]] = max(float((off / target).min()), 0.0)
    return found


def _nearer(tolerances: dict[str, float], miss: float) -> str:
    """Return what is impossible: measures nearer than tolerance and miss, told once where all are alike."""
    wide = {name: at_least(tolerance + miss) for name, tolerance in tolerances.items()}
    if len(set(wide.values())) > 1:
        return " and ".join(f"{name} nearer than {share}" for name, share in wide.items()) + " to the target at once"
    names = " and ".join(wide)
    both = {1: names, 2: f"both {names}"}.get(len(wide), f"{names} all")
    return f"{both} nearer than {next(iter(wide.values()))} to the target"


def find_pockets(facts: Facts, plan: Plan, score: Score, stop: Stop) -> Iterator[StuckUnit]:
    """Yield at most one stuck unit for each territory of the plan that misses a load limit.

    Parameters
    ----------
    facts : Facts
    plan, score : Plan, Score
        The nearest plan, which tells where to look.
    stop : callable
        True ends the search.
    """
    around, tellable = Surroundings(facts), bool((facts.fits == facts.allowed).all())
    for rep in _missing(facts, score):
        for unit in _edge_units(facts, plan, rep):
            if stop():
                return
            miss = least_miss(around, unit, stop)
            if miss is not None and miss > ROUNDING:
                # Where a unit alone passes a limit, a territory with it was not looked at and may miss less.
                yield StuckUnit(unit, miss if tellable else np.inf)
                break


def least_miss(around: Surroundings, unit: int, stop: Stop) -> float | None:
    """Return the least share of a target by which any contiguous territory with a unit misses its worst limit.

    Returns
    -------
    float or None
        Infinity where every territory misses something but nobody knows how little is possible; None where nothing
        was proven.
    """
    pockets = around.pockets(unit)
    if pockets is None:
        return None
    for pocket in pockets:
        tiny = 2 * ROUNDING
        if PocketSearch(pocket, MOST_SETS, stop).least_miss(tiny) != tiny:
            return None
    misses = [PocketSearch(pocket, MOST_SETS, stop).least_miss(FARTHEST) for pocket in pockets]
    return min(np.inf if miss is None else miss for miss in misses)


def _missing(facts: Facts, score: Score) -> list[int]:
    """Return the reps that miss a limit, the largest misses first."""
    ranges = facts.ranges
    beyond = np.maximum(ranges.low - score.load, score.load - ranges.high) / balance_reference(facts.problem)
    worst = beyond.max(axis=0)
    reps = np.argsort(-worst, kind="stable")
    return [int(rep) for rep in reps[worst[reps] > 0]][:MOST_TERRITORIES]


def _edge_units(facts: Facts, plan: Plan, rep: int) -> list[int]:
    graph, units = facts.problem.graph, plan.units_of(rep)
    units = units[facts.problem.contiguity[units] == Contiguity.REQUIRED]
    degree = graph.indptr[units + 1] - graph.indptr[units]
    return [int(unit) for unit in units[np.argsort(degree, kind="stable")][:UNITS_A_TERRITORY]]
