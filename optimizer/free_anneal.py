"""The annealing kernel for free centres: shifts, swaps and chains, most of them declined by an estimate."""

import math

from optimizer.compiled import inlined, inner, kernel
from optimizer.free_pull import least_change, refresh_pull
from optimizer.free_state import FreeState
from optimizer.local_search_anneal import CHAIN_CHANCE, chain_change, second_link, splits, target
from optimizer.local_search_cost import budget_change
from optimizer.local_search_moves import block_owner, carry, settle
from optimizer.local_search_random import SMALLEST_GAIN, random_below
from optimizer.local_search_state import NONE, SearchState


@kernel
def refresh_pulls(s: SearchState, f: FreeState) -> None:
    """Recompute every center."""
    for rep in range(len(s.reps)):
        refresh_pull(s, f, rep)


@kernel
def anneal_free(s: SearchState, f: FreeState, proposals: int, temperature: float) -> int:
    """Propose moves of active units at one temperature; return how many were made.

    A move that breaks more structural rules is never made, one that breaks fewer always; the others follow Metropolis.
    The temperature is in units of the value; 0 accepts improvements only.
    """
    made = 0
    active = s.common[0].active
    for _ in range(proposals):
        unit = s.units[random_below(s, active)].nth
        made += int(propose_chain(s, f, unit, largest_change(s, temperature)))
    return made


@inlined
def largest_change(s: SearchState, temperature: float) -> float:
    """Draw the largest change in value that Metropolis' rule accepts."""
    if temperature <= 0.0:
        return -SMALLEST_GAIN
    return -temperature * math.log((random_below(s, 1 << 30) + 0.5) / (1 << 30))


@inner
def propose_chain(s: SearchState, f: FreeState, unit: int, most: float) -> bool:
    """Propose one random shift, swap or chain that begins with a unit; return whether it was made."""
    here, block = s.units[unit].owner, s.units[unit].block
    neighbour, there = target(s, unit)
    if there == here or there == NONE or not s.allowed[block, there]:
        return False
    second, onward = NONE, NONE
    if neighbour != NONE and random_below(s, 100) < CHAIN_CHANCE:
        second, onward = second_link(s, neighbour, there)
        if onward == NONE or second == block or not s.allowed[second, onward]:
            return False
    if s.common[0].broken == 0:
        if least_chain_change(s, f, block, there, second, onward) > most or splits(s, block):
            return False
    return make_chain(s, f, block, there, second, onward, most)


@inlined
def least_chain_change(s: SearchState, f: FreeState, block: int, there: int, second: int, onward: int) -> float:
    """Return about the least change in value of a chain, pieces and reach left out."""
    none = NONE
    here = block_owner(s, block)
    change = float(s.cost[block, there]) - float(s.cost[block, here])
    if second == NONE:
        change += least_change(s, f, here, block, none) + least_change(s, f, there, none, block)
    else:
        change += float(s.cost[second, onward]) - float(s.cost[second, there])
        change += least_change(s, f, there, second, block)
        if onward == here:
            change += least_change(s, f, here, block, second)
        else:
            change += least_change(s, f, here, block, none) + least_change(s, f, onward, none, second)
    if len(s.budgets) > 0:
        change += budget_change(s, block, there, second, onward)
    return change


@inner
def make_chain(s: SearchState, f: FreeState, block: int, there: int, second: int, onward: int, most: float) -> bool:
    """Carry a block to `there`, and a second one (or NONE) from there onward, if that is accepted."""
    here, broken = block_owner(s, block), s.common[0].broken
    change = chain_change(s, block, here, there, second, onward)
    if broken == 0 and change > most:
        return False
    change += carry(s, block, there)
    if second != NONE:
        change += carry(s, second, onward)
    if s.common[0].broken > broken or (s.common[0].broken == broken and change > most):
        if second != NONE:
            carry(s, second, there)
        carry(s, block, here)
        return False
    settle(s, block, here)
    refresh = onward
    if second != NONE:
        settle(s, second, there)
        refresh_pull(s, f, refresh)
    refresh_pull(s, f, here)
    refresh_pull(s, f, there)
    return True
