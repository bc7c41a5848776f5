"""Improving a plan by simulated annealing over boundary moves, with every hard rule in view."""

from collections.abc import Callable

import numpy as np

from optimizer.construct import repair
from optimizer.local_search_anneal import anneal
from optimizer.local_search_build import search_state
from optimizer.local_search_prices import Standing, penalty_prices, stake, standing
from optimizer.local_search_running import present_owner, set_plan
from optimizer.local_search_state import SearchState
from optimizer.plan import Plan
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop

PROPOSALS_AT_ONCE = 200_000
"""Proposals between two looks at `stop`: well under a tenth of a second."""

Report = Callable[[Plan], None]
"""Told every better plan."""


def improve(
    problem: Problem,
    plan: Plan,
    load_price: FloatArray,
    *,
    moves: int,
    seed: int,
    stop: Stop = lambda: False,
    on_progress: Report = lambda plan: None,
) -> Plan:
    state = search_state(problem, repair(problem, plan, load_price), seed)
    scale = stake(state) / problem.n_units
    price = penalty_prices(problem, state, load_price)
    best = standing(problem, state)
    owner = present_owner(state)
    calls = max(1, moves // PROPOSALS_AT_ONCE)
    ratio = HOT / COLD
    for call in range(calls):
        if stop():
            break
        a = call / calls
        b = (call + 1) / calls
        t1 = HOT * (COLD / HOT) ** a * scale
        t2 = HOT * (COLD / HOT) ** b * scale
        ramp = RAMP0 + (RAMP1 - RAMP0) * a
        state.limits["low_price"] = price * ramp
        state.limits["high_price"] = price * ramp
        anneal(state, PROPOSALS_AT_ONCE, t1, t2)
        now = standing(problem, state)
        if now < best:
            best = now
            owner = present_owner(state)
    for _ in range(50):
        before = standing(problem, state)
        made = anneal(state, PROPOSALS_AT_ONCE, 0.0, 0.0)
        now = standing(problem, state)
        if now < best:
            best = now
            owner = present_owner(state)
        if made == 0:
            break
    return Plan(owner)


HOT = 1.0
COLD = 0.01
RAMP0 = 0.5
RAMP1 = 3.0
