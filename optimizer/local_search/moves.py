"""Kernel parts: carrying a block from one rep to another and back, with all running totals."""

import math

from optimizer.compiled import inlined, inner
from optimizer.local_search.cost import EARTH_RADIUS_KM, great_circle_km, priced_km
from optimizer.local_search.pieces import piece_gain, piece_loss
from optimizer.local_search.state import NONE, SearchState

NEAREST = 1e-3
"""Distance to its center, in radii of the earth, below which a unit is taken to be that far."""


@inlined
def block_owner(s: SearchState, block: int) -> int:
    """Return the rep that owns a block."""
    return int(s.units[s.lists[s.blocks[block].units]].owner)


@inner
def carry(s: SearchState, block: int, rep: int) -> float:
    """Give a block to a rep in everything but the totals of `settle`; return the cost of excess preferred pieces."""
    soft = 0.0
    before = block_owner(s, block)
    s.common[0].broken += int(s.allowed[block, before]) - int(s.allowed[block, rep])
    for i in range(s.blocks[block].units, s.blocks[block + 1].units):
        unit = s.lists[i]
        if s.units[unit].part != NONE:
            excess = carry_pieces(s, unit, rep)
            if s.units[unit].required == 1:
                s.common[0].broken += excess
            else:
                soft += excess * s.common[0].piece_price
        hand_over(s, unit, rep)
    return soft


@inlined
def hand_over(s: SearchState, unit: int, rep: int) -> None:
    """Make a rep the owner of a unit, and count the rules of groups, homes and empty territories anew."""
    before = s.units[unit].owner
    broken = apart_change(s, unit, rep) + home_change(s, unit, rep)
    s.units[unit].owner = rep
    s.reps[before].size -= 1
    s.reps[rep].size += 1
    broken += int(s.reps[before].size == 0) - int(s.reps[rep].size == 1)
    s.common[0].broken += broken


@inlined
def carry_pieces(s: SearchState, unit: int, rep: int) -> int:
    """Count the pieces of both reps anew for a unit that goes to `rep`; return the change in excess pieces."""
    part, before = s.units[unit].part, s.units[unit].owner
    excess = -max(0, s.pieces[before, part] - 1) - max(0, s.pieces[rep, part] - 1)
    loss, gain = piece_loss(s, unit), piece_gain(s, unit, rep)
    s.pieces[before, part] += loss
    s.pieces[rep, part] += gain
    return int(excess + max(0, s.pieces[before, part] - 1) + max(0, s.pieces[rep, part] - 1))


@inlined
def apart_change(s: SearchState, unit: int, rep: int) -> int:
    """Count a unit's apart groups anew; return the change in pairs that share a rep."""
    change = 0
    before = s.units[unit].owner
    for i in range(s.units[unit].apart, s.units[unit + 1].apart):
        group = s.lists[i]
        s.apart_count[group, before] -= 1
        change += s.apart_count[group, rep] - s.apart_count[group, before]
        s.apart_count[group, rep] += 1
    return int(change)


@inlined
def home_change(s: SearchState, unit: int, rep: int) -> int:
    """Count home units anew; return the change in reps without one."""
    change = 0
    for i in range(s.units[unit].homes, s.units[unit + 1].homes):
        home_rep = s.lists[i]
        if home_rep == s.units[unit].owner:
            s.reps[home_rep].home_count -= 1
            change += int(s.reps[home_rep].home_count == 0)
        elif home_rep == rep:
            s.reps[home_rep].home_count += 1
            change -= int(s.reps[home_rep].home_count == 1)
    return change


@inner
def settle(s: SearchState, block: int, before: int) -> None:
    """Bring loads, centers, budgets and member lists up to date after a block was carried away from rep `before`."""
    rep = block_owner(s, block)
    for measure in range(s.limits.shape[1]):
        s.limits[before, measure].load -= s.block_load[block, measure]
        s.limits[rep, measure].load += s.block_load[block, measure]
    for i in range(s.blocks[block].units, s.blocks[block + 1].units):
        unit = s.lists[i]
        relink(s, unit, before, rep)
        add_moment(s, unit, before, -1.0)
        add_moment(s, unit, rep, 1.0)
        current = s.units[unit].current
        if current >= 0:
            moves = int(rep != current) - int(before != current)
            for budget in range(len(s.budgets)):
                s.budgets[budget].used += moves * s.budget_weight[unit, budget]


@inlined
def settle_center(s: SearchState, rep: int) -> None:
    """Recompute a rep's own center, what the distances to it cost, and how that changes where it moves."""
    if s.reps[rep].centered == 1:
        feel_center(s, rep)


@inner
def feel_center(s: SearchState, rep: int) -> None:
    """Recompute a center, the cost of the distances to it, and how that changes where it moves: pull and stiffness."""
    r = s.reps[rep]
    length = math.sqrt(r.x * r.x + r.y * r.y + r.z * r.z)
    if length == 0.0:
        s.reps[rep].center_cost = 0.0
        return
    x, y, z = r.x / length, r.y / length, r.z / length
    cost, pull_x, pull_y, pull_z, stiffness = 0.0, 0.0, 0.0, 0.0, 0.0
    unit = r.first
    while unit != NONE:
        u = s.units[unit]
        dx, dy, dz = x - u.x, y - u.y, z - u.z
        chord = math.sqrt(dx * dx + dy * dy + dz * dz)
        cost += priced_km(s, rep, unit, great_circle_km(0.5 * chord))
        price = u.km_price * EARTH_RADIUS_KM / max(chord, NEAREST)
        pull_x += price * dx
        pull_y += price * dy
        pull_z += price * dz
        stiffness += price
        unit = u.next
    s.reps[rep].center_cost = cost
    s.reps[rep].center_x, s.reps[rep].center_y, s.reps[rep].center_z = x, y, z
    s.reps[rep].pull_x, s.reps[rep].pull_y, s.reps[rep].pull_z = pull_x, pull_y, pull_z
    s.reps[rep].stiffness = 0.25 * stiffness


@inlined
def add_moment(s: SearchState, unit: int, rep: int, sign: float) -> None:
    """Add a unit's weighted place to the rep's sums, or take it away."""
    weight = sign * s.units[unit].center_weight
    s.reps[rep].x += weight * s.units[unit].x
    s.reps[rep].y += weight * s.units[unit].y
    s.reps[rep].z += weight * s.units[unit].z


@inlined
def relink(s: SearchState, unit: int, before: int, rep: int) -> None:
    """Take a unit out of one rep's list and put it at the head of another's."""
    after, ahead = s.units[unit].next, s.units[unit].previous
    if ahead == NONE:
        s.reps[before].first = after
    else:
        s.units[ahead].next = after
    if after != NONE:
        s.units[after].previous = ahead
    head = s.reps[rep].first
    s.units[unit].next = head
    s.units[unit].previous = NONE
    if head != NONE:
        s.units[head].previous = unit
    s.reps[rep].first = unit
