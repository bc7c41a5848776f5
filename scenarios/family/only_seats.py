"""A Problem without some of its seats."""

from dataclasses import replace

import numpy as np

from optimizer.graph import IntArray
from optimizer.problem import GONE, Problem


def only_seats(problem: Problem, kept: IntArray) -> Problem:
    """Return the problem with the kept seats only; today's units of the others must change hands.

    Parameters
    ----------
    problem : Problem
        No unit is locked to a seat that goes.
    kept : (n_kept,) int32
        Ascending.
    """
    if len(kept) == problem.n_reps:
        return problem
    new = np.full(problem.n_reps, GONE, dtype=np.int32)
    new[kept] = np.arange(len(kept), dtype=np.int32)
    forbidden = problem.forbidden[np.isin(problem.forbidden[:, 1], kept)]
    cost_km = problem.distance_km[:, kept]
    return replace(
        problem,
        target=problem.target[:, kept],
        limits=tuple(replace(limit, low=limit.low[kept], high=limit.high[kept]) for limit in problem.limits),
        has_home=problem.has_home[kept],
        distance_km=cost_km,
        travel_cost=cost_km if problem.travel_cost is problem.distance_km else problem.travel_cost[:, kept],
        fit=problem.fit[:, kept],
        banned=problem.banned[:, kept],
        forbidden=np.stack([forbidden[:, 0], new[forbidden[:, 1]]], axis=1).astype(np.int32),
        locked=_renumbered(problem.locked, new),
        current=_renumbered(problem.current, new),
        home_units=tuple(problem.home_units[seat] for seat in kept),
    )


def _renumbered(seats: IntArray, new: IntArray) -> IntArray:
    """Return seats by their new numbers; negative ones, which are no seats, as they are."""
    return np.where(seats >= 0, new[np.maximum(seats, 0)], seats).astype(np.int32)
