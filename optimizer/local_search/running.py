"""The present plan of a search state: setting it, and reading off what it is worth."""

import math

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from optimizer.compiled import kernel
from optimizer.local_search.cost import center_cost, far_units
from optimizer.local_search.moves import settle_center
from optimizer.local_search.state import NONE, Ints, Reals, SearchState


def set_plan(state: SearchState, owner: npt.NDArray[np.signedinteger]) -> None:
    """Make `owner` the present plan and compute all running totals afresh."""
    k, units = len(state.reps), state.units[:-1]
    units["owner"] = owner
    state.reps["size"] = np.bincount(owner, minlength=k)
    owners = block_owners(state)
    for measure in range(state.block_load.shape[1]):
        state.limits["load"][:, measure] = np.bincount(owners, state.block_load[:, measure], k)
    for axis in "xyz":
        state.reps[axis] = np.bincount(owner, units["center_weight"] * units[axis], k)
    moved = (units["current"] >= 0) & (owner != units["current"])
    state.budgets["used"] = state.budget_weight[moved].sum(axis=0)
    _link_members(state)
    _count_groups(state)
    _count_pieces(state)
    state.common["broken"] = _count_broken(state)
    refresh_centers(state)


def present_owner(state: SearchState) -> Ints:
    """Return a copy of the present plan's owners, (n_units,) int64."""
    return np.array(state.units["owner"][:-1])


def block_owners(state: SearchState) -> Ints:
    """Return the rep of each block, (n_blocks,) int64."""
    return np.asarray(state.units["owner"][state.lists[state.blocks["units"][:-1]]])


def value(state: SearchState) -> float:
    """Return the value of the present plan: pairs, balance and distances to free centres, without any penalty."""
    owners = block_owners(state)
    pairs = state.cost[np.arange(len(owners)), owners].sum(dtype=np.float64)
    limits = state.limits
    away = np.abs(limits["load"] - limits["target"]) - limits["aim"]
    balance = (limits["slope"] * np.maximum(away, 0.0)).sum()
    return float(pairs + balance + centers_value(state))


def missed(state: SearchState) -> tuple[Reals, Reals]:
    """Return by how much each load is below its low and above its high, two (n_reps, n_measures) float64."""
    limits = state.limits
    return np.maximum(limits["low"] - limits["load"], 0.0), np.maximum(limits["load"] - limits["high"], 0.0)


@kernel
def centers_value(s: SearchState) -> float:
    """Return what the distances to free centres add to the value."""
    far_price = s.common[0].far_price
    s.common[0].far_price = 0.0
    total = 0.0
    for rep in range(len(s.reps)):
        if s.reps[rep].travels == 1:
            total += center_cost(s, rep, np.int64(NONE), np.int64(NONE))
    s.common[0].far_price = far_price
    return total


@kernel
def count_far(s: SearchState) -> int:
    """Count the units beyond the reach of their territory's own center."""
    far = 0
    for rep in range(len(s.reps)):
        if s.reps[rep].centered == 1 and s.reps[rep].reach_km < math.inf:
            far += far_units(s, rep)
    return far


@kernel
def refresh_centers(s: SearchState) -> None:
    """Recompute every free centre's cost."""
    for rep in range(len(s.reps)):
        settle_center(s, rep)


def _lists_of(state: SearchState, field: str) -> tuple[Ints, Ints]:
    """Return the unit and the entry of every list entry of a field of the units."""
    start = state.units[field]
    return np.repeat(np.arange(len(start) - 1), np.diff(start)), state.lists[start[0] : start[-1]]


def _link_members(state: SearchState) -> None:
    """Chain the units of each rep in ascending order."""
    units = state.units[:-1]
    order = np.argsort(units["owner"], kind="stable")
    same = units["owner"][order[1:]] == units["owner"][order[:-1]]
    units["next"] = units["previous"] = NONE
    units["next"][order[:-1][same]] = order[1:][same]
    units["previous"][order[1:][same]] = order[:-1][same]
    heads = order[np.concatenate([[True], ~same])]
    state.reps["first"] = NONE
    state.reps["first"][units["owner"][heads]] = heads


def _count_groups(state: SearchState) -> None:
    owner = state.units["owner"]
    unit, group = _lists_of(state, "apart")
    state.apart_count[:] = 0
    np.add.at(state.apart_count, (group, owner[unit]), 1)
    unit, rep = _lists_of(state, "homes")
    state.reps["home_count"] = np.bincount(rep[owner[unit] == rep], minlength=len(state.reps))


def _count_pieces(state: SearchState) -> None:
    units = state.units[:-1]
    a, b = _lists_of(state, "links")
    inside = units["owner"][a] == units["owner"][b]
    ones = np.ones(int(inside.sum()), dtype=np.int8)
    matrix = coo_array((ones, (a[inside], b[inside])), shape=(len(units), len(units)))
    _, heads = np.unique(connected_components(matrix, directed=False)[1], return_index=True)
    heads = heads[units["part"][heads] != NONE]
    state.pieces[:] = 0
    np.add.at(state.pieces, (units["owner"][heads], units["part"][heads]), 1)


def _count_broken(state: SearchState) -> int:
    """Count excess pieces, pairs that are not allowed, pairs that should be apart, missing homes and empty reps."""
    units, owners = state.units[:-1], block_owners(state)
    required = np.zeros(state.pieces.shape[1], dtype=np.bool_)
    required[units["part"][units["required"] == 1]] = True
    excess = np.maximum(state.pieces[:, required] - 1, 0).sum()
    banned = (~state.allowed[np.arange(len(owners)), owners]).sum()
    conflicts = (state.apart_count * (state.apart_count - 1) // 2).sum()
    with_home_rule = np.unique(_lists_of(state, "homes")[1])
    homeless = (state.reps["home_count"][with_home_rule] == 0).sum()
    return int(excess + banned + conflicts + homeless + (state.reps["size"] == 0).sum())
