"""What hangs together in a graph where some units are open."""

from itertools import pairwise

import numpy as np

from optimizer.compiled import kernel
from optimizer.graph import Graph, IntArray
from optimizer.problem import BoolArray


def regions_of(graph: Graph, is_open: BoolArray) -> tuple[IntArray, list[IntArray]]:
    """Return each unit's region, -1 where it is not open, and the units of each region.

    Parameters
    ----------
    graph : Graph
    is_open : (n_units,) bool

    Returns
    -------
    region : (n_units,) int32
        Numbered by their first units.
    regions : list of (n,) int32
        From the first unit outwards.
    """
    region = np.full(len(is_open), -1, dtype=np.int32)
    found = np.empty(len(is_open), dtype=np.int32)
    ends = np.empty(len(is_open), dtype=np.int32)
    count = flood(graph.indptr, graph.indices, is_open, region, found, ends)
    starts = [0, *ends[:count].tolist()]
    return region, [found[start:end] for start, end in pairwise(starts)]


@kernel
def flood(
    indptr: IntArray, indices: IntArray, is_open: BoolArray, region: IntArray, found: IntArray, ends: IntArray
) -> int:
    """Write open units' regions into `region`, their units into `found`, and return how many regions there are."""
    n_found, count = 0, 0
    for start in range(len(is_open)):
        if not is_open[start] or region[start] >= 0:
            continue
        region[start] = count
        found[n_found] = start
        look, n_found = n_found, n_found + 1
        while look < n_found:
            unit = found[look]
            look += 1
            for place in range(indptr[unit], indptr[unit + 1]):
                other = indices[place]
                if is_open[other] and region[other] < 0:
                    region[other] = count
                    found[n_found] = other
                    n_found += 1
        ends[count] = n_found
        count += 1
    return count
