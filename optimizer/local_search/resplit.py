"""A kernel that merges two neighbouring territories and cuts them anew along a random spanning tree.

All cuts of the tree are compared by sums over its subtrees; only the best one is priced exactly and accepted or not.
This is the recombination of DeFord, Duchin and Solomon (2021), with the best cut in place of a random balanced one.
"""

import math

from optimizer.compiled import inlined, inner, kernel
from optimizer.local_search.cost import load_cost, moved_change, unit_to_center
from optimizer.local_search.moves import hand_over, settle, settle_center
from optimizer.local_search.random import random_below, rejected
from optimizer.local_search.state import NONE, SearchState
from optimizer.local_search.tree import (
    BAD_HERE,
    BAD_THERE,
    COST_HERE,
    COST_THERE,
    WEIGHT,
    X,
    grow_tree,
    sum_subtrees,
)


@kernel
def resplit(s: SearchState, proposals: int, temperature: float) -> int:
    """Propose to resplit random pairs of neighbouring territories; return how many were changed."""
    made = 0
    for _ in range(proposals):
        unit = s.units[random_below(s, s.common[0].active)].nth
        degree = s.units[unit + 1].links - s.units[unit].links
        if degree > 0:
            other = s.lists[s.units[unit].links + random_below(s, degree)]
            if s.units[other].owner != s.units[unit].owner:
                made += int(resplit_pair(s, unit, s.units[unit].owner, s.units[other].owner, temperature))
    return made


@inlined
def resplit_pair(s: SearchState, root: int, here: int, there: int, temperature: float) -> bool:
    """Cut two connected territories anew if both lie in one part and the cut is accepted."""
    part = s.units[root].part
    if s.pieces[here, part] != 1 or s.pieces[there, part] != 1:
        return False
    count = grow_tree(s, root, here, there)
    if count != s.reps[here].size + s.reps[there].size or not sum_subtrees(s, count, here, there):
        return False
    cut, below_is_here = best_cut(s, count, here, there)
    if cut == NONE:
        return False
    below, above = (here, there) if below_is_here else (there, here)
    if mark_sides(s, count, cut, below, above) == 0:
        return False
    change = cut_change(s, count, cut, below, above)
    if rejected(s, change, temperature):
        return False
    return bool(redistribute(s, count, below, above))


@inner
def best_cut(s: SearchState, count: int, here: int, there: int) -> tuple[int, bool]:
    """Return the place whose subtree to cut off, and whether `here` gets it; NONE where every cut is forbidden."""
    measures = s.limits.shape[1]
    factor = center_factor(s, here, there)
    best, best_cost, best_is_here = NONE, math.inf, False
    for cut in range(1, count):
        for below_is_here in (True, False):
            below, above = (here, there) if below_is_here else (there, here)
            below_bad, above_bad = (BAD_HERE, BAD_THERE) if below_is_here else (BAD_THERE, BAD_HERE)
            bad = s.tree_sums[cut, measures + below_bad]
            bad += s.tree_sums[0, measures + above_bad] - s.tree_sums[cut, measures + above_bad]
            if bad > 0.0:
                continue
            cost = cut_cost(s, cut, below, above, below_is_here)
            if factor > 0.0:
                cost += factor * (spread(s, cut, NONE) * s.reps[below].centered)
                cost += factor * (spread(s, 0, cut) * s.reps[above].centered)
            if cost < best_cost:
                best, best_cost, best_is_here = cut, cost, below_is_here
    return best, best_is_here


@inlined
def cut_cost(s: SearchState, cut: int, below: int, above: int, below_is_here: bool) -> float:
    """Return the pair and load costs of a cut."""
    measures = s.limits.shape[1]
    below_cost, above_cost = (COST_HERE, COST_THERE) if below_is_here else (COST_THERE, COST_HERE)
    cost = s.tree_sums[cut, measures + below_cost]
    cost += s.tree_sums[0, measures + above_cost] - s.tree_sums[cut, measures + above_cost]
    for measure in range(measures):
        load = s.tree_sums[cut, measure]
        cost += load_cost(s, below, measure, load) + load_cost(s, above, measure, s.tree_sums[0, measure] - load)
    return float(cost)


@inlined
def spread(s: SearchState, place: int, without: int) -> float:
    """Return weight times root mean square distance to the center of a subtree, less another one or NONE."""
    column = s.limits.shape[1] + X
    x, y, z = s.tree_sums[place, column], s.tree_sums[place, column + 1], s.tree_sums[place, column + 2]
    weight = s.tree_sums[place, s.limits.shape[1] + WEIGHT]
    if without != NONE:
        x -= s.tree_sums[without, column]
        y -= s.tree_sums[without, column + 1]
        z -= s.tree_sums[without, column + 2]
        weight -= s.tree_sums[without, s.limits.shape[1] + WEIGHT]
    return math.sqrt(max(0.0, weight * weight - x * x - y * y - z * z))


@inner
def center_factor(s: SearchState, here: int, there: int) -> float:
    """Return what a unit of `spread` costs in the two territories as they are; 0 where no center counts."""
    cost, total = 0.0, 0.0
    for rep in (here, there):
        if s.reps[rep].centered == 1:
            x, y, z, weight = 0.0, 0.0, 0.0, 0.0
            unit = s.reps[rep].first
            while unit != NONE:
                w = s.units[unit].center_weight
                x += w * s.units[unit].x
                y += w * s.units[unit].y
                z += w * s.units[unit].z
                weight += w
                unit = s.units[unit].next
            cost += s.reps[rep].center_cost
            total += math.sqrt(max(0.0, weight * weight - x * x - y * y - z * z))
    return cost / total if total > 0.0 else 0.0


@inner
def mark_sides(s: SearchState, count: int, cut: int, below: int, above: int) -> int:
    """Mark the places below a cut; return how many units would change their rep."""
    changed = 0
    for place in range(count):
        side = int(place == cut)
        if place > cut:
            side = s.units[s.units[place].tree_parent].tree_side
        s.units[place].tree_side = side
        changed += int(s.units[s.units[place].tree_unit].owner != (below if side == 1 else above))
    return changed


@inner
def cut_change(s: SearchState, count: int, cut: int, below: int, above: int) -> float:
    """Return the exact change in penalised value of a cut whose sides are marked."""
    change = -s.reps[below].center_cost - s.reps[above].center_cost
    for measure in range(s.limits.shape[1]):
        load, both = s.tree_sums[cut, measure], s.tree_sums[0, measure]
        change += load_cost(s, below, measure, load) + load_cost(s, above, measure, both - load)
        for rep in (below, above):
            change -= load_cost(s, rep, measure, s.limits[rep, measure].load)
    for place in range(count):
        unit = s.units[place].tree_unit
        rep = below if s.units[place].tree_side == 1 else above
        block = s.units[unit].block
        change += float(s.cost[block, rep]) - float(s.cost[block, s.units[unit].owner])
    if s.reps[below].centered == 1:
        change += side_center_cost(s, count, cut, NONE, below)
    if s.reps[above].centered == 1:
        change += side_center_cost(s, count, 0, cut, above)
    return float(change + cut_budget_change(s, count, below, above))


@inner
def side_center_cost(s: SearchState, count: int, place: int, without: int, rep: int) -> float:
    """Return the cost of the distances to the center of one side: the subtree at `place`, less another one or NONE."""
    column = s.limits.shape[1] + X
    x, y, z = s.tree_sums[place, column], s.tree_sums[place, column + 1], s.tree_sums[place, column + 2]
    side = 1
    if without != NONE:
        side = 0
        x -= s.tree_sums[without, column]
        y -= s.tree_sums[without, column + 1]
        z -= s.tree_sums[without, column + 2]
    length = math.sqrt(x * x + y * y + z * z)
    cost = 0.0
    for i in range(count):
        if s.units[i].tree_side == side:
            cost += unit_to_center(s, rep, s.units[i].tree_unit, x / length, y / length, z / length)
    return cost


@inlined
def cut_budget_change(s: SearchState, count: int, below: int, above: int) -> float:
    """Return the change in the penalties of the budgets."""
    change = 0.0
    for budget in range(len(s.budgets)):
        used, limit = s.budgets[budget].used, s.budgets[budget].limit
        after = used
        for place in range(count):
            unit = s.units[place].tree_unit
            rep = below if s.units[place].tree_side == 1 else above
            after += moved_change(s, budget, s.units[unit].block, rep)
        change += s.budgets[budget].price * (max(0.0, after - limit) - max(0.0, used - limit))
    return change


@inner
def redistribute(s: SearchState, count: int, below: int, above: int) -> bool:
    """Give every unit to its side's rep, unless that breaks more rules; return whether it was done."""
    broken = s.common[0].broken
    exchange(s, count, below, above)
    done = s.common[0].broken <= broken
    if not done:
        exchange(s, count, below, above)
    settle_center(s, below)
    settle_center(s, above)
    return bool(done)


@inner
def exchange(s: SearchState, count: int, below: int, above: int) -> None:
    """Give the units that are not on their side's rep to it, and mark the sides so that doing it again undoes it."""
    for place in range(count):
        unit = s.units[place].tree_unit
        before = s.units[unit].owner
        rep = below if s.units[place].tree_side == 1 else above
        s.units[place].tree_side = int(before == below)
        if rep != before:
            block = s.units[unit].block
            s.common[0].broken += int(s.allowed[block, before]) - int(s.allowed[block, rep])
            hand_over(s, unit, rep)
            settle(s, block, before)
