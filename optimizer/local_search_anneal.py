"""The annealing kernel: shifts of a boundary block, and chains of two that keep the middle rep's loads level."""

import numpy as np

from optimizer.compiled import inner, kernel
from optimizer.local_search_cost import NONE, budget_change, rep_change
from optimizer.local_search_moves import carry, settle, settle_center
from optimizer.local_search_pieces import piece_loss
from optimizer.local_search_state import SearchState

TABLE_SIZE = 4096
"""Entries of `SearchState.minus_log`."""
CHAIN_CHANCE = 45
"""Chains among 100 proposals; the others are shifts."""


@kernel
def anneal(s: SearchState, proposals: int, hot: float, cold: float) -> int:
    """Propose moves at temperatures falling geometrically from hot to cold; return how many were made.

    A move that adds broken structural rules is never made, one that removes some always (Metropolis otherwise).
    Temperatures are in units of the value; 0 accepts improvements only.
    """
    made = 0
    factor = (cold / hot) ** (1.0 / proposals) if cold > 0.0 else 1.0
    temperature = hot if cold > 0.0 else 0.0
    for _ in range(proposals):
        temperature *= factor
        if propose(s, temperature):
            made += 1
    return made


@inner
def propose(s: SearchState, temperature: float) -> bool:
    """Propose one random move; return whether it was made."""
    limit = temperature * s.minus_log[random_below(s, TABLE_SIZE)]
    unit = random_below(s, len(s.owner))
    block = s.block_of[unit]
    here = s.owner[unit]
    neighbour, there = _target(s, unit, block)
    if there == here or there == NONE or not s.allowed[block, there]:
        return False
    if neighbour == NONE or random_below(s, 100) >= CHAIN_CHANCE:
        return _try_shift(s, block, here, there, limit)
    second, onward = _second_link(s, neighbour, there)
    if onward == NONE or s.block_of[second] == block or not s.allowed[s.block_of[second], onward]:
        return False
    return _try_chain(s, block, here, there, s.block_of[second], onward, limit)


@inner
def random_below(s: SearchState, n: int) -> int:
    """Return a random whole number in 0..n-1 (splitmix64 by Steele, Lea and Flood 2014)."""
    s.random[0] += np.uint64(0x9E3779B97F4A7C15)
    z = s.random[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return np.int64(((z >> np.uint64(32)) * np.uint64(n)) >> np.uint64(32))


@inner
def _target(s: SearchState, unit: int, block: int) -> tuple[int, int]:
    """Return a random neighbour and its rep; for blocks that may go anywhere NONE and one of their near reps."""
    near = s.near_start[block + 1] - s.near_start[block]
    degree = s.indptr[unit + 1] - s.indptr[unit]
    if near > 0 and (degree == 0 or random_below(s, 2) == 0):
        return NONE, s.near_rep[s.near_start[block] + random_below(s, near)]
    if degree == 0:
        return NONE, NONE
    neighbour = s.indices[s.indptr[unit] + random_below(s, degree)]
    return neighbour, s.owner[neighbour]


@inner
def _second_link(s: SearchState, start: int, rep: int) -> tuple[int, int]:
    """Walk up to three steps inside the rep from `start`; return a unit at its boundary and the rep beyond it."""
    here = start
    for _ in range(4):
        other = s.indices[s.indptr[here] + random_below(s, s.indptr[here + 1] - s.indptr[here])]
        if s.owner[other] != rep:
            return here, s.owner[other]
        here = other
    return here, NONE


@inner
def _try_shift(s: SearchState, block: int, here: int, there: int, limit: float) -> bool:
    change = np.float64(s.cost[block, there]) - np.float64(s.cost[block, here])
    change += rep_change(s, here, block, NONE) + rep_change(s, there, NONE, block)
    if len(s.budget_used) > 0:
        change += budget_change(s, block, there, NONE, NONE)
    broken = s.broken[0]
    if (change > limit or _splits(s, block)) and broken == 0:
        return False
    change += carry(s, block, there)
    if s.broken[0] > broken or (s.broken[0] == broken and change > limit):
        carry(s, block, here)
        return False
    settle(s, block, here)
    settle_center(s, here)
    settle_center(s, there)
    return True


@inner
def _try_chain(
    s: SearchState, block: int, here: int, there: int, second: int, onward: int, limit: float
) -> bool:
    change = np.float64(s.cost[block, there]) - np.float64(s.cost[block, here])
    change += np.float64(s.cost[second, onward]) - np.float64(s.cost[second, there])
    change += rep_change(s, there, second, block)
    if onward == here:
        change += rep_change(s, here, block, second)
    else:
        change += rep_change(s, here, block, NONE) + rep_change(s, onward, NONE, second)
    if len(s.budget_used) > 0:
        change += budget_change(s, block, there, second, onward)
    broken = s.broken[0]
    if (change > limit or _splits(s, block)) and broken == 0:
        return False
    change += carry(s, block, there)
    change += carry(s, second, onward)
    if s.broken[0] > broken or (s.broken[0] == broken and change > limit):
        carry(s, second, there)
        carry(s, block, here)
        return False
    settle(s, block, here)
    settle(s, second, there)
    for rep in (here, there, onward):
        settle_center(s, rep)
    return True


@inner
def _splits(s: SearchState, block: int) -> bool:
    """Return whether taking a block of one unit away splits a territory that must be connected."""
    if s.block_start[block + 1] - s.block_start[block] > 1:
        return False
    unit = s.block_units[s.block_start[block]]
    return s.part[unit] != NONE and s.part_required[s.part[unit]] and piece_loss(s, unit) > 0
