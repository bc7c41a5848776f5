"""Colours: neighbours differ, and people who are colour-blind can tell them apart."""

from collections.abc import Sequence

import networkx as nx

TERRITORIES = ("#77aadd", "#ee8866", "#eedd88", "#ffaabb", "#99ddff", "#44bb99", "#bbcc33", "#b07aa1")
"""Paul Tol's "light" scheme (Colour Schemes, SRON/EPS/TN/09-002, 2021), made for areas with labels on them; a mauve
stands for its olive, which is too near to the pear."""
ALIKE = frozenset({(0, 4), (0, 5), (0, 7), (1, 2), (1, 5), (2, 6), (3, 5), (4, 5), (5, 7)})
"""Pairs of `TERRITORIES` that some colour-blind people see less than 20 apart (CIE76): neighbours avoid them."""
SWEEPS = 4
"""How often each territory chooses its colour."""
NOBODY = "#dddddd"
"""Units that nobody holds: the pale grey of the same scheme."""
BALANCE = ("#5e3c99", "#b2abd2", "#dbe5dd", "#fdb863", "#e66101")
"""Far below, below, in band, above, far above the target: ColorBrewer's PuOr, safe for colour-blind people."""
AMOUNT = ("#f3f0d7", "#c3dcc0", "#7fbfb4", "#3b93a5", "#1f5f8b")
"""Least to most: light to dark, so that it also works in grey."""


def colours(neighbours: "nx.Graph[int]", wishes: Sequence[tuple[int, int]] = ()) -> list[int]:
    """Return an index into `TERRITORIES` for each territory 0 .. n - 1.

    Greedy colouring in the order `smallest_last` (Matula and Beck 1983): on a flat map at most 6 colours are ever
    needed, so neighbours always differ. Among the free colours those unlike the neighbours' go first, then those that
    no `wishes` (pairs that should differ where possible: neighbours of today's plan) and no neighbours' neighbours
    have, then the least used. More sweeps choose again, knowing all neighbours.
    """
    also: nx.Graph[int] = nx.Graph(wishes)
    also.add_nodes_from(neighbours)
    order = list(nx.coloring.strategy_smallest_last(neighbours, {}))
    chosen: dict[int, int] = {}
    used = [0] * len(TERRITORIES)
    for territory in order * SWEEPS:
        near = [chosen[other] for other in neighbours[territory] if other in chosen]
        far = [chosen[other] for step in neighbours[territory] for other in neighbours[step] if other in chosen]
        wished = [chosen[other] for other in also[territory] if other in chosen]
        if territory in chosen:
            used[chosen[territory]] -= 1
        chosen[territory] = min(
            range(len(TERRITORIES)),
            key=lambda c: (near.count(c), _alike(c, near), wished.count(c), far.count(c), used[c], c),
        )
        used[chosen[territory]] += 1
    return [chosen[territory] for territory in range(len(chosen))]


def colours_of(n_territories: int, pairs: Sequence[tuple[int, int]], wishes: Sequence[tuple[int, int]]) -> list[int]:
    """Return `colours` of n territories of which `pairs` are neighbours."""
    neighbours: nx.Graph[int] = nx.Graph()
    neighbours.add_nodes_from(range(n_territories))
    neighbours.add_edges_from(pairs)
    return colours(neighbours, wishes)


def _alike(colour: int, others: Sequence[int]) -> int:
    """Count the others that a colour is easily taken for."""
    return sum((min(colour, other), max(colour, other)) in ALIKE for other in others)
