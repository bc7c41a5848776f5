"""Units that no contiguous territory can hold with all limits kept, proven by looking at every set around them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.allowance import MOVES_A_SECOND, Spend, unpaid
from optimizer.costs import balance_reference
from optimizer.explain.facts import Facts
from optimizer.explain.pocket import ROUNDING, SETS_A_LOOK, Count, PocketSearch, total, worst
from optimizer.explain.surroundings import Surroundings
from optimizer.explain.wording import at_least, conflict
from optimizer.plan import Plan
from optimizer.problem import Contiguity
from optimizer.result import Reason, Stop
from optimizer.score import Score

MOST_SETS = 2_000
"""Connected sets looked at around one unit before it is given up."""
FARTHEST = (0.02, 0.05, 0.1, 0.2, 0.5)
"""Misses, as shares of the target, up to which territories are looked at: farther only where all miss more. So few
units have to be looked at, where the map is wide and light beyond a crowded place."""
UNITS_A_TERRITORY = 4
"""Units tried of each territory that misses a limit: those with the fewest neighbours."""
SETS_A_SECOND = 4_000
"""About what one core looks at."""
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
    total : float
        Least sum of all the misses of a territory that holds it, likewise.
    """

    unit: int
    miss: float
    total: float

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


def find_pockets(facts: Facts, plan: Plan, score: Score, stop: Stop, spend: Spend = unpaid) -> Iterator[StuckUnit]:
    """Yield at most one stuck unit for each territory of the plan that misses a load limit.

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

    def look() -> bool:
        spend(SETS_A_LOOK / SETS_A_SECOND * MOVES_A_SECOND)
        return stop()

    around, tellable = Surroundings(facts), bool((facts.fits == facts.allowed).all())
    for rep in missing_reps(facts, score):
        for unit in _edge_units(facts, plan, rep):
            if look():
                return
            if is_stuck(around, unit, look):
                # Where a unit alone passes a limit, a territory with it was not looked at and may miss less.
                misses = [least_miss(around, unit, look, count) if tellable else np.inf for count in (worst, total)]
                yield StuckUnit(unit, misses[0], misses[1])
                break


def is_stuck(around: Surroundings, unit: int, stop: Stop) -> bool:
    """Return whether it is proven that every contiguous territory with a unit misses a limit."""
    return _least_below(around, unit, 2 * ROUNDING, stop, worst) == 2 * ROUNDING


def least_miss(around: Surroundings, unit: int, stop: Stop, count: Count) -> float:
    """Return a lower limit on what any contiguous territory with a stuck unit misses, mostly the least miss itself.

    Parameters
    ----------
    around : Surroundings
    unit : int
    stop : callable
    count : callable
        `worst` or `total`.

    Returns
    -------
    float
        Infinity where nobody knows how little is possible.
    """
    proven = np.inf
    for farthest in FARTHEST:
        least = _least_below(around, unit, farthest, stop, count)
        if least is None:
            return proven
        proven = least
        if least < farthest:
            break
    return proven


def _least_below(around: Surroundings, unit: int, farthest: float, stop: Stop, count: Count) -> float | None:
    """Return the least miss if it is below a share of the target, else that share; None where the search gave up."""
    pockets = around.pockets(unit, farthest)
    if not pockets:
        return None
    misses = [PocketSearch(pocket, MOST_SETS, stop, count).least_miss(farthest) for pocket in pockets]
    known = [miss for miss in misses if miss is not None]
    return min(known) if len(known) == len(misses) else None


def missing_reps(facts: Facts, score: Score) -> list[int]:
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
