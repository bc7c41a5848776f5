"""Kernel parts: a quick lower estimate of what a change of blocks adds, from the pull of each center.

The distance to a center is a convex function of the center, so that its tangent lies below it: a move that the
tangent already rejects needs no walk over the territory.
"""

import math

from optimizer.compiled import inlined, inner
from optimizer.free_state import FreeState
from optimizer.local_search_cost import EARTH_DIAMETER_KM, block_moment, load_cost, unit_to_center
from optimizer.local_search_moves import settle_center
from optimizer.local_search_state import NONE, SearchState


@inner
def refresh_pull(s: SearchState, f: FreeState, rep: int) -> None:
    """Recompute a rep's center, the cost of the distances to it, and how that changes with a step of the center."""
    settle_center(s, rep)
    pull = f.pulls[rep]
    x, y, z = s.reps[rep].x, s.reps[rep].y, s.reps[rep].z
    length = math.sqrt(x * x + y * y + z * z)
    pull.length, pull.dx, pull.dy, pull.dz = length, 0.0, 0.0, 0.0
    if s.reps[rep].travels == 0 or length == 0.0:
        return
    pull.x, pull.y, pull.z = x / length, y / length, z / length
    unit = s.reps[rep].first
    while unit != NONE:
        dx, dy, dz = pull.x - s.units[unit].x, pull.y - s.units[unit].y, pull.z - s.units[unit].z
        chord = math.sqrt(dx * dx + dy * dy + dz * dz)
        if chord > 0.0:
            price = s.units[unit].km_price * EARTH_DIAMETER_KM / (2.0 * chord)
            pull.dx, pull.dy, pull.dz = pull.dx + price * dx, pull.dy + price * dy, pull.dz + price * dz
        unit = s.units[unit].next


@inlined
def least_change(s: SearchState, f: FreeState, rep: int, leaving: int, coming: int) -> float:
    """Return at most what a rep's loads and center add to the value when blocks (or NONE) leave and come."""
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
    if s.reps[rep].travels == 1:
        change += least_travel(s, f, rep, leaving, coming)
    return change


@inlined
def least_travel(s: SearchState, f: FreeState, rep: int, leaving: int, coming: int) -> float:
    """Return at most what the distances to a rep's center add to the value when blocks (or NONE) leave and come."""
    pull = f.pulls[rep]
    x, y, z, cost, gx, gy, gz = 0.0, 0.0, 0.0, 0.0, pull.dx, pull.dy, pull.dz
    if leaving != NONE:
        dx, dy, dz = block_moment(s, leaving)
        x, y, z = x - dx, y - dy, z - dz
        for i in range(s.blocks[leaving].units, s.blocks[leaving + 1].units):
            unit = s.units[s.lists[i]]
            km = unit_to_center(s, rep, s.lists[i], pull.x, pull.y, pull.z)
            cost -= km
            if km > 0.0:
                ux, uy, uz = pull.x - unit.x, pull.y - unit.y, pull.z - unit.z
                price = unit.km_price * EARTH_DIAMETER_KM / (2.0 * math.sqrt(ux * ux + uy * uy + uz * uz))
                gx, gy, gz = gx - price * ux, gy - price * uy, gz - price * uz
    if coming != NONE:
        dx, dy, dz = block_moment(s, coming)
        x, y, z = x + dx, y + dy, z + dz
    along = x * pull.x + y * pull.y + z * pull.z
    length = max(pull.length + along, 1e-300)
    sx, sy, sz = (x - along * pull.x) / length, (y - along * pull.y) / length, (z - along * pull.z) / length
    if coming != NONE:
        for i in range(s.blocks[coming].units, s.blocks[coming + 1].units):
            cost += unit_to_center(s, rep, s.lists[i], pull.x + sx, pull.y + sy, pull.z + sz)
    return cost + gx * sx + gy * sy + gz * sz
