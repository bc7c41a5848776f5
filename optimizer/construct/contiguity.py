"""Joining the pieces of territories: corridors between pieces that must stay, and new owners for the others."""

import heapq

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from optimizer.bound.load_range import load_range
from optimizer.construct.corridors import join_held_pieces
from optimizer.construct.draft import Draft
from optimizer.construct.links import NO_PART, ContiguityLinks, contiguity_links
from optimizer.problem import Problem

SAMPLE = 4096
"""Blocks that tell what the choice of a rep is worth."""


def connect(problem: Problem, draft: Draft) -> None:
    """Make territories connected within each part, where that can be done."""
    links = contiguity_links(problem)
    join_held_pieces(links, draft)
    piece = pieces_of(links, draft.owner)
    kept = _kept_pieces(links, draft, piece)
    _cover_components(problem, links, draft, piece, kept)
    orphan = (links.part != NO_PART) & ~kept[piece] & ~draft.held[draft.blocks.block_of]
    _adopt(problem, links, draft, orphan)


def pieces_of(links: ContiguityLinks, owner: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return a number for each unit's connected piece; a unit that takes no part is a piece of its own."""
    a, b = links.graph.links()
    inside = owner[a] == owner[b]
    ones = np.ones(int(inside.sum()), dtype=np.int8)
    matrix = coo_array((ones, (a[inside], b[inside])), shape=(len(owner), len(owner)))
    return np.asarray(connected_components(matrix, directed=False)[1], dtype=np.int32)


def _kept_pieces(links: ContiguityLinks, draft: Draft, piece: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Choose for each rep and part the piece to keep: most held blocks, then the largest workload, then units."""
    n_pieces = int(piece.max()) + 1
    block = draft.blocks.block_of
    held = np.bincount(piece, draft.held[block], n_pieces)
    workload = np.bincount(piece, draft.block_load[block, 0], n_pieces)
    units = np.bincount(piece, minlength=n_pieces)
    _, head = np.unique(piece, return_index=True)
    order = np.lexsort((-units, -workload, -held, links.part[head], draft.owner[head]))
    key = np.stack([draft.owner[head], links.part[head]])[:, order]
    first = np.concatenate([[True], (key[:, 1:] != key[:, :-1]).any(axis=0)])
    kept = np.zeros(n_pieces, dtype=np.bool_)
    kept[order[first]] = True
    return kept


def _cover_components(
    problem: Problem,
    links: ContiguityLinks,
    draft: Draft,
    piece: npt.NDArray[np.int32],
    kept: npt.NDArray[np.bool_],
) -> None:
    """Give each component of the graph without a kept piece to one rep, if possible one that elsewhere is dispensable.

    Such a rep's own kept piece is dropped, so that its units find owners around them.
    """
    component = pieces_of(links, np.zeros(problem.n_units, dtype=np.int32))
    _, head = np.unique(piece, return_index=True)
    kept_in = np.bincount(component[head], kept, int(component.max()) + 1)
    uncovered = np.flatnonzero((kept_in == 0) & (links.part[np.unique(component, return_index=True)[1]] != NO_PART))
    held_pieces = np.bincount(piece, draft.held[draft.blocks.block_of], len(kept)) > 0
    for hole in uncovered:
        units = np.flatnonzero(component == hole)
        blocks = np.unique(draft.blocks.block_of[units])
        part_pieces = np.flatnonzero(kept & ~held_pieces & (links.part[head] == links.part[units[0]]))
        spare = part_pieces[kept_in[component[head[part_pieces]]] > 1]
        cost = draft.cost[blocks].sum(axis=0)
        reps = draft.owner[head[spare]] if len(spare) else np.arange(problem.n_reps)
        best = int(np.argmin(cost[reps]))
        if not np.isfinite(cost[reps[best]]):
            continue
        if len(spare):
            kept[spare[best]] = False
            kept_in[component[head[spare[best]]]] -= 1
        for block in blocks[~draft.held[blocks]]:
            draft.give(int(block), int(reps[best]))
        kept[piece[units]] = True
        kept_in[hole] += 1


def _adopt(problem: Problem, links: ContiguityLinks, draft: Draft, orphan: npt.NDArray[np.bool_]) -> None:
    """Grow territories over the orphans, least regret first, dearer where a load goes beyond its high."""
    dearness = _Overload(problem, draft)
    best = draft.cost.min(axis=1)
    waiting: list[tuple[float, int, int]] = []

    def offer(unit: int) -> None:
        rep = int(draft.owner[unit])
        for other in links.graph.neighbours(unit):
            if orphan[other]:
                block = int(draft.blocks.block_of[other])
                cost = float(draft.cost[block, rep] - best[block])
                if np.isfinite(cost):
                    heapq.heappush(waiting, (cost + dearness.of(block, rep), int(other), rep))

    for settled in np.flatnonzero(~orphan & (links.part != NO_PART)):
        offer(int(settled))
    while waiting:
        key, unit, rep = heapq.heappop(waiting)
        if not orphan[unit]:
            continue
        block = int(draft.blocks.block_of[unit])
        now = float(draft.cost[block, rep] - best[block]) + dearness.of(block, rep)
        if now > key + 1e-12 and waiting and now > waiting[0][0]:
            heapq.heappush(waiting, (now, unit, rep))
            continue
        orphan[unit] = False
        draft.give(block, rep)
        offer(unit)


class _Overload:
    """What going beyond the high of a load costs during growth."""

    def __init__(self, problem: Problem, draft: Draft) -> None:
        count = min(8, problem.n_reps)
        some = slice(None, None, 1 + len(draft.cost) // SAMPLE)
        near = np.partition(draft.cost[some], count - 1, axis=1)[:, :count]
        spread = np.where(np.isfinite(near), near, 0.0).mean(axis=1) - near.min(axis=1)
        total = np.maximum(draft.block_load[some].sum(axis=0), 1.0)
        self.price = 10.0 * np.abs(spread[np.isfinite(spread)]).sum() / total
        self.high = load_range(problem)[1].T
        self.draft = draft

    def of(self, block: int, rep: int) -> float:
        """Return the price of the overload that a block would add to a rep."""
        load, more = self.draft.load[rep], self.draft.block_load[block]
        over = np.maximum(load + more - self.high[rep], 0.0) - np.maximum(load - self.high[rep], 0.0)
        return float(over @ self.price)
