"""Kernel parts: two neighbouring territories merged and split anew along a random spanning tree.

All cuts of the tree are compared by an estimate of the travel, calibrated on the two territories as they are; the
best one is then judged exactly. (Trees as in recombination: DeFord, Duchin and Solomon 2021.)
"""

import math

from optimizer.compiled import inlined, inner
from optimizer.free_pull import refresh_pull
from optimizer.free_state import FreeState
from optimizer.free_tree import grow_tree, sum_subtrees
from optimizer.local_search_anneal import random_below
from optimizer.local_search_cost import load_cost, moved_change, unit_to_center
from optimizer.local_search_moves import carry, settle
from optimizer.local_search_state import NONE, SearchState


@inner
def split_anew(s: SearchState, f: FreeState, unit: int, most: float) -> bool:
    """Merge the territories on both sides of a random link of a unit and split them; return whether that was done."""
    degree = s.units[unit + 1].links - s.units[unit].links
    if degree == 0 or s.common[0].broken > 0:
        return False
    first, part = s.units[unit].owner, s.units[unit].part
    second = s.units[s.lists[s.units[unit].links + random_below(s, degree)]].owner
    if first == second or s.pieces[first, part] != 1 or s.pieces[second, part] != 1:
        return False
    count = grow_tree(s, f, unit, first, second)
    sum_subtrees(s, f, count, first, second)
    cut, below_is_first = best_cut(s, f, count, first, second)
    if cut == NONE:
        return False
    mark_below(f, count, cut)
    change = split_change(s, f, count, first, second, below_is_first)
    if change > most:
        return False
    return make_split(s, f, count, first, second, below_is_first)


@inlined
def best_cut(s: SearchState, f: FreeState, count: int, first: int, second: int) -> tuple[int, bool]:
    """Return the node above which to cut, and whether the first rep gets what is below; NONE without a legal cut."""
    root = f.nodes[0]
    km_price = travel_scale(s, first, second)
    best, cut, below_is_first = math.inf, NONE, False
    for node in range(1, count):
        tip = f.nodes[node]
        if tip.only_second == 0 and tip.only_first == root.only_first:
            cost = cut_cost(s, f, node, first, second, km_price) + root.cost - tip.cost
            if cost < best:
                best, cut, below_is_first = cost, node, True
        if tip.only_first == 0 and tip.only_second == root.only_second:
            cost = cut_cost(s, f, node, second, first, km_price) + tip.cost
            if cost < best:
                best, cut, below_is_first = cost, node, False
    return cut, below_is_first


@inlined
def travel_scale(s: SearchState, first: int, second: int) -> float:
    """Return the cost of travel in the two territories for a unit of their spread."""
    spread, cost = 0.0, 0.0
    for rep in (first, second):
        if s.reps[rep].travels:
            r = s.reps[rep]
            weight = 0.0
            unit = r.first
            while unit != NONE:
                weight += s.units[unit].center_weight
                unit = s.units[unit].next
            spread += spread_of(weight, r.x, r.y, r.z)
            cost += r.center_cost
    return cost / spread if spread > 0.0 else 0.0


@inlined
def spread_of(weight: float, x: float, y: float, z: float) -> float:
    """Return weight times the root mean square distance from the center."""
    return math.sqrt(max(0.0, weight * weight - x * x - y * y - z * z))


@inlined
def cut_cost(s: SearchState, f: FreeState, node: int, below: int, above: int, km_price: float) -> float:
    """Return the estimated cost of loads and travel when a rep gets the subtree of a node and another the rest."""
    cost = 0.0
    for measure in range(s.limits.shape[1]):
        mine = f.load[node, measure]
        cost += load_cost(s, below, measure, f.rest[0 if below == f.pair[0] else 1, measure] + mine)
        cost += load_cost(s, above, measure, f.rest[0 if above == f.pair[0] else 1, measure] + f.load[0, measure] - mine)
    return cost
