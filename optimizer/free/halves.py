"""Dividing a territory into two connected halves."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from optimizer.problem import LoadArray, Problem

TREES = 5
"""Spanning trees that are looked at."""


def half_of(problem: Problem, units: LoadArray, rng: np.random.Generator) -> LoadArray:
    """Return about half of some units by load, connected as the rest is; none where the units are not connected.

    Every link of a spanning tree cuts a connected territory into two connected parts; the most even cut of several
    trees is taken.
    """
    graph = problem.graph
    ones = np.ones(len(graph.indices), dtype=np.int8)
    links = csr_array((ones, graph.indices, graph.indptr), shape=(problem.n_units, problem.n_units))[units][:, units]
    size = (problem.load[:, units] / problem.load.sum(axis=1, keepdims=True)).sum(axis=0)
    best, least = units[:0], np.inf
    for root in rng.integers(len(units), size=TREES):
        order, parent = breadth_first_order(links, int(root), directed=False)
        if len(order) < max(len(units), 2):
            return units[:0]
        below = size.copy()
        for unit in order[:0:-1]:
            below[parent[unit]] += below[unit]
        uneven = np.abs(below[order[1:]] - 0.5 * size.sum())
        if uneven.min() < least:
            least, cut = float(uneven.min()), order[1:][uneven.argmin()]
            inside = np.zeros(len(units), dtype=np.bool_)
            inside[cut] = True
            for unit in order[1:]:
                inside[unit] |= inside[parent[unit]]
            best = units[inside]
    return best
