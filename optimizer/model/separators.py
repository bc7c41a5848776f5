"""Separators: sets of units that a territory must enter to hang together."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.graph import Graph, IntArray
from optimizer.problem import BoolArray, Contiguity, Problem

NOWHERE = -1
"""In `Separator.other`: the rep certainly owns something beyond the separator."""


@dataclass(frozen=True)
class Separator:
    """If `rep` owns `unit` (and `other`), it owns one of `between`: every path of possible units crosses it.

    Valid for all plans over the possible pairs it was found with, or over fewer.
    """

    rep: int
    unit: int
    other: int
    between: tuple[int, ...]


class Territory:
    """The units of one part that one rep could own, and what it must own beyond a piece of them."""

    def __init__(self, problem: Problem, possible: BoolArray, rep: int, part: int) -> None:
        self.rep = rep
        self.graph: Graph = problem.graph
        self.inside: BoolArray = (
            possible[:, rep] & (problem.part == part) & (problem.contiguity == Contiguity.REQUIRED)
        )
        certain = self.inside & (possible.sum(axis=1) == 1)
        self.root = int(np.flatnonzero(certain)[0]) if certain.any() else NOWHERE
        self._certain = certain
        elsewhere = possible[:, rep] & ~self.inside
        self._lacks = [
            (problem.load[limit.measure], int(limit.low[rep] - problem.load[limit.measure][elsewhere].sum()))
            for limit in problem.limits
            if limit.low[rep] > 0
        ]
        home = problem.home_units[rep]
        if len(home) and not elsewhere[home].any():
            at_home = np.zeros(problem.n_units, dtype=np.int64)
            at_home[home] = 1
            self._lacks.append((at_home, 1))

    def must_leave(self, piece: IntArray) -> bool:
        """Return whether the rep certainly owns a unit of the part outside a piece that it enters."""
        if self._certain.any() and not np.isin(np.flatnonzero(self._certain), piece).all():
            return True
        return any(int(load[piece].sum()) < low for load, low in self._lacks)

    def neighbours(self, piece: IntArray) -> IntArray:
        """Return the possible units next to a piece, ascending."""
        around = np.unique(np.concatenate([self.graph.neighbours(int(unit)) for unit in piece]))
        around = around[self.inside[around]]
        return np.setdiff1d(around, piece).astype(np.int32)

    def reach(self, start: int, blocked: BoolArray) -> IntArray:
        """Return the possible units connected to `start` without crossing blocked ones."""
        seen = {start}
        stack = [start]
        while stack:
            for unit in self.graph.neighbours(stack.pop()).tolist():
                if unit not in seen and self.inside[unit] and not blocked[unit]:
                    seen.add(unit)
                    stack.append(unit)
        return np.array(sorted(seen), dtype=np.int32)


def separators_around(territory: Territory, piece: IntArray, other: int) -> Iterator[Separator]:
    """Yield a minimal separator for each unit of a piece that must reach beyond it.

    Parameters
    ----------
    territory : Territory
    piece : (n,) int32
        Connected units.
    other : int
        A unit of the rep outside the piece, for pieces that the rep could be content with.
    """
    around = territory.neighbours(piece)
    blocked = np.zeros(len(territory.inside), dtype=np.bool_)
    blocked[around] = True
    if territory.must_leave(piece):
        other = NOWHERE
    for unit in around.tolist():
        blocked[unit] = False
        grown = territory.reach(unit, blocked)
        pass_through = other in grown if other != NOWHERE else not territory.must_leave(grown)
        if pass_through:
            blocked[unit] = True
    between = tuple(np.flatnonzero(blocked).tolist())
    for unit in piece.tolist():
        yield Separator(territory.rep, unit, other, between)
