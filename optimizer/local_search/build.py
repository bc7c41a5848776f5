"""From a Problem to the search state."""

import numpy as np
import numpy.typing as npt

from optimizer.bound.blocks import Blocks, blocks_of
from optimizer.bound.load_range import aim_load, balance_slope, load_range
from optimizer.construct.links import ContiguityLinks, contiguity_links
from optimizer.costs import pair_cost, share
from optimizer.eligibility import allowed_pairs
from optimizer.graph import IntArray
from optimizer.local_search.running import set_plan
from optimizer.local_search.state import (
    BLOCK,
    BUDGET,
    COMMON,
    LIMIT,
    NONE,
    REP,
    TREE_COLUMNS,
    UNIT,
    Ints,
    Records,
    SearchState,
)
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
    lists = _Lists()
    state = SearchState(
        units=_units(problem, blocks, links, lists),
        blocks=_blocks(blocks, links, cost, allowed, lists),
        reps=_reps(problem),
        limits=_limits(problem),
        budgets=_budgets(problem),
        common=np.zeros(1, dtype=COMMON),
        lists=lists.joined(),
        block_load=np.ascontiguousarray(blocks.sum_rows(problem.load.T.astype(np.float64))),
        cost=cost,
        allowed=allowed,
        pieces=np.zeros((problem.n_reps, len(links.required)), dtype=np.int64),
        budget_weight=_budget_weight(problem),
        apart_count=np.zeros((len(problem.apart), problem.n_reps), dtype=np.int64),
        tree_sums=np.zeros((problem.n_units, len(problem.measures) + TREE_COLUMNS)),
    )
    state.common["random"] = 2 * seed + 1
    activate(state, along_curve(problem.xyz_m))
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


class _Lists:
    """Compressed lists put behind one another in one array."""

    def __init__(self) -> None:
        self._length = 0
        self._values: list[Ints] = [np.zeros(0, dtype=np.int64)]

    def add(self, values: npt.ArrayLike, count: npt.ArrayLike) -> Ints:
        """Append lists of the given lengths; return where each starts and, last, where they end."""
        start = self._length + np.concatenate([[0], np.cumsum(count)])
        self._values.append(np.asarray(values, dtype=np.int64))
        self._length = int(start[-1])
        return start.astype(np.int64)

    def joined(self) -> Ints:
        """Return all lists."""
        return np.concatenate(self._values)


def _units(problem: Problem, blocks: Blocks, links: ContiguityLinks, lists: _Lists) -> Records:
    n = problem.n_units
    units = np.zeros(n + 1, dtype=UNIT)
    units["links"] = lists.add(links.graph.indices, np.diff(links.graph.indptr))
    units["apart"] = lists.add(*_memberships(problem.apart, n))
    units["homes"] = lists.add(*_memberships(problem.home_units, n))
    body = units[:n]
    body["part"] = links.part
    body["required"] = (links.part != NONE) & np.append(links.required, False)[links.part]
    body["block"] = blocks.block_of
    body["current"] = problem.current
    for axis, name in enumerate("xyz"):
        body[name] = problem.xyz_m[:, axis] / EARTH_RADIUS_M
    workload = share(problem.load[WORKLOAD])
    body["center_weight"] = np.maximum(workload, 1e-9 / n)
    body["km_price"] = problem.weights.travel * workload
    return units


def activate(state: SearchState, units: Ints) -> None:
    """Propose moves for these units only; neighbours should be near each other in the order."""
    state.units["nth"][: len(units)] = units
    state.common["active"] = len(units)


def along_curve(xyz_m: npt.NDArray[np.float64]) -> Ints:
    """Order places along a Morton curve, so that units near in the order are near on the map."""
    span = np.ptp(xyz_m, axis=0).max() + 1.0
    cell = ((xyz_m - xyz_m.min(axis=0)) / span * 1023).astype(np.int64)
    code = np.zeros(len(xyz_m), dtype=np.int64)
    for bit in range(10):
        for axis in range(3):
            code |= ((cell[:, axis] >> bit) & 1) << (3 * bit + axis)
    return np.argsort(code, kind="stable")


def _blocks(
    blocks: Blocks, links: ContiguityLinks, cost: npt.NDArray[np.float32], allowed: BoolArray, lists: _Lists
) -> Records:
    """Make the records of the blocks; those without neighbours or of several units list their cheapest reps.

    Where there are such, each rep is listed by the cheapest other block too: a territory of units without neighbours
    only would never meet one with any.
    """
    size, unlinked = np.diff(blocks.start), np.diff(links.graph.indptr)[blocks.units[blocks.start[:-1]]] == 0
    roams = (size > 1) | unlinked
    near: list[list[int]] = [[] for _ in range(blocks.n_blocks)]
    for block in np.flatnonzero(roams):
        reps = np.flatnonzero(allowed[block])
        near[block] = reps[np.argsort(cost[block, reps], kind="stable")[:NEAR_REPS]].tolist()
    if unlinked.any() and not roams.all():
        doors = np.where(allowed & ~roams[:, None], cost, np.inf).argmin(axis=0)
        for rep in np.flatnonzero(allowed[doors, np.arange(len(doors))] & ~roams[doors]).tolist():
            near[doors[rep]].append(rep)
    records = np.zeros(blocks.n_blocks + 1, dtype=BLOCK)
    records["units"] = lists.add(blocks.units, size)
    count = np.array([len(reps) for reps in near], dtype=np.int64)
    records["near"] = lists.add(np.array([rep for reps in near for rep in reps], dtype=np.int64), count)
    return records


def _reps(problem: Problem) -> Records:
    reps = np.zeros(problem.n_reps, dtype=REP)
    reps["reach_km"] = np.where(problem.has_home, np.inf, problem.max_distance_km)
    reps["travels"] = problem.free
    reps["centered"] = problem.free | np.isfinite(reps["reach_km"])
    return reps


def _limits(problem: Problem) -> Records:
    limits = np.zeros((problem.n_reps, len(problem.measures)), dtype=LIMIT)
    low, high = load_range(problem)
    limits["low"], limits["high"] = low.T, high.T
    limits["target"], limits["aim"] = problem.target.T, aim_load(problem).T
    limits["slope"] = balance_slope(problem).T
    return limits


def _budgets(problem: Problem) -> Records:
    budgets = np.zeros(len(problem.budgets), dtype=BUDGET)
    budgets["limit"] = [budget.limit for budget in problem.budgets]
    return budgets


def _budget_weight(problem: Problem) -> npt.NDArray[np.float64]:
    weight = np.zeros((problem.n_units, len(problem.budgets)))
    for column, budget in enumerate(problem.budgets):
        weight[:, column] = budget.weight
    return weight


def _memberships(groups: tuple[IntArray, ...], n_units: int) -> tuple[Ints, Ints]:
    """Return the groups of all units, unit by unit, and how many each unit has."""
    units = np.concatenate([*groups, np.zeros(0, dtype=np.int32)]).astype(np.int64)
    group_of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return group_of[np.argsort(units, kind="stable")], np.bincount(units, minlength=n_units)
