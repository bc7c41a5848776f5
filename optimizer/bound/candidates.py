"""Kernel parts: the prices with which a rep's search begins, and the blocks that are worth a thought at them."""

from optimizer.bound.choice import FARTHEST_STEPS, OPEN, Choice, relaxed, tune
from optimizer.compiled import inner

ROOT_PASSES = 3
"""How often all prices are tuned before blocks are decided."""


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
        s.items[item].fixed = 0
        if s.items[item].reduced < distance:
            s.items[item].fixed = OPEN
            s.items[candidates].candidate = item
            candidates += 1
    return candidates
