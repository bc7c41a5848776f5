"""Links between rows as a graph of the units of the Problem, where rows may be split."""

import numpy as np

from optimizer.graph import Graph
from scenarios.prepare.links import RowLinks
from scenarios.prepare.oversize import Parts


def graph_of(links: RowLinks, parts: Parts) -> Graph:
    """Link all parts of linked rows, and the parts of a row among each other."""
    rows = np.arange(parts.row_of.max() + 1, dtype=np.int32)
    left, link = parts.spread(np.concatenate([links.a, rows]))
    right, end = parts.spread(np.concatenate([links.b, rows])[link])
    # A unit that stands for its whole row meets itself here; Graph drops such loops.
    return Graph.from_links(len(parts.row_of), left[end], right)
