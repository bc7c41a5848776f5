"""A whole plan at once: each block to its cheapest rep at given prices, then every structural rule repaired."""

import numpy as np

from optimizer.bound.blocks import blocks_of
from optimizer.construct.contiguity import connect
from optimizer.construct.draft import Draft
from optimizer.construct.rules import seat_apart_groups, seat_empty_reps, seat_homes
from optimizer.costs import pair_cost
from optimizer.local_search.build import open_pairs
from optimizer.plan import Plan
from optimizer.problem import FloatArray, Problem

ROWS_AT_ONCE = 256
"""Units priced together, to stay inside the processor's cache."""
TIE_BREAK = 1e-9
"""Value of a km between reps of equal cost."""


def construct(problem: Problem, load_price: FloatArray, rng: np.random.Generator) -> Plan:
    """Build a whole plan that keeps the structural rules wherever it finds a way.

    At good prices the cheapest reps make a power diagram whose loads are nearly in band (Aurenhammer, Hoffmann and
    Aronov 1998). Locks, bans, groups, homes and one unit for everybody are kept; then pieces are joined to connected
    territories, minding the loads.

    Parameters
    ----------
    problem : Problem
    load_price : (n_measures, n_reps) float64
        From `find_prices`; zeros do.
    rng : numpy Generator
        Breaks ties between reps of equal cost.

    Returns
    -------
    Plan
        Every unit has a rep. Rules that contradict each other or were not reached stay broken.
    """
    draft = _cheapest(problem, load_price, rng)
    _keep_rules(problem, draft)
    return Plan(draft.owner)


def repair(problem: Problem, plan: Plan, load_price: FloatArray) -> Plan:
    """Turn any plan, also one with holes, into a whole one that keeps the structural rules where a way is found.

    Units keep their rep unless a rule or contiguity moves them.
    """
    draft = _cheapest(problem, load_price, np.random.default_rng(0))
    first = plan.owner[draft.blocks.units[draft.blocks.start[:-1]]]
    for block in np.flatnonzero((first >= 0) & (first < problem.n_reps)):
        if np.isfinite(draft.cost[block, first[block]]):
            draft.give(int(block), int(first[block]))
    _keep_rules(problem, draft)
    return Plan(draft.owner)


def is_whole(problem: Problem, plan: Plan) -> bool:
    """Return whether every unit has a rep and every group that is kept together one rep."""
    owner = plan.owner
    known = bool(((owner >= 0) & (owner < problem.n_reps)).all())
    return known and all((owner[group] == owner[group[0]]).all() for group in problem.together)


def _keep_rules(problem: Problem, draft: Draft) -> None:
    seat_homes(problem, draft)
    seat_apart_groups(problem, draft)
    seat_empty_reps(draft)
    connect(problem, draft)
    seat_empty_reps(draft)


def _cheapest(problem: Problem, load_price: FloatArray, rng: np.random.Generator) -> Draft:
    """Give each block to its cheapest rep; among equals to the nearest home, then to any."""
    blocks = blocks_of(problem)
    cost = np.empty((problem.n_units, problem.n_reps), dtype=np.float32)
    load, unpriced, breaker = problem.load.T.astype(np.float64), not load_price.any(), rng.random(problem.n_reps)
    for first in range(0, problem.n_units, ROWS_AT_ONCE):
        rows = slice(first, first + ROWS_AT_ONCE)
        km = np.where(problem.has_home, problem.distance_km[rows], 0.0)
        priced = pair_cost(problem, rows)
        priced += TIE_BREAK * (km + breaker)
        cost[rows] = priced if unpriced else priced + load[rows] @ load_price
    cost = blocks.sum_rows(cost)
    np.copyto(cost, np.inf, where=~open_pairs(problem)[blocks.units[blocks.start[:-1]]])
    return Draft(problem, blocks, cost, cost.argmin(axis=1))
