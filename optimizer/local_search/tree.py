"""Kernel parts: a random spanning tree of two neighbouring territories, and sums over its subtrees."""

from optimizer.compiled import inlined, inner
from optimizer.local_search.random import random_below
from optimizer.local_search.state import NONE, SearchState

COST_HERE, COST_THERE, BAD_HERE, BAD_THERE, X, Y, Z, WEIGHT = range(8)
"""Columns of `tree_sums` after those of the measures: costs and forbidden pairs with either rep, moments, weight."""


@inner
def grow_tree(s: SearchState, root: int, here: int, there: int) -> int:
    """Span the territories of two reps from `root`, the next unit being any at the edge; return how many were reached.

    Places are numbered as they join the tree, so that parents come before children.
    """
    s.common[0].stamp += 2
    waiting, joined = s.common[0].stamp - 1, s.common[0].stamp
    s.units[0].queue = root
    s.units[root].mark = waiting
    s.units[root].parent = NONE
    edge, count = 1, 0
    while edge > 0:
        pick = random_below(s, edge)
        unit = s.units[pick].queue
        edge -= 1
        s.units[pick].queue = s.units[edge].queue
        s.units[unit].mark = joined
        s.units[count].tree_unit = unit
        s.units[count].tree_parent = s.units[unit].parent
        for i in range(s.units[unit].links, s.units[unit + 1].links):
            other = s.lists[i]
            owner, mark = s.units[other].owner, s.units[other].mark
            if mark != joined and owner in (here, there):
                if mark != waiting:
                    s.units[other].mark = waiting
                    s.units[other].parent = count
                    s.units[edge].queue = other
                    edge += 1
                elif random_below(s, 2) == 0:
                    s.units[other].parent = count
        count += 1
    return count


@inner
def sum_subtrees(s: SearchState, count: int, here: int, there: int) -> bool:
    """Fill `tree_sums` for a tree of `count` places; return whether every block is a single unit."""
    for place in range(count):
        if not fill_place(s, place, here, there):
            return False
    for place in range(count - 1, 0, -1):
        parent = s.units[place].tree_parent
        for column in range(s.tree_sums.shape[1]):
            s.tree_sums[parent, column] += s.tree_sums[place, column]
    return True


@inlined
def fill_place(s: SearchState, place: int, here: int, there: int) -> bool:
    """Write what one unit adds to the sums; return whether it is a block by itself."""
    unit = s.units[place].tree_unit
    block = s.units[unit].block
    if s.blocks[block + 1].units - s.blocks[block].units > 1:
        return False
    measures = s.limits.shape[1]
    for measure in range(measures):
        s.tree_sums[place, measure] = s.block_load[block, measure]
    weight = s.units[unit].center_weight
    s.tree_sums[place, measures + COST_HERE] = s.cost[block, here]
    s.tree_sums[place, measures + COST_THERE] = s.cost[block, there]
    s.tree_sums[place, measures + BAD_HERE] = int(not s.allowed[block, here])
    s.tree_sums[place, measures + BAD_THERE] = int(not s.allowed[block, there])
    s.tree_sums[place, measures + X] = weight * s.units[unit].x
    s.tree_sums[place, measures + Y] = weight * s.units[unit].y
    s.tree_sums[place, measures + Z] = weight * s.units[unit].z
    s.tree_sums[place, measures + WEIGHT] = weight
    return True
