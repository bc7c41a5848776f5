"""What can be in a territory with a unit: the pockets that its kinds of reps make of the map."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from optimizer.costs import balance_reference
from optimizer.explain.facts import Facts
from optimizer.explain.pocket import Pocket
from optimizer.graph import IntArray
from optimizer.problem import BoolArray, Contiguity, FloatArray

MOST_AROUND = 1_000
"""Largest number of units within reach of the one in question."""
MOST_KINDS = 4
"""Kinds of reps (alike in limits and allowed units) up to which a unit is looked at."""
NO_LOAD = 1e-6
"""Weight of a path through a unit without load, in load units."""


class Surroundings:
    """Makes the pockets of single units.

    Parameters
    ----------
    facts : Facts
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._base = balance_reference(facts.problem)
        self._required: BoolArray = facts.problem.contiguity == Contiguity.REQUIRED
        a, b = facts.problem.graph.links()
        self._starts, self._ends = np.concatenate([a, b]), np.concatenate([b, a])
        self._kind = self._kinds()

    def pockets(self, unit: int, farthest: float) -> list[Pocket] | None:
        """Return the pockets of a unit with contiguity required, one a kind of rep; None where they are too many.

        Units that no territory can connect without passing a high end by more than `farthest`, as a share of the
        target, are left out.
        """
        kinds = np.unique(self._kind[self._facts.unit_fits[unit]]).tolist()
        if not self._required[unit] or not 0 < len(kinds) <= MOST_KINDS:
            return None
        pockets = []
        for rep in kinds:
            mine = np.ascontiguousarray(self._facts.unit_fits[:, rep])
            units = self._around(unit, rep, mine, farthest)
            if len(units) > MOST_AROUND:
                return None
            pockets.append(self._pocket(unit, rep, mine, units))
        return pockets

    def _kinds(self) -> IntArray:
        """Return the first rep that is of the same kind as each, (n_reps,) int32."""
        facts, first = self._facts, dict[bytes, int]()
        fits = np.packbits(np.ascontiguousarray(facts.fits.T), axis=1)
        ends = np.concatenate([facts.ranges.low, facts.ranges.high]).T
        marks = (fits[r].tobytes() + ends[r].tobytes() + self._base[:, r].tobytes() for r in range(len(ends)))
        return np.array([first.setdefault(mark, rep) for rep, mark in enumerate(marks)], dtype=np.int32)

    def _pocket(self, unit: int, rep: int, mine: BoolArray, units: IntArray) -> Pocket:
        problem, ranges = self._facts.problem, self._facts.ranges
        elsewhere = problem.load[:, mine & ~self._part(unit)].sum(axis=1)
        return Pocket(
            neighbours=_bits(self._facts, units),
            load=problem.load[:, units].astype(np.float64),
            low=(ranges.low[:, rep] - elsewhere).astype(np.float64),
            high=ranges.high[:, rep].astype(np.float64),
            base=self._base[:, rep],
        )

    def _part(self, unit: int) -> BoolArray:
        part = self._facts.problem.part
        return np.asarray(self._required & (part == part[unit]))

    def _around(self, unit: int, rep: int, mine: BoolArray, farthest: float) -> IntArray:
        """Return the unit, then those that a path can connect with it without too much load."""
        inside = mine & self._part(unit)
        links = inside[self._starts] & inside[self._ends]
        starts, ends = self._starts[links], self._ends[links]
        most: FloatArray = self._facts.ranges.high[:, rep] + farthest * self._base[:, rep]
        near = inside.copy()
        for load, limit in zip(self._facts.problem.load, most, strict=True):
            # A path weighs what its units load; scipy takes a weight of 0 for no link at all.
            network = csr_array((load[ends] + NO_LOAD, (starts, ends)), shape=(len(inside), len(inside)))
            distance = dijkstra(network, indices=np.array([unit]), limit=float(limit) + 1.0)
            near &= distance[0] < np.inf
        near[unit] = False
        return np.concatenate([[unit], np.flatnonzero(near)]).astype(np.int32)


def _bits(facts: Facts, units: IntArray) -> tuple[int, ...]:
    """Return the neighbours of each unit as bits of their places among the units."""
    place = {unit: index for index, unit in enumerate(units.tolist())}
    around = (facts.problem.graph.neighbours(int(unit)).tolist() for unit in units)
    return tuple(sum(1 << place[other] for other in others if other in place) for others in around)
