"""Kernel parts: what a change of blocks adds to the penalised value."""

import math

from optimizer.compiled import inlined, inner
from optimizer.local_search.state import NONE, SearchState

EARTH_RADIUS_KM = 6371.0088
EARTH_DIAMETER_KM = 2 * EARTH_RADIUS_KM


@inlined
def load_cost(s: SearchState, rep: int, measure: int, load: float) -> float:
    """Return the balance cost and the penalty of one load."""
    limit = s.limits[rep, measure]
    cost = limit.slope * max(0.0, abs(load - limit.target) - limit.aim)
    miss, price = limit.low - load, limit.low_price
    if miss <= 0.0:
        miss, price = load - limit.high, limit.high_price
    if miss > 0.0:
        cost += price * (miss * (1.0 + limit.curve * miss) + limit.charge * miss / (miss + limit.blur))
    return float(cost)


@inlined
def rep_change(s: SearchState, rep: int, leaving: int, coming: int) -> float:
    """Return what a rep's loads add to the value when blocks (or NONE) leave and come."""
    change = 0.0
    for measure in range(s.limits.shape[1]):
        before = s.limits[rep, measure].load
        after = before
        if leaving != NONE:
            after -= s.block_load[leaving, measure]
        if coming != NONE:
            after += s.block_load[coming, measure]
        if after != before:
            change += load_cost(s, rep, measure, after) - load_cost(s, rep, measure, before)
    return float(change)


@inlined
def center_change(s: SearchState, rep: int, leaving: int, coming: int) -> float:
    """Return what the distances to a rep's own center add to the value when blocks (or NONE) leave and come."""
    if s.reps[rep].centered == 0:
        return 0.0
    return float(center_cost(s, rep, leaving, coming) - s.reps[rep].center_cost)


@inner
def moved_center(s: SearchState, rep: int, leaving: int, coming: int) -> tuple[float, float, float, float]:
    """Return a territory's own center as a unit vector after blocks (or NONE) leave and come, and its moment's length.

    Where the length is 0 there is no center, and the vector means nothing.
    """
    x, y, z = s.reps[rep].x, s.reps[rep].y, s.reps[rep].z
    if leaving != NONE:
        dx, dy, dz = block_moment(s, leaving)
        x, y, z = x - dx, y - dy, z - dz
    if coming != NONE:
        dx, dy, dz = block_moment(s, coming)
        x, y, z = x + dx, y + dy, z + dz
    length = math.sqrt(x * x + y * y + z * z)
    if length == 0.0:
        return x, y, z, length
    return x / length, y / length, z / length, length


@inner
def center_guess(s: SearchState, rep: int, leaving: int, coming: int) -> float:
    """Return nearly what `center_change` returns, from how the distances changed with the center where it was last."""
    if s.reps[rep].centered == 0:
        return 0.0
    r = s.reps[rep]
    x, y, z, length = moved_center(s, rep, leaving, coming)
    if length == 0.0:
        return float(-r.center_cost)
    dx, dy, dz = x - r.center_x, y - r.center_y, z - r.center_z
    guess = r.pull_x * dx + r.pull_y * dy + r.pull_z * dz + r.stiffness * (dx * dx + dy * dy + dz * dz)
    if leaving != NONE:
        guess -= block_to_center(s, rep, leaving, x, y, z)
    if coming != NONE:
        guess += block_to_center(s, rep, coming, x, y, z)
    return float(guess)


@inner
def center_cost(s: SearchState, rep: int, leaving: int, coming: int) -> float:
    """Return the cost of the distances to a territory's own center after blocks (or NONE) leave and come."""
    x, y, z, length = moved_center(s, rep, leaving, coming)
    if length == 0.0:
        return 0.0
    cost = 0.0
    unit = s.reps[rep].first
    while unit != NONE:
        if s.units[unit].block != leaving:
            cost += unit_to_center(s, rep, unit, x, y, z)
        unit = s.units[unit].next
    if coming != NONE:
        cost += block_to_center(s, rep, coming, x, y, z)
    return cost


@inlined
def block_to_center(s: SearchState, rep: int, block: int, x: float, y: float, z: float) -> float:
    """Return the cost of a block's distances to the center whose direction is (x, y, z)."""
    cost = 0.0
    for i in range(s.blocks[block].units, s.blocks[block + 1].units):
        cost += unit_to_center(s, rep, s.lists[i], x, y, z)
    return cost


@inlined
def block_moment(s: SearchState, block: int) -> tuple[float, float, float]:
    """Return the sum of a block's places, each times its weight."""
    x, y, z = 0.0, 0.0, 0.0
    for i in range(s.blocks[block].units, s.blocks[block + 1].units):
        unit = s.units[s.lists[i]]
        x += unit.center_weight * unit.x
        y += unit.center_weight * unit.y
        z += unit.center_weight * unit.z
    return x, y, z


@inlined
def unit_to_center(s: SearchState, rep: int, unit: int, x: float, y: float, z: float) -> float:
    """Return the cost of one unit's distance to the center whose direction is (x, y, z)."""
    return float(priced_km(s, rep, unit, center_km(s, unit, x, y, z)))


@inlined
def priced_km(s: SearchState, rep: int, unit: int, km: float) -> float:
    """Return the cost of one unit's distance to the center of a rep's territory."""
    cost = 0.0
    if s.reps[rep].travels == 1:
        cost = km * s.units[unit].km_price
    if km > s.reps[rep].reach_km:
        cost += s.common[0].far_price * (km - s.reps[rep].reach_km)
    return cost


@inlined
def center_km(s: SearchState, unit: int, x: float, y: float, z: float) -> float:
    """Return a unit's distance to the place whose direction is (x, y, z)."""
    dx, dy, dz = s.units[unit].x - x, s.units[unit].y - y, s.units[unit].z - z
    return float(great_circle_km(0.5 * math.sqrt(dx * dx + dy * dy + dz * dz)))


@inner
def far_units(s: SearchState, rep: int) -> int:
    """Count a rep's units beyond its reach from its territory's own center."""
    x, y, z = s.reps[rep].x, s.reps[rep].y, s.reps[rep].z
    length = math.sqrt(x * x + y * y + z * z)
    far = 0
    unit = s.reps[rep].first
    while unit != NONE and length > 0.0:
        far += int(center_km(s, unit, x / length, y / length, z / length) > s.reps[rep].reach_km)
        unit = s.units[unit].next
    return far


@inlined
def great_circle_km(half_chord: float) -> float:
    """Return the distance along the sphere for half the chord, in units of the radius."""
    x = half_chord * half_chord
    if x < 0.01:
        return EARTH_DIAMETER_KM * half_chord * (1.0 + x * (1 / 6 + x * (3 / 40 + x * (5 / 112 + x * 35 / 1152))))
    return EARTH_DIAMETER_KM * math.asin(min(1.0, half_chord))


@inner
def budget_change(s: SearchState, a: int, a_to: int, b: int, b_to: int) -> float:
    """Return what the budgets' penalties add when block `a` and block `b` (or NONE) get new reps."""
    change = 0.0
    for budget in range(len(s.budgets)):
        used, limit = s.budgets[budget].used, s.budgets[budget].limit
        after = used + moved_change(s, budget, a, a_to)
        if b != NONE:
            after += moved_change(s, budget, b, b_to)
        change += s.budgets[budget].price * (max(0.0, after - limit) - max(0.0, used - limit))
    return change


@inner
def moved_change(s: SearchState, budget: int, block: int, rep: int) -> float:
    """Return the change in a budget's use when a block goes to a rep."""
    change = 0.0
    for i in range(s.blocks[block].units, s.blocks[block + 1].units):
        unit = s.lists[i]
        current = s.units[unit].current
        if current >= 0:
            moves = int(rep != current) - int(s.units[unit].owner != current)
            change += moves * s.budget_weight[unit, budget]
    return change
