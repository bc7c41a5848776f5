"""A kernel for one rep's cheapest choice of whole blocks: the large blocks by branching, the small by enumeration.

Where choices must hang together, one that does not is split at a block beside its pieces.
"""

from optimizer.bound.candidates import choose_candidates, relax_all, tune_root
from optimizer.bound.choice import NONE, OPEN, Choice, relaxed, tune
from optimizer.bound.connected import link, loose_end, reach_from_fixed
from optimizer.bound.deviations import NOTHING, cheapest_deviations
from optimizer.compiled import inlined, inner, kernel

FAR_PASSES = 3
"""How often blocks that are too dear to be linked are looked for: leaving them raises the bound, and so others are."""
NODES_BELOW = 2000
"""Sets of deviations looked at before the largest open block is decided."""
DOUBLINGS = 12
"""How often the search starts again with twice the distance from the relaxation."""


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
        bound = max(bound, best)
        if nodes_left <= 0:
            return bound, False
        if found:
            return bound, True
        distance *= 2.0
    return bound, False


@inner
def branch(s: Choice, candidates: int, most: float, nodes: int) -> tuple[int, float, bool]:
    """Search the cheapest choice below `most` depth first.

    Returns
    -------
    nodes_left : int
    cost : float
        Of the cheapest choice; a lower bound on it where no nodes are left; `most` where there is none.
    found : bool
        Whether there is one, as far as was searched.
    """
    best, found, depth = most, False, 0
    while True:
        n_open, lower = relax_open(s, candidates, best)
        nodes -= n_open // 4 + 1
        split, seen = NONE, True
        if lower < best:
            seen, extra, count = cheapest_deviations(s, n_open, best - lower, NODES_BELOW)
            nodes -= 100 if seen else NODES_BELOW
            if count != NOTHING:
                hold(s, candidates, count)
                split = loose_end(s, candidates)
                if split == NONE:
                    best, found = lower + extra, True
                    take_held(s, candidates)
            if not seen:
                split = largest_open(s, n_open, best - lower)
            s.items[depth].least = lower + extra if seen else lower
        if split != NONE:
            decide(s, depth, split, seen or s.items[split].reduced < 0.0)
            depth += 1
        else:
            depth = turn_back(s, depth)
        if depth == 0 or nodes <= 0:
            return nodes, least_open(s, depth, best), found


@inner
def relax_open(s: Choice, candidates: int, best: float) -> tuple[int, float]:
    """Tune the prices for the candidates not decided; return how many can be linked below `best`, and the bound."""
    n_open, fixed_cost = open_candidates(s, candidates)
    if n_open == NONE:
        return 0, best
    if tune(s, n_open, fixed_cost, 8) >= best:
        return n_open, best
    lower = relaxed(s, n_open, fixed_cost)
    for _ in range(FAR_PASSES):
        if lower >= best or not link(s, candidates, best - lower):
            return n_open, best
        before, n_open = n_open, drop_far(s, n_open, best - lower)
        if n_open == before:
            break
        lower = relaxed(s, n_open, fixed_cost)
    return n_open, lower


@inner
def open_candidates(s: Choice, candidates: int) -> tuple[int, float]:
    """List the open candidates within reach of the fixed ones and add up those; return their number and that cost.

    Where the fixed ones are cut off from each other there is NONE.
    """
    n_open, cost = 0, 0.0
    if not reach_from_fixed(s, candidates):
        return NONE, cost
    for m in range(len(s.measures)):
        s.measures[m].fixed = 0.0
    for i in range(candidates):
        item = s.items[i].candidate
        if s.items[item].fixed == OPEN and s.items[item].seen == 1:
            s.items[n_open].open = item
            n_open += 1
        elif s.items[item].fixed == 1:
            cost += s.items[item].cost
            for m in range(len(s.measures)):
                s.measures[m].fixed += s.load[item, m]
    return n_open, cost


@inlined
def drop_far(s: Choice, n_open: int, most: float) -> int:
    """Leave the open blocks whose ways cost too much; return how many remain."""
    left = 0
    for i in range(n_open):
        item = s.items[i].open
        if s.items[item].way < most:
            s.items[left].open = item
            left += 1
        else:
            s.items[item].seen = 0
    return left


@inlined
def hold(s: Choice, candidates: int, count: int) -> None:
    """Hold the fixed blocks, and the open ones within reach as they choose alone but for the deviations."""
    for i in range(candidates):
        item = s.items[i].candidate
        natural = s.items[item].fixed == OPEN and s.items[item].seen == 1 and s.items[item].reduced < 0.0
        s.items[item].held = int(natural or s.items[item].fixed == 1)
    for i in range(count):
        s.items[s.items[i].changed].held ^= 1


@inlined
def take_held(s: Choice, candidates: int) -> None:
    """Remember the choice at hand as the best one."""
    for i in range(candidates):
        item = s.items[i].candidate
        s.items[item].taken = s.items[item].held


@inlined
def least_open(s: Choice, depth: int, best: float) -> float:
    """Return what choices cost at least that are the best one, or in a branch not searched to its end."""
    least = best
    for d in range(depth):
        if s.items[d].turned == 0 or d == depth - 1:
            least = min(least, s.items[d].least)
    return float(least)


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
def decide(s: Choice, depth: int, split: int, taken: bool) -> None:
    """Decide a block for the first branch, and remember the prices for the second."""
    s.items[depth].split, s.items[depth].turned = split, 0
    s.items[split].fixed = int(taken)
    for m in range(len(s.measures)):
        s.prices[depth + 1, m] = s.measures[m].price


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
