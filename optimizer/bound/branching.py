"""A kernel for one rep's cheapest choice of whole blocks: the large blocks by branching, the small by enumeration."""

from optimizer.bound.choice import FARTHEST_STEPS, OPEN, Choice, relaxed, tune
from optimizer.bound.deviations import NOTHING, cheapest_deviations
from optimizer.compiled import inlined, inner, kernel

NODES_BELOW = 2000
"""Sets of deviations looked at before the largest open block is decided."""
DOUBLINGS = 12
"""How often the search starts again with twice the distance from the relaxation."""
ROOT_PASSES = 3
"""How often all prices are tuned before blocks are decided."""
NONE = -1


@kernel
def least_cost(s: Choice, distance: float, most_nodes: int) -> tuple[float, bool]:
    """Return a lower bound on what the rep's choice costs, and whether a choice of that cost was found.

    Choices are searched below the relaxation's value plus a distance, which doubles until there is one: what was
    searched in vain is a bound. A choice found is left as the taken ones of the items, otherwise the relaxation's.

    Parameters
    ----------
    s : Choice
        With prices of similar problems; they are tuned.
    distance : float
        To begin with, above 0.
    most_nodes : int
        Limit of the work.
    """
    tune_root(s, distance)
    root = relax_all(s)
    bound = root
    for item in range(len(s.load)):
        s.items[item].taken = int(s.items[item].reduced < 0.0)
    nodes_left = most_nodes
    for _ in range(DOUBLINGS):
        candidates = choose_candidates(s, distance)
        nodes_left, best, found = branch(s, candidates, root + distance, nodes_left)
        if nodes_left <= 0:
            return bound, False
        bound = best
        if found:
            return bound, True
        distance *= 2.0
    return bound, False


@inner
def tune_root(s: Choice, distance: float) -> None:
    """Tune the prices, looking only at blocks that their steps may bring in, and remember them."""
    for item in range(len(s.load)):
        s.items[item].fixed = OPEN
    for _ in range(ROOT_PASSES):
        relax_all(s)
        n_open = 0
        for item in range(len(s.load)):
            reach = distance
            for m in range(len(s.measures)):
                reach += FARTHEST_STEPS * s.measures[m].step * s.load[item, m]
            if s.items[item].reduced < reach:
                s.items[n_open].open = item
                n_open += 1
        tune(s, n_open, 0.0, 12)
    for m in range(len(s.measures)):
        s.prices[0, m] = s.measures[m].price


@inner
def relax_all(s: Choice) -> float:
    """Return the bound of the present prices over all blocks, which are left open."""
    for m in range(len(s.measures)):
        s.measures[m].fixed = 0.0
    for item in range(len(s.load)):
        s.items[item].open = item
    return float(relaxed(s, len(s.load), 0.0))


@inner
def choose_candidates(s: Choice, distance: float) -> int:
    """List the blocks that a choice within a distance of the relaxation may hold; return their number."""
    for m in range(len(s.measures)):
        s.measures[m].price = s.prices[0, m]
    relax_all(s)
    candidates = 0
    for item in range(len(s.load)):
        if s.items[item].reduced < distance:
            s.items[candidates].candidate = item
            candidates += 1
    return candidates


@inner
def branch(s: Choice, candidates: int, most: float, nodes: int) -> tuple[int, float, bool]:
    """Search the cheapest choice below `most` depth first; return the nodes left, its cost or `most`, if it was found.

    Where no nodes are left the cost is no bound.
    """
    best, found, depth = most, False, 0
    while True:
        n_open, fixed_cost = open_candidates(s, candidates)
        lower = tune(s, n_open, fixed_cost, 8)
        nodes -= n_open // 4 + 1
        split = NONE
        if lower < best:
            lower = relaxed(s, n_open, fixed_cost)
            seen, extra, count = cheapest_deviations(s, n_open, best - lower, NODES_BELOW)
            nodes -= 100 if seen else NODES_BELOW
            if count != NOTHING:
                best, found = lower + extra, True
                keep_choice(s, candidates, count)
            if not seen:
                split = largest_open(s, n_open, best - lower)
        if split != NONE:
            s.items[depth].split, s.items[depth].turned = split, 0
            s.items[split].fixed = int(s.items[split].reduced < 0.0)
            depth += 1
            for m in range(len(s.measures)):
                s.prices[depth, m] = s.measures[m].price
        else:
            depth = turn_back(s, depth)
        if depth == 0 or nodes <= 0:
            release(s, candidates)
            return nodes, best, found


@inner
def open_candidates(s: Choice, candidates: int) -> tuple[int, float]:
    """List the open candidates and add up the fixed ones; return their number and the cost of the fixed."""
    n_open, cost = 0, 0.0
    for m in range(len(s.measures)):
        s.measures[m].fixed = 0.0
    for i in range(candidates):
        item = s.items[i].candidate
        if s.items[item].fixed == OPEN:
            s.items[n_open].open = item
            n_open += 1
        elif s.items[item].fixed == 1:
            cost += s.items[item].cost
            for m in range(len(s.measures)):
                s.measures[m].fixed += s.load[item, m]
    return n_open, cost


@inlined
def keep_choice(s: Choice, candidates: int, count: int) -> None:
    """Remember the fixed blocks, and the open ones as they choose alone but for the deviations."""
    for item in range(len(s.load)):
        s.items[item].taken = 0
    for i in range(candidates):
        item = s.items[i].candidate
        natural = s.items[item].fixed == OPEN and s.items[item].reduced < 0.0
        s.items[item].taken = int(natural or s.items[item].fixed == 1)
    for i in range(count):
        s.items[s.items[i].changed].taken ^= 1


@inlined
def largest_open(s: Choice, n_open: int, most: float) -> int:
    """Return the largest open block whose deviation costs less than `most`, or NONE."""
    largest, size = NONE, -1.0
    for i in range(n_open):
        item = s.items[i].open
        if abs(s.items[item].reduced) < most and s.items[item].size > size:
            largest, size = item, s.items[item].size
    return largest


@inlined
def turn_back(s: Choice, depth: int) -> int:
    """Go to the second branch of the deepest block that has one left; return its depth, or 0 where none has."""
    while depth > 0:
        split = s.items[depth - 1].split
        if s.items[depth - 1].turned == 0:
            s.items[depth - 1].turned = 1
            s.items[split].fixed = 1 - s.items[split].fixed
            for m in range(len(s.measures)):
                s.measures[m].price = s.prices[depth, m]
            return depth
        s.items[split].fixed = OPEN
        depth -= 1
    return 0


@inlined
def release(s: Choice, candidates: int) -> None:
    """Open all candidates again."""
    for i in range(candidates):
        s.items[s.items[i].candidate].fixed = OPEN
