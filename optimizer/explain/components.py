"""Connected components of the units that must hang together."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from optimizer.graph import IntArray
from optimizer.problem import BoolArray, Contiguity, Problem

OUTSIDE = -1
"""Label of a unit that is not looked at."""


class Components:
    """Answers which units of a selection hang together.

    Parameters
    ----------
    problem : Problem

    Attributes
    ----------
    required : (n_units,) bool
        Units for which contiguity is required.
    """

    def __init__(self, problem: Problem) -> None:
        self.required: BoolArray = problem.contiguity == Contiguity.REQUIRED
        a, b = problem.graph.links()
        counts = self.required[a] & self.required[b] & (problem.part[a] == problem.part[b])
        self._a, self._b = a[counts], b[counts]

    def labels(self, among: BoolArray) -> IntArray:
        """Return the component of each required unit among some, OUTSIDE for the others, (n_units,) int32."""
        selected = np.flatnonzero(among & self.required)
        place = np.full(len(among), OUTSIDE, dtype=np.int32)
        place[selected] = np.arange(len(selected))
        inside = (place[self._a] != OUTSIDE) & (place[self._b] != OUTSIDE)
        a, b = place[self._a[inside]], place[self._b[inside]]
        links = csr_array((np.ones(len(a), dtype=np.bool_), (a, b)), shape=(len(selected), len(selected)))
        label = np.full(len(among), OUTSIDE, dtype=np.int32)
        label[selected] = connected_components(links, directed=False)[1]
        return label
