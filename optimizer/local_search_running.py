"""The present plan of a search state: setting it, and reading off what it is worth."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from optimizer.compiled import kernel
from optimizer.graph import IntArray
from optimizer.local_search_moves import settle_center
from optimizer.local_search_state import Reals, SearchState


def set_plan(state: SearchState, owner: IntArray) -> None:
    """Make `owner` the present plan and compute all running totals afresh."""
    k = len(state.size)
    state.owner[:] = owner
    state.size[:] = np.bincount(owner, minlength=k)
    block_owner = owner[state.block_units[state.block_start[:-1]]]
    for measure in range(state.load.shape[1]):
        state.rep_load[:, measure] = np.bincount(block_owner, state.load[:, measure], k)
    for axis in range(3):
        state.center_sum[:, axis] = np.bincount(owner, state.center_weight * state.xyz[:, axis], k)
    moved = (state.current >= 0) & (owner != state.current)
    state.budget_used[:] = state.budget_weight[:, moved].sum(axis=1)
    home_of = np.repeat(np.arange(len(owner)), np.diff(state.home_start))
    state.home_count[:] = np.bincount(state.home_rep[owner[home_of] == state.home_rep], minlength=k)
    _link_members(state)
    _count_pieces(state)
    state.broken[0] = _count_broken(state)
    refresh_centers(state)


@kernel
def refresh_centers(s: SearchState) -> None:
    """Recompute every free centre's cost."""
    for rep in range(len(s.size)):
        settle_center(s, rep)


def missed(state: SearchState) -> tuple[Reals, Reals]:
    """Return by how much each load is below its low and above its high, two (n_reps, n_measures) float64."""
    return np.maximum(state.low - state.rep_load, 0.0), np.maximum(state.rep_load - state.high, 0.0)


def value(state: SearchState) -> float:
    """Return the value of the present plan: pairs, balance and distances to free centres, without any penalty."""
    block_owner = state.owner[state.block_units[state.block_start[:-1]]]
    pairs = state.cost[np.arange(len(block_owner)), block_owner].sum(dtype=np.float64)
    away = np.abs(state.rep_load - state.target) - state.aim_load
    balance = (state.balance_slope * np.maximum(away, 0.0)).sum()
    return float(pairs + balance + state.center_cost.sum())


def _link_members(state: SearchState) -> None:
    """Chain the units of each rep in ascending order."""
    order = np.argsort(state.owner, kind="stable")
    same = state.owner[order[1:]] == state.owner[order[:-1]]
    for links in (state.first, state.next, state.previous):
        links[:] = -1
    state.next[order[:-1][same]] = order[1:][same]
    state.previous[order[1:][same]] = order[:-1][same]
    heads = order[np.concatenate([[True], ~same])]
    state.first[state.owner[heads]] = heads


def _count_pieces(state: SearchState) -> None:
    n = len(state.owner)
    a = np.repeat(np.arange(n), np.diff(state.indptr))
    inside = state.owner[a] == state.owner[state.indices]
    matrix = coo_array((np.ones(inside.sum(), dtype=np.int8), (a[inside], state.indices[inside])), shape=(n, n))
    _, label = connected_components(matrix, directed=False)
    _, heads = np.unique(label, return_index=True)
    heads = heads[state.part[heads] >= 0]
    state.pieces[:] = 0
    np.add.at(state.pieces, (state.owner[heads], state.part[heads]), 1)


def _count_broken(state: SearchState) -> int:
    """Count excess pieces, pairs that are not allowed, apart conflicts, missing homes and empty territories."""
    block_owner = state.owner[state.block_units[state.block_start[:-1]]]
    excess = np.maximum(state.pieces[:, state.part_required] - 1, 0).sum()
    banned = (~state.allowed[np.arange(len(block_owner)), block_owner]).sum()
    groups = np.repeat(np.arange(len(state.group_start) - 1), np.diff(state.group_start))
    _, together = np.unique(np.stack([groups, state.owner[state.group_units]]), axis=1, return_counts=True)
    conflicts = (together * (together - 1) // 2).sum()
    homeless = (state.has_home_rule & (state.home_count == 0)).sum()
    return int(excess + banned + conflicts + homeless + (state.size == 0).sum())

