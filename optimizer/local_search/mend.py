"""Mending a plan after an edit: only the surroundings of what is missed are touched."""

import numpy as np

from optimizer.allowance import Spend, unpaid
from optimizer.construct.construct import is_whole, repair
from optimizer.local_search.feasible import close_misses
from optimizer.local_search.prices import standing
from optimizer.local_search.run import LocalSearch, never
from optimizer.local_search.running import block_owners
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Stop

MOVES_A_UNIT = 6_000
"""Proposals for each unit, spent around missed limits only; most edits need a fraction."""

HOLD = 0.3
"""What a unit that stays is worth, in shares of what it has at stake."""


def mend(
    problem: Problem,
    plan: Plan,
    *,
    seed: int,
    stop: Stop = never,
    moves: int | None = None,
    spend: Spend = unpaid,
) -> Plan:
    """Bring an earlier plan back inside the limits without reshuffling the rest of it.

    Parameters
    ----------
    problem : Problem
        With homes; the plan is from before an edit of it.
    plan : Plan
        Any plan. Units without a rep and broken groups are repaired first.
    seed : int
    stop : callable
        Asked several times a second.
    moves : int, optional
        Most proposals.
    spend : callable
        Told how many were made.

    Returns
    -------
    Plan
        Never worse than the repaired one.
    """
    unpriced = np.zeros(problem.target.shape)
    most = MOVES_A_UNIT * problem.n_units if moves is None else moves
    start = plan if is_whole(problem, plan) else repair(problem, plan, unpriced)
    search = LocalSearch(problem, start, unpriced, most, seed)
    search.stop = stop
    if search.best[0] > 0 and start is plan:
        search.consider(repair(problem, plan, unpriced))
    _hold(search)
    close_misses(search, 1.0)
    spend(search.made)
    return Plan(search.best_owner.astype(np.int32))


def _hold(search: LocalSearch) -> None:
    """Make every block cheaper with the rep it has, by a share of what is at stake for a block of its size."""
    state = search.state
    stake = search.temperature * search.problem.n_units
    size = (state.block_load / np.maximum(state.block_load.sum(axis=0), 1.0)).mean(axis=1)
    owners = block_owners(state)
    state.cost[np.arange(len(owners)), owners] -= (HOLD * stake * size).astype(np.float32)
    search.best = standing(search.problem, state)
