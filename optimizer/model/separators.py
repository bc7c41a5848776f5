"""Separators: units of which a territory must hold one to hang together."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.graph import Graph, IntArray
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

    def neighbours(self, piece: IntArray) -> IntArray:
        """Return the possible units next to a piece, ascending."""
        around = np.unique(np.concatenate([self._graph.neighbours(int(unit)) for unit in piece]))
        return np.setdiff1d(around[self.inside[around]], piece).astype(np.int32)

    def reach(self, start: int, blocked: BoolArray) -> IntArray:
        """Return the possible units connected to `start` without crossing blocked ones, ascending."""
        seen, stack = {start}, [start]
        while stack:
            for unit in self._graph.neighbours(stack.pop()).tolist():
                if unit not in seen and self.inside[unit] and not blocked[unit]:
                    seen.add(unit)
                    stack.append(unit)
        return np.array(sorted(seen), dtype=np.int32)


def separators_around(territory: Territory, piece: IntArray, other: int) -> Iterator[Separator]:
    """Yield a minimal separator for each unit of a connected piece.

    Parameters
    ----------
    territory : Territory
    piece : (n,) int32
        Connected possible units.
    other : int
        A unit of the rep outside the piece and not next to it, used where the rep could be content with the piece.
    """
    end = NOWHERE if territory.must_leave(piece) else other
    blocked = np.zeros(len(territory.inside), dtype=np.bool_)
    around = territory.neighbours(piece)
    blocked[around] = True
    for unit in around:
        blocked[unit] = False
        grown = territory.reach(int(unit), blocked)
        if (end in grown) if end != NOWHERE else not territory.must_leave(grown):
            blocked[unit] = True
    between = tuple(np.flatnonzero(blocked).tolist())
    for unit in piece.tolist():
        yield Separator(territory.rep, unit, end, between)


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
