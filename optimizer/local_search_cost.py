"""Kernel parts: what a change of blocks adds to the penalised value."""

import math

import numpy as np

from optimizer.compiled import inner
from optimizer.local_search_state import SearchState

EARTH_DIAMETER_KM = 2 * 6371.0088
NONE = -1


@inner
def load_cost(s: SearchState, rep: int, measure: int, load: float) -> float:
    """Return the balance cost and the penalty of one load."""
    cost = s.balance_slope[rep, measure] * max(
        0.0, abs(load - s.target[rep, measure]) - s.aim_load[rep, measure]
    )
    if load < s.low[rep, measure]:
        cost += s.low_price[rep, measure] * (s.low[rep, measure] - load)
    elif load > s.high[rep, measure]:
        cost += s.high_price[rep, measure] * (load - s.high[rep, measure])
    return cost


@inner
def rep_change(s: SearchState, rep: int, leaving: int, coming: int) -> float:
    """Return what a rep's loads and center add to the value when blocks (or NONE) leave and come."""
    change = 0.0
    for measure in range(s.rep_load.shape[1]):
        before = s.rep_load[rep, measure]
        after = before
        if leaving != NONE:
            after -= s.load[leaving, measure]
        if coming != NONE:
            after += s.load[coming, measure]
        if after != before:
            change += load_cost(s, rep, measure, after) - load_cost(s, rep, measure, before)
    if s.centered[rep]:
        change += center_cost(s, rep, leaving, coming) - s.center_cost[rep]
    return change


@inner
def great_circle_km(half_chord_squared: float) -> float:
    """Return the distance along the sphere for the square of half the chord, both in units of the radius."""
    x = half_chord_squared
    if x < 0.01:
        root = math.sqrt(x)
        return EARTH_DIAMETER_KM * root * (1.0 + x * (1 / 6 + x * (3 / 40 + x * (15 / 336 + x * 105 / 3456))))
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(x)))


@inner
def center_cost(s: SearchState, rep: int, leaving: int, coming: int) -> float:
    """Return the cost of the distances to a territory's own center after blocks (or NONE) leave and come."""
    x, y, z = s.center_sum[rep, 0], s.center_sum[rep, 1], s.center_sum[rep, 2]
    if leaving != NONE:
        dx, dy, dz = block_moment(s, leaving)
        x, y, z = x - dx, y - dy, z - dz
    if coming != NONE:
        dx, dy, dz = block_moment(s, coming)
        x, y, z = x + dx, y + dy, z + dz
    length = math.sqrt(x * x + y * y + z * z)
    if length == 0.0:
        return 0.0
    x, y, z = x / length, y / length, z / length
    cost = 0.0
    unit = s.first[rep]
    while unit != NONE:
        if leaving == NONE or s.block_of[unit] != leaving:
            cost += unit_to_center(s, rep, unit, x, y, z)
        unit = s.next[unit]
    if coming != NONE:
        for i in range(s.block_start[coming], s.block_start[coming + 1]):
            cost += unit_to_center(s, rep, s.block_units[i], x, y, z)
    return cost


@inner
def block_moment(s: SearchState, block: int) -> tuple[float, float, float]:
    """Return the sum of a block's places, each times its weight."""
    x, y, z = 0.0, 0.0, 0.0
    for i in range(s.block_start[block], s.block_start[block + 1]):
        unit = s.block_units[i]
        x += s.center_weight[unit] * s.xyz[unit, 0]
        y += s.center_weight[unit] * s.xyz[unit, 1]
        z += s.center_weight[unit] * s.xyz[unit, 2]
    return x, y, z


@inner
def unit_to_center(s: SearchState, rep: int, unit: int, x: float, y: float, z: float) -> float:
    """Return the cost of one unit's distance to the center whose direction is (x, y, z)."""
    dx, dy, dz = s.xyz[unit, 0] - x, s.xyz[unit, 1] - y, s.xyz[unit, 2] - z
    km = great_circle_km(0.25 * (dx * dx + dy * dy + dz * dz))
    cost = 0.0
    if s.travels[rep]:
        cost = km * s.km_price[unit]
    if km > s.reach_km[rep]:
        cost += s.far_price[0] * (km - s.reach_km[rep])
    return cost


@inner
def budget_change(s: SearchState, a: int, a_to: int, b: int, b_to: int) -> float:
    """Return what the budgets' penalties add when block `a` and block `b` (or NONE) get new reps."""
    change = 0.0
    for budget in range(len(s.budget_used)):
        used = s.budget_used[budget]
        after = used + moved_change(s, budget, a, a_to)
        if b != NONE:
            after += moved_change(s, budget, b, b_to)
        over = max(0.0, after - s.budget_limit[budget]) - max(0.0, used - s.budget_limit[budget])
        change += s.budget_price[budget] * over
    return change


@inner
def moved_change(s: SearchState, budget: int, block: int, rep: int) -> float:
    """Return the change in a budget's use when a block goes to a rep."""
    change = 0.0
    for i in range(s.block_start[block], s.block_start[block + 1]):
        unit = s.block_units[i]
        if s.current[unit] >= 0:
            now = s.owner[unit] != s.current[unit]
            then = rep != s.current[unit]
            change += (int(then) - int(now)) * s.budget_weight[budget, unit]
    return change
