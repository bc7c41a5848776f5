"""One unit and the connected sets around it: how near to its limits a territory with that unit can come."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from optimizer.explain.mix import by_rate, most_gain
from optimizer.problem import FloatArray
from optimizer.result import Stop

Count = Callable[[FloatArray], float]

SETS_A_LOOK = 50
"""Sets between two looks at the caller's `stop`."""
ROUNDING = 1e-9
"""Share of a target below which a miss is none."""


@dataclass(frozen=True, eq=False)
class Pocket:
    """A unit, the units that could be in a territory with it, and the limits of that territory.

    Attributes
    ----------
    neighbours : tuple of int
        Bit sets of each unit's neighbours; unit 0 is the one in question.
    load : (n_measures, n) float64
    low, high : (n_measures,) float64
        Ends of the loads; low is what is still needed when everything outside the part is had.
    base : (n_measures,) float64
        What a miss is counted against.
    """

    neighbours: tuple[int, ...]
    load: FloatArray
    low: FloatArray
    high: FloatArray
    base: FloatArray

    def misses(self, least: FloatArray, most: FloatArray) -> FloatArray:
        """Return the misses, as shares, of loads known to be at least `least` and at most `most`, (n_measures,)."""
        beyond = np.maximum(self.low - most, least - self.high) / self.base
        return np.asarray(np.maximum(beyond, 0.0), dtype=np.float64)


def worst(misses: FloatArray) -> float:
    """Count the largest miss of a territory."""
    return float(misses.max(initial=0.0))


def total(misses: FloatArray) -> float:
    """Count all misses of a territory, as the violation of a plan does."""
    return float(misses.sum())


class PocketSearch:
    """Branches on whether a unit next to the set belongs to it, pruned by what can still be added.

    Parameters
    ----------
    pocket : Pocket
    most_sets : int
        Sets looked at before the search gives up.
    stop : callable
        Asked now and then; true makes it give up.
    count : callable
        `worst` or `total`: what of the misses is the miss of a set.
    """

    def __init__(self, pocket: Pocket, most_sets: int, stop: Stop, count: Count = worst) -> None:
        self._pocket = pocket
        self._count = count
        self._left = most_sets
        self._stop = stop
        pairs = permutations(range(len(pocket.load)), 2)
        self._by_rate = [(a, b, by_rate(pocket.load[a], pocket.load[b])) for a, b in pairs]

    def least_miss(self, below: float) -> float | None:
        """Return the least miss of any connected set with the unit if it is under `below`, else `below`.

        Returns None where the search gave up; stops early at a set that misses nothing.
        """
        best = below
        stack = [(1, 0)]
        while stack and best > ROUNDING:
            inside, outside = stack.pop()
            self._left -= 1
            if self._left < 0 or (self._left % SETS_A_LOOK == 0 and self._stop()):
                return None
            reached = self._reached(inside, outside)
            load = self._pocket.load[:, _members(inside)].sum(axis=1)
            best = min(best, self._count(self._pocket.misses(load, load)))
            if self._bound(inside, reached, load, best) >= best:
                continue
            unit = self._next(inside, reached)
            if unit >= 0:
                stack.append((inside, outside | 1 << unit))
                stack.append((inside | 1 << unit, outside))
        return best

    def _reached(self, inside: int, outside: int) -> int:
        """Return the units connected to a set without those ruled out, the set among them."""
        seen = todo = inside
        while todo:
            bit = todo & -todo
            new = self._pocket.neighbours[bit.bit_length() - 1] & ~outside & ~seen
            seen |= new
            todo = (todo ^ bit) | new
        return seen

    def _bound(self, inside: int, reached: int, load: FloatArray, best: float) -> float:
        """Return a lower limit on the miss of all sets that hold `inside` and lie in `reached`."""
        pocket, addable = self._pocket, _members(reached & ~inside)
        most = load + pocket.load[:, addable].sum(axis=1)
        bound = self._count(pocket.misses(load, most))
        if bound >= best:
            return bound
        chosen = np.zeros(pocket.load.shape[1], dtype=np.bool_)
        chosen[addable] = True
        for capped, wanted, order in self._by_rate:
            room = pocket.high[capped] + best * pocket.base[capped] - load[capped]
            units = order[chosen[order]]
            gain = most_gain(pocket.load[capped, units], pocket.load[wanted, units], float(room))
            most[wanted] = min(most[wanted], load[wanted] + gain)
        return self._count(pocket.misses(load, most))

    def _next(self, inside: int, reached: int) -> int:
        """Return the unit next to the set with the largest share of any measure, -1 without one."""
        around = 0
        for unit in _members(inside):
            around |= self._pocket.neighbours[unit]
        units = _members(around & reached & ~inside)
        if not units:
            return -1
        size = (self._pocket.load[:, units] / self._pocket.base[:, None]).max(axis=0)
        return units[int(size.argmax())]


def _members(bits: int) -> list[int]:
    """Return the units of a bit set, ascending."""
    units = []
    while bits:
        low = bits & -bits
        units.append(low.bit_length() - 1)
        bits ^= low
    return units
