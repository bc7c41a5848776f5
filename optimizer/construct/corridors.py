"""Corridors: the cheapest units to give a rep so that its fixed pieces hang together."""

import heapq

import numpy as np
import numpy.typing as npt

from optimizer.construct.draft import Draft
from optimizer.construct.links import NO_PART, ContiguityLinks
from optimizer.problem import FloatArray

FARTHEST = 2000
"""Units looked at before a corridor is given up."""


def join_held_pieces(links: ContiguityLinks, draft: Draft) -> None:
    """Join the held units of each rep and part by corridors of least regret, through nobody's held units."""
    held_units = draft.held[draft.blocks.block_of] & (links.part != NO_PART) & (np.diff(links.graph.indptr) > 0)
    key = draft.owner.astype(np.int64) * (int(links.part.max()) + 1) + links.part
    for rep_part in np.unique(key[held_units]):
        members = np.flatnonzero(held_units & (key == rep_part))
        if len(members) > 1:
            _join(links, draft, members)


def _join(links: ContiguityLinks, draft: Draft, members: npt.NDArray[np.int64]) -> None:
    rep = int(draft.owner[members[0]])
    toll = np.maximum(draft.regret(rep), 0.0)[draft.blocks.block_of]
    typical = toll[np.isfinite(toll)].mean() + 1e-12
    own = draft.owner == rep
    toll[own] = 0.0
    toll[draft.held[draft.blocks.block_of] & ~own] = np.inf
    wanted = {int(unit) for unit in members[1:]}
    reached = {int(members[0])}
    while wanted:
        path = _nearest(links, toll + 0.01 * typical, reached, wanted)
        if not path:
            reached = {wanted.pop()} if len(wanted) > 1 else set()
            wanted = wanted if reached else set()
            continue
        for unit in path:
            block = int(draft.blocks.block_of[unit])
            if not own[unit]:
                draft.give(block, rep)
            draft.held[block] = True
        reached.update(path)
        wanted.difference_update(path)


def _nearest(links: ContiguityLinks, toll: FloatArray, sources: set[int], wanted: set[int]) -> list[int]:
    """Return the units of the cheapest path from the sources to the first wanted unit (Dijkstra); empty if none."""
    frontier = [(0.0, unit, -1) for unit in sorted(sources)]
    came_from: dict[int, int] = {}
    while frontier and len(came_from) < FARTHEST + len(sources):
        cost, unit, before = heapq.heappop(frontier)
        if unit in came_from:
            continue
        came_from[unit] = before
        if unit in wanted:
            return _walk_back(came_from, unit)
        for other in links.graph.neighbours(unit):
            if int(other) not in came_from and np.isfinite(toll[other]):
                heapq.heappush(frontier, (cost + float(toll[other]), int(other), unit))
    return []


def _walk_back(came_from: dict[int, int], unit: int) -> list[int]:
    path = []
    while unit >= 0:
        path.append(unit)
        unit = came_from[unit]
    return path
