"""Separators: units of which a territory must hold one to hang together."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.graph import Graph, IntArray
from optimizer.model.flood import regions_of
from optimizer.problem import BoolArray, Contiguity, LoadArray, Problem

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
    """The units of one part that a rep could own, and what it must own beyond a piece of them.

    Attributes
    ----------
    rep : int
    inside : (n_units,) bool
        Units of the part, with contiguity required, that the rep could own.
    """

    def __init__(self, problem: Problem, possible: BoolArray, rep: int, part: int) -> None:
        self.rep = rep
        in_part = (problem.part == part) & (problem.contiguity == Contiguity.REQUIRED)
        self.inside: BoolArray = possible[:, rep] & in_part
        self._graph: Graph = problem.graph
        self._needs = _needs(problem, possible, rep, self.inside)

    def must_leave(self, piece: IntArray) -> bool:
        """Return whether a rep that owns units of a piece certainly owns units of the part outside it."""
        return any(int(amount[piece].sum()) < need for amount, need in self._needs)

    def beside(self, unit: int) -> IntArray:
        """Return the possible units next to one unit, ascending; thousands of units are asked for at a time."""
        around = self._graph.neighbours(unit)
        return around[self.inside[around]]

    def neighbours(self, piece: IntArray) -> IntArray:
        """Return the possible units next to a piece, ascending."""
        around = np.unique(np.concatenate([self._graph.neighbours(int(unit)) for unit in piece]))
        return np.setdiff1d(around[self.inside[around]], piece).astype(np.int32)

    def regions(self, blocked: BoolArray) -> tuple[IntArray, list[IntArray]]:
        """Return each unit's region, -1 outside, and the regions: what hangs together without blocked units."""
        return regions_of(self._graph, self.inside & ~blocked)


def separators_around(territory: Territory, piece: IntArray, other: int) -> Iterator[Separator]:
    """Yield a minimal separator for each unit of a connected piece.

    Neighbours of the piece that need not be crossed, because what lies behind them is not enough either, join it.

    Parameters
    ----------
    territory : Territory
    piece : (n,) int32
        Connected possible units.
    other : int
        A unit of the rep outside the piece and not next to it, used where the rep could be content with the piece.
    """
    end = NOWHERE if territory.must_leave(piece) else other
    around = territory.neighbours(piece)
    blocked = np.zeros(len(territory.inside), dtype=np.bool_)
    blocked[around] = True
    region, regions = territory.regions(blocked)
    joined = {int(region[piece[0]])}
    within, between = piece, []
    for unit in around.tolist():
        behind = {int(region[next_to]) for next_to in territory.beside(unit)}
        fresh = sorted(behind - joined - {-1})
        grown = np.concatenate([within, [unit], *(regions[label] for label in fresh)]).astype(np.int32)
        if (end in grown) if end != NOWHERE else not territory.must_leave(grown):
            between.append(unit)
        else:
            within, joined = grown, joined.union(fresh)
    for unit in piece.tolist():
        yield Separator(territory.rep, unit, end, tuple(between))


def _needs(problem: Problem, possible: BoolArray, rep: int, inside: BoolArray) -> list[tuple[LoadArray, int]]:
    """Return amounts per unit and the least sum of each that the rep must own among the `inside` units."""
    elsewhere = possible[:, rep] & ~inside
    certain = (inside & (possible.sum(axis=1) == 1)).astype(np.int64)
    needs = [(certain, int(certain.sum()))]
    for limit in problem.limits:
        load = problem.load[limit.measure]
        needs.append((load, int(limit.low[rep] - load[elsewhere].sum())))
    home = problem.home_units[rep]
    if len(home) and not elsewhere[home].any():
        at_home = np.zeros(problem.n_units, dtype=np.int64)
        at_home[home] = 1
        needs.append((at_home, 1))
    return [(amount, need) for amount, need in needs if need > 0]
