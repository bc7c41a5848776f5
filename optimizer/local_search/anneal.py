"""The annealing kernel: shifts of a boundary block, and chains of two that keep the middle rep's loads level."""

import numpy as np

from optimizer.compiled import inlined, kernel
from optimizer.local_search.cost import budget_change, center_change, center_guess, rep_change
from optimizer.local_search.moves import block_owner, carry, settle, settle_center
from optimizer.local_search.pieces import piece_loss
from optimizer.local_search.random import highest_accepted, random_below
from optimizer.local_search.state import NONE, Ints, SearchState

CHAIN_CHANCE = 45
"""Chains among 100 proposals; the others are shifts."""
WINDOW_UNITS = 768
"""Units of one neighbourhood from which proposals are drawn for a while, so that they stay in the cache."""
WINDOW_PROPOSALS = 6144
"""Proposals before another neighbourhood is chosen."""
LONGEST_WALK = 4
"""Steps inside the middle rep between the two links of a chain."""


@kernel
def anneal(s: SearchState, proposals: int, hot: float, cold: float) -> int:
    """Propose moves of active units at temperatures falling geometrically from hot to cold; return how many were made.

    A move that breaks more structural rules is never made, one that breaks fewer always; the others follow Metropolis.
    Temperatures are in units of the value; 0 accepts improvements only.
    """
    made = 0
    temperature = hot
    factor = (cold / hot) ** (1.0 / proposals) if cold > 0.0 else 1.0
    active = s.common[0].active
    width = min(active, WINDOW_UNITS)
    start = 0
    for proposal in range(proposals):
        if proposal % WINDOW_PROPOSALS == 0:
            start = random_below(s, active)
        temperature *= factor
        place = start + random_below(s, width)
        made += int(propose(s, s.units[place if place < active else place - active].nth, temperature))
    return made


@kernel
def restore(s: SearchState, owner: Ints) -> None:
    """Give every active unit back to its rep in `owner`."""
    for i in range(s.common[0].active):
        unit = s.units[i].nth
        before = s.units[unit].owner
        if owner[unit] != before:
            carry(s, s.units[unit].block, owner[unit])
            settle(s, s.units[unit].block, before)
    for rep in range(len(s.reps)):
        settle_center(s, rep)


@inlined
def propose(s: SearchState, unit: int, temperature: float) -> bool:
    """Propose one random move of a unit; return whether it was made."""
    here = s.units[unit].owner
    neighbour, there = target(s, unit)
    if there in (here, NONE) or not s.allowed[s.units[unit].block, there]:
        return False
    second, onward = NONE, NONE
    if neighbour != NONE and random_below(s, 100) < CHAIN_CHANCE:
        second, onward = second_link(s, neighbour, there)
        if onward == NONE or second == s.units[unit].block or not s.allowed[second, onward]:
            return False
    return bool(try_chain(s, s.units[unit].block, there, second, onward, temperature))


@inlined
def target(s: SearchState, unit: int) -> tuple[int, int]:
    """Return a random neighbour and its rep; for blocks that may go anywhere also NONE and one of their near reps."""
    block = s.units[unit].block
    near = s.blocks[block + 1].near - s.blocks[block].near
    degree = s.units[unit + 1].links - s.units[unit].links
    if near > 0 and (degree == 0 or random_below(s, 2) == 0):
        return NONE, s.lists[s.blocks[block].near + random_below(s, near)]
    if degree == 0:
        return NONE, NONE
    neighbour = s.lists[s.units[unit].links + random_below(s, degree)]
    return neighbour, s.units[neighbour].owner


@inlined
def second_link(s: SearchState, start: int, rep: int) -> tuple[int, int]:
    """Walk a few steps inside the rep from `start`; return a block at its boundary and the rep beyond it, or NONE."""
    here = start
    for _ in range(LONGEST_WALK):
        links = s.units[here].links
        other = s.lists[links + random_below(s, s.units[here + 1].links - links)]
        if s.units[other].owner != rep:
            return s.units[here].block, s.units[other].owner
        here = other
    return NONE, NONE


@inlined
def try_chain(s: SearchState, block: int, there: int, second: int, onward: int, temperature: float) -> bool:
    """Carry a block to `there`, and a second one (or NONE) from there onward, if that is accepted."""
    here = block_owner(s, block)
    change = chain_change(s, block, here, there, second, onward)
    broken = s.common[0].broken
    most = highest_accepted(s, temperature)
    if broken == 0:
        guess = change + centers_guess(s, block, here, there, second, onward)
        if guess > most or splits(s, block):
            return False
    change += centers_change(s, block, here, there, second, onward)
    too_dear = change > most
    if broken == 0 and too_dear:
        return False
    soft = carry(s, block, there)
    if second != NONE:
        soft += carry(s, second, onward)
    if soft > 0.0 and not too_dear:
        too_dear = change + soft > most
    if s.common[0].broken > broken or (s.common[0].broken == broken and too_dear):
        if second != NONE:
            carry(s, second, there)
        carry(s, block, here)
        return False
    settle(s, block, here)
    if second != NONE:
        settle(s, second, there)
        settle_center(s, onward)
    settle_center(s, here)
    settle_center(s, there)
    return True


@inlined
def chain_change(s: SearchState, block: int, here: int, there: int, second: int, onward: int) -> float:
    """Return the change in penalised value, free centres and pieces where contiguity is preferred left out."""
    none = np.int64(NONE)
    change = float(s.cost[block, there]) - float(s.cost[block, here])
    if second == NONE:
        change += rep_change(s, here, block, none) + rep_change(s, there, none, block)
    else:
        change += float(s.cost[second, onward]) - float(s.cost[second, there])
        change += rep_change(s, there, second, block)
        if onward == here:
            change += rep_change(s, here, block, second)
        else:
            change += rep_change(s, here, block, none) + rep_change(s, onward, none, second)
    if len(s.budgets) > 0:
        change += budget_change(s, block, there, second, onward)
    return float(change)


@inlined
def centers_guess(s: SearchState, block: int, here: int, there: int, second: int, onward: int) -> float:
    """Return nearly what `centers_change` returns, without looking at all units of the territories."""
    none = np.int64(NONE)
    change = center_guess(s, here, block, second if onward == here else none) + center_guess(s, there, second, block)
    if onward not in (none, here):
        change += center_guess(s, onward, none, second)
    return float(change)


@inlined
def centers_change(s: SearchState, block: int, here: int, there: int, second: int, onward: int) -> float:
    """Return the change in the costs of distances to free centres."""
    none = np.int64(NONE)
    change = center_change(s, here, block, second if onward == here else none) + center_change(s, there, second, block)
    if onward not in (none, here):
        change += center_change(s, onward, none, second)
    return float(change)


@inlined
def splits(s: SearchState, block: int) -> bool:
    """Return whether taking a block of one unit away splits a territory that must be connected."""
    if s.blocks[block + 1].units - s.blocks[block].units > 1:
        return False
    unit = s.lists[s.blocks[block].units]
    return bool(s.units[unit].part != NONE and s.units[unit].required == 1 and piece_loss(s, unit) > 0)
