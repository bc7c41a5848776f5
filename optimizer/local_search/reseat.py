"""Whole territories change their reps: the cheapest way to seat all reps in the territories as they are.

Moves of units at the boundary cannot undo two reps near each other having each other's territories: everything on the
way would miss its limits.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array

from optimizer.local_search.run import LocalSearch
from optimizer.local_search.running import block_owners, present_owner, set_plan
from optimizer.local_search.state import Reals, Records, SearchState

LEAST_GAIN = 1e-9
"""Share of the value below which a gain is rounding."""


def reseat(search: LocalSearch) -> bool:
    """Give the territories to the reps at the least penalised value in sum; return whether any has changed.

    Where centers are free, or budgets count who moves, territories are worth more than the sum of their pairs and all
    stays.
    """
    state = search.state
    if (state.reps["centered"] == 1).any() or len(state.budgets) > 0:
        return False
    cost = seat_costs(state)
    rows, seats = linear_sum_assignment(cost)
    now = float(cost.trace())
    if now - float(cost[rows, seats].sum()) <= LEAST_GAIN * abs(now):
        return False
    owner, broken = present_owner(state), int(state.common["broken"][0])
    set_plan(state, seats[owner])
    if state.common["broken"][0] > broken:
        set_plan(state, owner)
        return False
    return True


def seat_costs(state: SearchState) -> Reals:
    """Return what each territory would cost with each rep, (n_reps, n_reps); infinity where that is not allowed."""
    owners, n_reps = block_owners(state), len(state.reps)
    shape = (n_reps, len(owners))
    member = coo_array((np.ones(len(owners), dtype=np.float32), (owners, np.arange(len(owners)))), shape=shape).tocsr()
    cost = np.asarray(member @ state.cost, dtype=np.float64)
    load: Reals = np.asarray(member @ state.block_load)
    for measure in range(load.shape[1]):
        cost += _load_costs(state, measure, load[:, measure, None])
    if not state.allowed.all():
        banned = member @ (~state.allowed).astype(np.float32) > 0
        np.fill_diagonal(banned, val=False)
        cost[banned] = np.inf
    return cost


def _load_costs(state: SearchState, measure: int, load: Reals) -> Reals:
    """Return the balance cost and the penalty of loads (n, 1) with all reps."""
    limit = state.limits[:, measure]
    low, high = np.maximum(limit["low"] - load, 0.0), np.maximum(load - limit["high"], 0.0)
    away = np.maximum(np.abs(load - limit["target"]) - limit["aim"], 0.0)
    balance = limit["slope"] * away
    # At prices of their own the cheapest rep from far away would be seated where a limit is missed.
    low_price, high_price = limit["low_price"].mean(), limit["high_price"].mean()
    return np.asarray(balance + low_price * _counted(limit, low) + high_price * _counted(limit, high))


def _counted(limit: Records, miss: Reals) -> Reals:
    """Return misses with what they count beyond themselves."""
    charge = limit["charge"] * miss / np.maximum(miss + limit["blur"], 1e-300)
    return np.asarray(miss * (1.0 + limit["curve"] * miss) + charge)
