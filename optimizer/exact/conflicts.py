"""Units that no territory can hold both, and sets of such units: together too much load, or too much on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from optimizer.bound.load_range import load_range
from optimizer.costs import balance_reference
from optimizer.graph import IntArray
from optimizer.problem import BoolArray, Contiguity, FloatArray, Problem

MOST_UNITS = 500
"""Units looked at, those with the largest share of a target first."""
NO_LOAD = 1e-6
"""Weight of a path through a unit without load, in load units."""
IN_USE = 0.01
"""Least share of a unit that counts as held."""


@dataclass(frozen=True)
class Clique:
    """Units of which `rep` can own one at most, since any two of them are too much for every territory."""

    rep: int
    units: tuple[int, ...]


class Conflicts:
    """Pairs of units that no territory can hold both, and the cliques that fractions of units break.

    Parameters
    ----------
    problem : Problem
    """

    def __init__(self, problem: Problem) -> None:
        share = (problem.load / balance_reference(problem).max(axis=1)[:, None]).max(axis=0)
        self._units: IntArray = np.argsort(-share, kind="stable")[:MOST_UNITS].astype(np.int32)
        self._clash = _clashes(problem, self._units)

    def broken(self, share: FloatArray, beyond: float) -> Iterator[Clique]:
        """Yield cliques of which a rep has more than one unit and `beyond`.

        Parameters
        ----------
        share : (n_units, n_reps) float64
            What each rep has of each unit.
        beyond : float
        """
        mine = share[self._units]
        for rep in range(mine.shape[1]):
            done: set[int] = set()
            held = np.flatnonzero(mine[:, rep] > IN_USE)
            held = held[np.argsort(-mine[held, rep], kind="stable")].astype(np.int32)
            for first in held.tolist():
                clique = [] if first in done else self._grown([first], held)
                if clique and mine[clique, rep].sum() > 1.0 + beyond:
                    done.update(clique)
                    whole = self._grown(clique, np.arange(len(mine), dtype=np.int32))
                    yield Clique(rep, tuple(sorted(self._units[whole].tolist())))

    def _grown(self, clique: list[int], others: npt.NDArray[np.integer[Any]]) -> list[int]:
        """Return a clique with those of the others, in their order, that clash with all of it."""
        grown, clash = list(clique), np.asarray(self._clash[clique].all(axis=0), dtype=np.bool_)
        for other in others.tolist():
            if clash[other]:
                grown.append(other)
                clash &= self._clash[other]
        return grown


def _clashes(problem: Problem, units: IntArray) -> BoolArray:
    """Return which of some units clash: whoever holds both passes a limit, whoever it is, (n, n) bool."""
    most = load_range(problem)[1].max(axis=1)
    required, part = (problem.contiguity == Contiguity.REQUIRED)[units], problem.part[units]
    joined = np.logical_and.outer(required, required) & np.equal.outer(part, part)
    clash = np.zeros((len(units), len(units)), dtype=np.bool_)
    for load, limit in zip(problem.load.astype(np.float64), most, strict=True):
        both = load[units][:, None] + load[units][None, :]
        way = np.floor(_ways(problem, load, units) + load[units][:, None] + 0.5)
        clash |= np.where(joined, np.maximum(both, way), both) > limit
    np.fill_diagonal(clash, False)
    return clash


def _ways(problem: Problem, load: FloatArray, units: IntArray) -> FloatArray:
    """Return the least load of a way from each unit to each other, without the first one's; infinity without a way."""
    a, b = problem.graph.links()
    required = problem.contiguity == Contiguity.REQUIRED
    inside = required[a] & required[b] & (problem.part[a] == problem.part[b])
    starts, ends = np.concatenate([a[inside], b[inside]]), np.concatenate([b[inside], a[inside]])
    network = csr_array((load[ends] + NO_LOAD, (starts, ends)), shape=(len(load), len(load)))
    return np.asarray(dijkstra(network, indices=units)[:, units], dtype=np.float64)
