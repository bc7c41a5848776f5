"""Kernel parts: the cheapest way to deviate from what every block would choose alone, by enumeration.

Each deviation (a block taken against its reduced cost, or left) costs the reduced cost's amount; the deviations are
ranked, dearest first, and sets of them are built up in that order. A set is dropped where what the rest can still do
does not reach the ranges of the loads, or not below the best.
"""

import math

from optimizer.bound.choice import Choice, load_excess
from optimizer.compiled import inlined, inner

NOTHING = -1
"""No set of deviations keeps the ranges at less than the most."""


@inner
def cheapest_deviations(s: Choice, n_open: int, most: float, nodes: int) -> tuple[bool, float, int]:
    """Find the cheapest deviations of open blocks that cost less than `most` and keep the ranges.

    Returns
    -------
    all_seen : bool
        False where more than so many nodes would have been needed.
    best : float
        Their cost with that of the loads; `most` where there are none.
    count : int
        How many they are, the first `changed` of the items; NOTHING where there are none.
    """
    ranked = rank(s, n_open, most)
    sum_tails(s, ranked)
    best, count = most, NOTHING
    for m in range(len(s.measures)):
        s.reached[0, m] = s.measures[m].natural
    s.items[0].spent = 0.0
    depth, place, fresh = 0, 0, True
    for _ in range(nodes):
        if fresh:
            cost = s.items[depth].spent + excess(s, depth)
            if cost < best:
                best, count = cost, depth
                for i in range(depth):
                    s.items[i].changed = s.items[s.items[i].place].ranked
        place = first_within(s, place, ranked, best - s.items[depth].spent)
        fresh = place < ranked and promises(s, depth, place, best)
        if fresh:
            deviate(s, depth, place)
            depth += 1
        elif depth == 0:
            return True, best, count
        else:
            depth -= 1
            place = s.items[depth].place
        place += 1
    return False, best, count


@inner
def rank(s: Choice, n_open: int, most: float) -> int:
    """Rank the open blocks whose deviation costs less than `most`, dearest first (Shell 1959); return their number."""
    ranked = 0
    for i in range(n_open):
        dear = abs(s.items[s.items[i].open].reduced)
        if dear < most:
            s.items[ranked].ranked, s.items[ranked].dear = s.items[i].open, dear
            ranked += 1
    gap = 1
    while gap < ranked // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, ranked):
            item, dear = s.items[i].ranked, s.items[i].dear
            j = i
            while j >= gap and s.items[j - gap].dear < dear:
                s.items[j].ranked, s.items[j].dear = s.items[j - gap].ranked, s.items[j - gap].dear
                j -= gap
            s.items[j].ranked, s.items[j].dear = item, dear
        gap //= 3
    return ranked


@inner
def sum_tails(s: Choice, ranked: int) -> None:
    """Sum up what the deviations from each rank on can do to the loads, and at what least cost."""
    for m in range(len(s.measures)):
        s.tail[ranked, m].up = s.tail[ranked, m].down = 0.0
        s.tail[ranked, m].up_cost = s.tail[ranked, m].down_cost = math.inf
        for i in range(ranked - 1, -1, -1):
            item, dear = s.items[i].ranked, s.items[i].dear
            shift = s.load[item, m] if s.items[item].reduced >= 0.0 else -s.load[item, m]
            up, down = max(shift, 0.0), max(-shift, 0.0)
            s.tail[i, m].shift = shift
            s.tail[i, m].up = s.tail[i + 1, m].up + up
            s.tail[i, m].down = s.tail[i + 1, m].down + down
            s.tail[i, m].up_cost = min(s.tail[i + 1, m].up_cost, dear / up if up > 0.0 else math.inf)
            s.tail[i, m].down_cost = min(s.tail[i + 1, m].down_cost, dear / down if down > 0.0 else math.inf)


@inlined
def excess(s: Choice, depth: int) -> float:
    """Return what the loads after the deviations at hand cost above the least; infinity outside their ranges."""
    cost = 0.0
    for m in range(len(s.measures)):
        load = s.reached[depth, m]
        if load < s.measures[m].low - 0.5 or load > s.measures[m].high + 0.5:
            return math.inf
        cost += load_excess(s, m, load)
    return cost


@inlined
def first_within(s: Choice, place: int, ranked: int, most: float) -> int:
    """Return the first rank from `place` on whose deviation costs less than `most`."""
    first, last = place, ranked
    while first < last:
        middle = (first + last) // 2
        if s.items[middle].dear < most:
            last = middle
        else:
            first = middle + 1
    return first


@inlined
def promises(s: Choice, depth: int, place: int, best: float) -> bool:
    """Return whether deviations from a rank on could keep the ranges for less than the best."""
    cost, need = s.items[depth].spent, 0.0
    for m in range(len(s.measures)):
        limit = s.measures[m]
        load = s.reached[depth, m]
        least = max(limit.low, load - s.tail[place, m].down)
        most = min(limit.high, load + s.tail[place, m].up)
        if least > most + 0.5:
            return False
        cost += load_excess(s, m, min(max(limit.favourite, least), most))
        if load < limit.low:
            need = max(need, (limit.low - load) * s.tail[place, m].up_cost)
        elif load > limit.high:
            need = max(need, (load - limit.high) * s.tail[place, m].down_cost)
    return bool(cost + need < best)


@inlined
def deviate(s: Choice, depth: int, place: int) -> None:
    """Add the deviation of a rank to those at hand."""
    s.items[depth].place = place
    s.items[depth + 1].spent = s.items[depth].spent + s.items[place].dear
    for m in range(len(s.measures)):
        s.reached[depth + 1, m] = s.reached[depth, m] + s.tail[place, m].shift
