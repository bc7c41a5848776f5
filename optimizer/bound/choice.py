"""Arrays and kernel parts of one rep's choice of whole blocks: its loads priced, and what the prices prove.

The rep minimises the cost of the blocks it takes plus the balance cost of its loads, which must lie in their ranges.
With prices on the loads every block decides alone by its reduced cost, and every load settles at its favourite: a
lower bound for any prices (Geoffrion 1974).
"""

from typing import NamedTuple

import numpy as np

from optimizer.compiled import inlined, inner
from optimizer.local_search.state import Ints, Reals, Records

OPEN = -1
"""In `ITEM.fixed`: the block may be taken or left."""
NONE = -1
WIDENINGS = 3
"""Steps of a price, each twice the one before, before the best one between them is looked for."""
FARTHEST_STEPS = 2.0**WIDENINGS - 1.0
"""How far a price moves at most, in first steps."""

ITEM = np.dtype(
    [
        ("cost", np.float64),  # of taking the block; infinity where not allowed
        ("reduced", np.float64),  # the same with its loads priced
        ("size", np.float64),  # largest share of a load's high that the block takes
        ("fixed", np.int64),  # 1 taken, 0 left, or OPEN
        ("taken", np.int64),  # 1 in the best choice found
        ("held", np.int64),  # scratch: 1 in the choice at hand
        ("part", np.int64),  # blocks of one part must hang together; NONE
        ("links", np.int64),  # where its neighbours begin
        ("seen", np.int64),  # scratch: 1 where it is reached
        ("queue", np.int64),  # scratch: the i-th one reached
        ("queued", np.int64),  # scratch: 1 while it waits
        ("way", np.float64),  # scratch: least cost of what links it with the start of its part
        ("start", np.int64),  # scratch: where part i is begun from, or NONE
        ("candidate", np.int64),  # the i-th block worth a thought stands in record i
        ("open", np.int64),  # the i-th open one
        ("ranked", np.int64),  # the i-th one that may deviate, dearest first
        ("dear", np.float64),  # what its deviation costs
        ("place", np.int64),  # scratch: rank of the i-th deviation at hand
        ("changed", np.int64),  # the i-th deviation of the best choice
        ("spent", np.float64),  # scratch: cost of the first i deviations
        ("split", np.int64),  # scratch: block decided at depth i of the tree
        ("turned", np.int64),  # scratch: 1 on its second branch
        ("least", np.float64),  # scratch: what the choices of both branches cost at least
    ]
)
MEASURE = np.dtype(
    [
        ("low", np.float64),
        ("high", np.float64),
        ("target", np.float64),
        ("aim", np.float64),  # deviation that the balance goal ignores
        ("slope", np.float64),  # value of a load unit beyond it
        ("price", np.float64),  # of a load unit
        ("step", np.float64),  # by which a better price is looked for
        ("favourite", np.float64),  # load of least balance cost minus its price
        ("least", np.float64),  # that least
        ("fixed", np.float64),  # load of the blocks fixed as taken
        ("natural", np.float64),  # load where every open block decides alone
    ]
)
TAIL = np.dtype(
    [
        ("shift", np.float64),  # change of the load by the i-th deviation
        ("up", np.float64),  # most that deviations from the i-th on can add
        ("down", np.float64),  # or take away
        ("up_cost", np.float64),  # least cost of adding a load unit with them
        ("down_cost", np.float64),
    ]
)


class Choice(NamedTuple):
    """What the kernels work on; records end with one or two more, for the ends of lists.

    Attributes
    ----------
    items : (n_blocks + 2,) ITEM
    links : (n_links,) int64, neighbours of the same part, by block
    load : (n_blocks, n_measures)
    measures : (n_measures,) MEASURE
    tail : (n_blocks + 1, n_measures) TAIL
    reached : (n_blocks + 2, n_measures) scratch: loads after the first i deviations
    prices : (n_blocks + 2, n_measures) scratch: prices at depth i of the tree
    """

    items: Records
    links: Ints
    load: Reals
    measures: Records
    tail: Records
    reached: Reals
    prices: Reals


@inlined
def load_excess(s: Choice, m: int, load: float) -> float:
    """Return by how much a load's balance cost minus its price is above the least."""
    limit = s.measures[m]
    away = max(0.0, abs(load - limit.target) - limit.aim)
    return float(limit.slope * away - limit.price * load - limit.least)


@inner
def set_favourites(s: Choice) -> float:
    """Find the favourite loads at the present prices; return the sum of their balance costs minus prices."""
    total = 0.0
    for m in range(len(s.measures)):
        limit = s.measures[m]
        least, favourite = np.inf, limit.low
        for load in (limit.low, limit.high, limit.target - limit.aim, limit.target + limit.aim):
            inside = min(max(load, limit.low), limit.high)
            cost = limit.slope * max(0.0, abs(inside - limit.target) - limit.aim) - limit.price * inside
            if cost < least:
                least, favourite = cost, inside
        s.measures[m].least, s.measures[m].favourite = least, favourite
        total += least
    return total


@inner
def relaxed(s: Choice, n_open: int, fixed_cost: float) -> float:
    """Let every open block and every load decide alone at the present prices; return the bound this proves."""
    value = fixed_cost + set_favourites(s)
    for m in range(len(s.measures)):
        s.measures[m].natural = s.measures[m].fixed
        value += float(s.measures[m].price * s.measures[m].fixed)
    for i in range(n_open):
        item = s.items[i].open
        reduced = s.items[item].cost
        for m in range(len(s.measures)):
            reduced += s.measures[m].price * s.load[item, m]
        s.items[item].reduced = reduced
        if reduced < 0.0:
            value += reduced
            for m in range(len(s.measures)):
                s.measures[m].natural += s.load[item, m]
    return float(value)


@inner
def tune(s: Choice, n_open: int, fixed_cost: float, halvings: int) -> float:
    """Raise the bound by one price after the other; return it, with reduced costs and loads at the new prices."""
    best = relaxed(s, n_open, fixed_cost)
    for m in range(len(s.measures)):
        best = tune_price(s, n_open, fixed_cost, m, best, halvings)
        relaxed(s, n_open, fixed_cost)
    return float(best)


@inner
def tune_price(s: Choice, n_open: int, fixed_cost: float, m: int, best: float, halvings: int) -> float:
    """Search the price of one load at which the bound, concave in it, is highest; return the bound."""
    at = near = far = s.measures[m].price
    sign = np.sign(s.measures[m].natural - s.measures[m].favourite)
    step = sign * s.measures[m].step
    for _ in range(WIDENINGS):
        far += step
        s.measures[m].price = far
        value = relaxed(s, n_open, fixed_cost)
        if value > best:
            best, at = value, far
        if sign * (s.measures[m].natural - s.measures[m].favourite) <= 0.0:
            break
        near = far
        step *= 2.0
    for _ in range(halvings):
        middle = (near + far) / 2.0
        s.measures[m].price = middle
        value = relaxed(s, n_open, fixed_cost)
        if value > best:
            best, at = value, middle
        if sign * (s.measures[m].natural - s.measures[m].favourite) > 0.0:
            near = middle
        else:
            far = middle
    s.measures[m].price = at
    return float(best)
