"""Units that no contiguous territory can hold with all limits kept, proven by looking at every set around them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from optimizer.costs import balance_reference
from optimizer.explain.facts import Facts
from optimizer.explain.pocket import ROUNDING, Pocket, PocketSearch
from optimizer.explain.wording import at_least, conflict
from optimizer.graph import IntArray
from optimizer.plan import Plan
from optimizer.problem import BoolArray, Contiguity, FloatArray, Problem
from optimizer.result import Reason, Stop
from optimizer.score import Score

MOST_SETS = 2_000
"""Connected sets looked at around one unit before it is given up."""
UNITS_A_TERRITORY = 6
"""Units tried of each territory that misses a limit: those with the fewest neighbours."""
MOST_TERRITORIES = 20
"""Territories tried, the largest misses first."""
MOST_AROUND = 2_000
"""Largest number of units within reach of the one tried."""
FARTHEST = 0.5
"""Largest miss, as a share of the target, that is told exactly."""
NO_LOAD = 1e-6
"""Weight of a path through a unit without load, in load units."""
MOST_REPS = 4
"""Kinds of reps (alike in limits and allowed units) up to which a unit is tried."""


def find_pockets(facts: Facts, plan: Plan, score: Score, stop: Stop) -> Iterator[Reason]:
    """Yield at most one proof for each territory of the plan that misses a load limit.

    Parameters
    ----------
    facts : Facts
    plan, score : Plan, Score
        The nearest plan, which tells where to look.
    stop : callable
        True ends the search.
    """
    for rep in _missing(facts, score):
        for unit in _edge_units(facts, plan, rep):
            if stop():
                return
            miss = least_miss(facts, unit)
            if miss is not None and miss > ROUNDING:
                text = "no connected territory that holds it keeps all load limits"
                known = f": one is missed by at least {at_least(miss)} of the target" if np.isfinite(miss) else ""
                amount = miss if np.isfinite(miss) else 1.0
                yield conflict("contiguity", amount, 0.0, text + known, units=[unit])
                break


def least_miss(facts: Facts, unit: int) -> float | None:
    """Return the least share of a target by which any contiguous territory with a unit misses its worst limit.

    Returns
    -------
    float or None
        Infinity where every territory misses something but nobody knows how little is possible; None where nothing
        was proven.
    """
    kinds = _kinds(facts, unit)
    if not kinds or len(kinds) > MOST_REPS:
        return None
    pockets = [_pocket(facts, unit, rep) for rep in kinds]
    if max(len(pocket.neighbours) for pocket in pockets) > MOST_AROUND:
        return None
    for pocket in pockets:
        tiny = 2 * ROUNDING
        if PocketSearch(pocket, MOST_SETS).least_miss(tiny) != tiny:
            return None
    misses = [PocketSearch(pocket, MOST_SETS).least_miss(FARTHEST) for pocket in pockets]
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


def _kinds(facts: Facts, unit: int) -> list[int]:
    """Return one rep of each kind that may have a unit."""
    first: dict[bytes, int] = {}
    reference = balance_reference(facts.problem)
    for rep in np.flatnonzero(facts.unit_fits[unit]).tolist():
        ends = np.stack([facts.ranges.low[:, rep], facts.ranges.high[:, rep]]).tobytes()
        first.setdefault(ends + reference[:, rep].tobytes() + np.packbits(facts.fits[:, rep]).tobytes(), rep)
    return list(first.values())


def _pocket(facts: Facts, unit: int, rep: int) -> Pocket:
    problem, mine = facts.problem, facts.unit_fits[:, rep]
    required = problem.contiguity == Contiguity.REQUIRED
    in_part = required & (problem.part == problem.part[unit])
    base = balance_reference(problem)[:, rep]
    most = facts.ranges.high[:, rep] + FARTHEST * base
    units = _unit_first(_around(problem, unit, mine & in_part, most), unit)
    elsewhere = problem.load[:, mine & ~in_part].sum(axis=1)
    return Pocket(
        neighbours=_bits(facts, units),
        load=problem.load[:, units].astype(np.float64),
        low=(facts.ranges.low[:, rep] - elsewhere).astype(np.float64),
        high=facts.ranges.high[:, rep].astype(np.float64),
        base=base,
    )


def _around(problem: Problem, unit: int, inside: BoolArray, most: FloatArray) -> BoolArray:
    """Return the units inside that a connected set with `unit` can reach without loading more than `most`."""
    a, b = problem.graph.links()
    links = inside[a] & inside[b]
    ends, starts = np.concatenate([a[links], b[links]]), np.concatenate([b[links], a[links]])
    near = inside.copy()
    for load, limit in zip(problem.load, most, strict=True):
        # A path costs the loads of its units; without load they still need a weight to be a link for scipy.
        weight = load[ends] + NO_LOAD
        network: Any = csr_array((weight, (starts, ends)), shape=(len(inside), len(inside)))
        distance = dijkstra(network, indices=np.array([unit]), limit=float(limit) + 1.0)
        near &= distance[0] < np.inf
    return near


def _unit_first(selected: BoolArray, unit: int) -> IntArray:
    units = np.flatnonzero(selected).astype(np.int32)
    return np.concatenate([[unit], units[units != unit]]).astype(np.int32)


def _bits(facts: Facts, units: IntArray) -> tuple[int, ...]:
    """Return the neighbours of each unit as bits of their places among the units."""
    place = {unit: index for index, unit in enumerate(units.tolist())}
    around = (facts.problem.graph.neighbours(int(unit)).tolist() for unit in units)
    return tuple(sum(1 << place[other] for other in others if other in place) for others in around)
