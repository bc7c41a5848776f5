"""The links that count for contiguity, and the parts within which territories must or should be connected."""

from dataclasses import dataclass

import numpy as np

from optimizer.graph import Graph, IntArray
from optimizer.problem import BoolArray, Contiguity, Problem

NO_PART = -1
"""Part of a unit that takes no part in contiguity."""


@dataclass(frozen=True, eq=False)
class ContiguityLinks:
    """The neighbour graph as the rule of contiguity sees it.

    Attributes
    ----------
    graph : Graph
        Links between units of one part; exempt units have none.
    part : (n_units,) int32
        Dense number of the unit's part, or NO_PART.
    required : (n_parts,) bool
        True where territories must be connected, False where they should be.
    """

    graph: Graph
    part: IntArray
    required: BoolArray


def contiguity_links(problem: Problem) -> ContiguityLinks:
    """Return the links and parts that count; units of one part with different modes make two parts."""
    takes_part = problem.contiguity != Contiguity.OFF
    key = problem.part.astype(np.int64) * 4 + problem.contiguity
    keys, dense = np.unique(key[takes_part], return_inverse=True)
    part = np.full(problem.n_units, NO_PART, dtype=np.int32)
    part[takes_part] = dense
    a, b = problem.graph.links()
    kept = (part[a] == part[b]) & takes_part[a]
    graph = problem.graph if kept.all() else Graph.from_links(problem.n_units, a[kept], b[kept])
    return ContiguityLinks(graph, part, keys % 4 == Contiguity.REQUIRED)
