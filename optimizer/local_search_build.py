"""From a Problem to the search state."""

from typing import Any

import numpy as np

from optimizer.blocks import Blocks, blocks_of
from optimizer.contiguity_links import ContiguityLinks, contiguity_links
from optimizer.costs import pair_cost, share
from optimizer.eligibility import allowed_pairs
from optimizer.graph import IntArray
from optimizer.load_range import aim_load, balance_slope, load_range
from optimizer.local_search_anneal import TABLE_SIZE
from optimizer.local_search_running import set_plan
from optimizer.local_search_state import Flags, Ints, SearchState, Singles
from optimizer.plan import Plan
from optimizer.problem import EARTH_RADIUS_M, UNLOCKED, WORKLOAD, BoolArray, Problem

NEAR_REPS = 12
"""Reps proposed to blocks that have no neighbours or several units."""


def search_state(problem: Problem, plan: Plan, seed: int) -> SearchState:
    """Build the state of a plan in which every unit has a rep and every block one rep; all prices are 0.

    Parameters
    ----------
    problem : Problem
    plan : Plan
    seed : int
        Seed of the state's own random generator.
    """
    blocks = blocks_of(problem)
    links = contiguity_links(problem)
    cost = blocks.sum_rows(pair_cost(problem)).astype(np.float32)
    allowed = open_pairs(problem)[blocks.units[blocks.start[:-1]]]
    near_start, near_rep = _near_reps(blocks, links, cost, allowed)
    state = SearchState(
        indptr=links.graph.indptr.astype(np.int64),
        indices=links.graph.indices.astype(np.int64),
        block_start=blocks.start.astype(np.int64),
        block_units=blocks.units.astype(np.int64),
        block_of=blocks.block_of.astype(np.int64),
        part=links.part.astype(np.int64),
        part_required=links.required,
        load=np.ascontiguousarray(blocks.sum_rows(problem.load.T.astype(np.float64))),
        cost=cost,
        allowed=allowed,
        near_start=near_start,
        near_rep=near_rep,
        **_limits(problem),
        **_rules(problem),
        **_centers(problem),
        **_running(problem, len(links.required)),
        mark=np.zeros(problem.n_units, dtype=np.int64),
        stamp=np.zeros(1, dtype=np.int64),
        queue=np.zeros(problem.n_units, dtype=np.int64),
        random=np.array([2 * seed + 1], dtype=np.uint64),
        minus_log=-np.log((np.arange(TABLE_SIZE) + 0.5) / TABLE_SIZE),
    )
    set_plan(state, plan.owner)
    return state


def open_pairs(problem: Problem) -> BoolArray:
    """Return the allowed pairs, (n_units, n_reps) bool; a unit that may go nowhere may go to its lock, or anywhere."""
    allowed = allowed_pairs(problem)
    nowhere = ~allowed.any(axis=1)
    locked = np.flatnonzero(nowhere & (problem.locked != UNLOCKED))
    allowed[nowhere & (problem.locked == UNLOCKED)] = True
    allowed[locked, problem.locked[locked]] = True
    for group in problem.together:
        row = allowed[group].all(axis=0)
        allowed[group] = row if row.any() else allowed[group[0]]
    return allowed


def _limits(problem: Problem) -> dict[str, Any]:
    low, high = load_range(problem)
    n_units, n_budgets = problem.n_units, len(problem.budgets)
    weights = np.array([budget.weight for budget in problem.budgets], dtype=np.float64)
    return {
        "low": np.ascontiguousarray(low.T),
        "high": np.ascontiguousarray(high.T),
        "target": np.ascontiguousarray(problem.target.T),
        "aim_load": np.ascontiguousarray(aim_load(problem).T),
        "balance_slope": np.ascontiguousarray(balance_slope(problem).T),
        "low_price": np.zeros(low.T.shape),
        "high_price": np.zeros(low.T.shape),
        "current": problem.current.astype(np.int64),
        "budget_weight": weights.reshape(n_budgets, n_units),
        "budget_limit": np.array([budget.limit for budget in problem.budgets], dtype=np.float64),
        "budget_price": np.zeros(n_budgets),
    }


def _rules(problem: Problem) -> dict[str, Any]:
    apart_start, apart_group, group_start, group_units = _memberships(problem.apart, problem.n_units)
    home_start, home_rep, _, _ = _memberships(problem.home_units, problem.n_units)
    return {
        "apart_start": apart_start,
        "apart_group": apart_group,
        "group_start": group_start,
        "group_units": group_units,
        "home_start": home_start,
        "home_rep": home_rep,
        "has_home_rule": np.array([len(units) > 0 for units in problem.home_units], dtype=np.bool_),
        "piece_price": np.zeros(1),
    }


def _centers(problem: Problem) -> dict[str, Any]:
    """Make the arrays of free centres; a vanishing weight of units without workload places centers without any."""
    workload = share(problem.load[WORKLOAD])
    reach_to_center = ~problem.has_home & np.isfinite(problem.max_distance_km)
    return {
        "xyz": problem.xyz_m / EARTH_RADIUS_M,
        "center_weight": np.maximum(workload, 1e-9 / problem.n_units),
        "km_price": problem.weights.travel * workload,
        "centered": problem.free | reach_to_center,
        "travels": problem.free.copy(),
        "reach_km": np.where(problem.has_home, np.inf, problem.max_distance_km),
        "far_price": np.zeros(1),
    }


def _running(problem: Problem, n_parts: int) -> dict[str, Any]:
    n, k = problem.n_units, problem.n_reps
    return {
        "owner": np.zeros(n, dtype=np.int64),
        "rep_load": np.zeros((k, len(problem.measures))),
        "size": np.zeros(k, dtype=np.int64),
        "first": np.zeros(k, dtype=np.int64),
        "next": np.zeros(n, dtype=np.int64),
        "previous": np.zeros(n, dtype=np.int64),
        "pieces": np.zeros((k, n_parts), dtype=np.int64),
        "budget_used": np.zeros(len(problem.budgets)),
        "home_count": np.zeros(k, dtype=np.int64),
        "center_sum": np.zeros((k, 3)),
        "center_cost": np.zeros(k),
        "broken": np.zeros(1, dtype=np.int64),
    }


def _memberships(groups: tuple[IntArray, ...], n_units: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Return, as two compressed lists, the groups of each unit and the units of each group."""
    size = np.array([len(group) for group in groups], dtype=np.int64)
    units = np.concatenate([*groups, np.zeros(0, dtype=np.int64)]).astype(np.int64)
    group_of = np.repeat(np.arange(len(groups), dtype=np.int64), size)
    by_unit = np.argsort(units, kind="stable")
    return _starts(np.bincount(units, minlength=n_units)), group_of[by_unit], _starts(size), units


def _near_reps(
    blocks: Blocks, links: ContiguityLinks, cost: Singles, allowed: Flags
) -> tuple[Ints, Ints]:
    """Return the cheapest allowed reps of each block that has no neighbours or several units, as a compressed list."""
    degree = np.diff(links.graph.indptr)
    size = np.diff(blocks.start)
    roams = np.flatnonzero((size > 1) | (degree[blocks.units[blocks.start[:-1]]] == 0))
    count = np.zeros(blocks.n_blocks, dtype=np.int64)
    chosen = [np.zeros(0, dtype=np.int64)]
    for block in roams:
        reps = np.flatnonzero(allowed[block])
        reps = reps[np.argsort(cost[block, reps], kind="stable")[:NEAR_REPS]]
        count[block] = len(reps)
        chosen.append(reps)
    return _starts(count), np.concatenate(chosen).astype(np.int64)


def _starts(count: np.typing.NDArray[np.int64]) -> Ints:
    start = np.zeros(len(count) + 1, dtype=np.int64)
    np.cumsum(count, out=start[1:])
    return start
