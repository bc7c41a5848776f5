"""How much all load limits are missed at least, from units and corners that no territories can hold."""

from collections.abc import Sequence
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from optimizer.costs import balance_reference
from optimizer.explain.facts import Facts
from optimizer.explain.surroundings import NO_LOAD
from optimizer.problem import Contiguity, FloatArray


class Stuck(NamedTuple):
    """Units, and the least sum of the misses of all territories that hold any of them; infinity where unknown."""

    units: tuple[int, ...]
    total: float


def least_sum(facts: Facts, found: Sequence[Stuck]) -> float:
    """Return a lower limit on the violation of every plan that keeps the structure.

    The misses of several places add up where they lie so far apart that a connected territory with units of any two of
    them would miss more, by its load alone, than the whole sum.

    Parameters
    ----------
    facts : Facts
    found : sequence of Stuck
    """
    distances = _Distances(facts)
    chosen: list[Stuck] = []
    for item in sorted(found, key=lambda one: (-one.total, one.units)):
        more = [*chosen, item]
        if np.isfinite(item.total) and distances.all_apart([one.units for one in more], _sum(more)):
            chosen = more
    return _sum(chosen)


def _sum(found: list[Stuck]) -> float:
    return float(sum(one.total for one in found))


class _Distances:
    """What a territory that holds two units would miss at least."""

    def __init__(self, facts: Facts) -> None:
        problem = facts.problem
        self._facts = facts
        self._base = balance_reference(problem)
        self._required = problem.contiguity == Contiguity.REQUIRED
        a, b = problem.graph.links()
        inside = self._required[a] & self._required[b] & (problem.part[a] == problem.part[b])
        self._starts = np.concatenate([a[inside], b[inside]])
        self._ends = np.concatenate([b[inside], a[inside]])
        self._from: dict[int, FloatArray] = {}

    def all_apart(self, places: list[tuple[int, ...]], miss: float) -> bool:
        """Return whether every territory with units of two of the places misses more than `miss`, or cannot be."""
        pairs = (pair for here, there in combinations(places, 2) for pair in product(here, there))
        return all(self._together(one, other) >= miss for one, other in pairs)

    def _together(self, one: int, other: int) -> float:
        part = self._facts.problem.part
        if one == other or part[one] != part[other]:
            return 0.0
        beyond = self._loads(one)[:, other, None] - self._facts.ranges.high
        return float(np.maximum(beyond / self._base, 0.0).sum(axis=0).min())

    def _loads(self, unit: int) -> FloatArray:
        """Return the least load of a connected set from a unit to each other, (n_measures, n_units) float64."""
        if unit not in self._from:
            problem = self._facts.problem
            self._from[unit] = np.stack([row[unit] + self._walk(unit, row) for row in problem.load])
        return self._from[unit]

    def _walk(self, unit: int, load: FloatArray) -> FloatArray:
        """Return the least load on the way from a unit to each other, without its own; infinity where none is."""
        n = len(load)
        network = csr_array((load[self._ends] + NO_LOAD, (self._starts, self._ends)), shape=(n, n))
        return np.asarray(np.floor(dijkstra(network, indices=np.array([unit]))[0]), dtype=np.float64)
