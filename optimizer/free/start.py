"""A first plan for free centres: balanced cells around moving centers, made to keep the structural rules."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from optimizer.construct.construct import repair
from optimizer.graph import IntArray
from optimizer.plan import Plan
from optimizer.problem import UNLOCKED, WORKLOAD, BoolArray, FloatArray, LoadArray, Problem

ROUNDS = 15
"""Rounds of moving centers and prices."""
NEAR_CENTERS = 12
"""Centers that a unit chooses among."""
FIRST_STEP = 0.3
"""First change of a price, in distances to the next center for a load of twice the target; it falls to nothing."""


TURN = 0.3
"""Spread of the random turns of the cutting lines."""


LEAST_SHARE = 0.1
"""Least share that a rep is given, in equal shares: also one without a target needs a center."""
TINY = 1e-12
"""Weight of a unit without any, so that a mean exists."""


class _Places(NamedTuple):
    """Units as places (n_units, 3) with the share of the whole that each is (n_units,) and each rep wants (n_reps,)."""

    xyz_m: FloatArray
    size: FloatArray
    wanted: FloatArray


def free_start(problem: Problem, rng: np.random.Generator) -> Plan:
    """Design a whole plan of compact, roughly balanced, connected territories.

    Lloyd's method (1982) with an additive price on each center, raised where the territory is too large, moves the
    free centers; reps with a home stay there. The cells are then repaired as if the centers were homes.

    Parameters
    ----------
    problem : Problem
        With free reps.
    rng : numpy Generator
        Chooses the first centers.

    Returns
    -------
    Plan
    """
    places = _places(problem)
    size, wanted = places.size, places.wanted
    center = _first_centers(problem, places, rng)
    owner = np.zeros(problem.n_units, dtype=np.int32)
    price = np.zeros(problem.n_reps)
    free = problem.free
    for step in range(ROUNDS):
        owner = _cells(problem, center, price)
        load = np.bincount(owner, size, problem.n_reps)
        gap_km = _nearest(center, center, 2)[0][:, -1] / 1000.0
        price += FIRST_STEP * (1.0 - step / ROUNDS) * gap_km * np.clip(load / wanted - 1.0, -1.0, 1.0)
        _move_centers(places, owner, free, center)
    return repair(_measured_from(problem, center), Plan(owner), np.zeros(problem.target.shape))


def _places(problem: Problem) -> _Places:
    """Return places with shares averaged over workload and all measures with a band."""
    measures = sorted({limit.measure for limit in problem.limits if limit.rule == "band"} | {WORKLOAD})
    units = np.mean([_shares(problem.load[measure].astype(np.float64)) for measure in measures], axis=0)
    reps = np.mean([_shares(problem.target[measure]) for measure in measures], axis=0)
    return _Places(problem.xyz_m, units, np.maximum(reps, LEAST_SHARE / problem.n_reps))


def _shares(amount: FloatArray) -> FloatArray:
    total = float(amount.sum())
    return amount / total if total > 0 else np.full(len(amount), 1.0 / len(amount))


def _first_centers(problem: Problem, places: _Places, rng: np.random.Generator) -> FloatArray:
    """Return a place for each rep: its home, the middle of the units it is tied to, or of a fair share of the rest."""
    center = np.full((problem.n_reps, 3), np.nan)
    free = problem.free
    for rep in range(problem.n_reps):
        tied = np.flatnonzero((problem.locked == rep) | ((problem.locked == UNLOCKED) & (problem.current == rep)))
        if not free[rep]:
            center[rep] = problem.xyz_m[problem.travel_cost[:, rep].argmin()]
        elif len(tied):
            center[rep] = problem.xyz_m[tied].mean(axis=0)
    open_reps = np.flatnonzero(np.isnan(center[:, 0]))
    _bisect(places, _untaken(places, center), open_reps, center, rng)
    return center


def _untaken(places: _Places, center: FloatArray) -> LoadArray:
    """Return the units that are left when each known center takes its share of what is nearest to it."""
    known = np.flatnonzero(~np.isnan(center[:, 0]))
    if not len(known):
        return np.arange(len(places.size))
    metres, nearest = (column[:, 0] for column in _nearest(center[known], places.xyz_m, 1))
    order = np.lexsort((metres, nearest))
    taken = np.cumsum(places.size[order])
    start = np.searchsorted(nearest[order], np.arange(len(known)))
    before = np.concatenate([[0.0], taken])[start]
    rest = np.sort(order[taken - before[nearest[order]] > places.wanted[known[nearest[order]]]])
    return rest if len(rest) else np.arange(len(places.size))


def _bisect(places: _Places, units: LoadArray, reps: LoadArray, center: FloatArray, rng: np.random.Generator) -> None:
    """Set the centers of reps, in place, to the middles of fair shares of units, cut across their longer side.

    Recursive coordinate bisection (Berger and Bokhari 1987) with directions turned at random.
    """
    xyz_m, size, wanted = places.xyz_m, places.size, places.wanted
    if len(reps) == 0:
        return
    if len(reps) == 1 or len(units) < 2:
        center[reps] = np.average(xyz_m[units], axis=0, weights=size[units] + TINY)
        return
    away = xyz_m[units] - xyz_m[units].mean(axis=0)
    longest = np.linalg.eigh(away.T @ away)[1][:, -1] + rng.normal(0.0, TURN, 3)
    order = units[np.argsort(away @ longest, kind="stable")]
    half = len(reps) // 2
    share = wanted[reps[:half]].sum() / wanted[reps].sum()
    reached = np.cumsum(size[order])
    cut = int(np.clip(np.searchsorted(reached, share * reached[-1]), 1, len(order) - 1))
    _bisect(places, order[:cut], reps[:half], center, rng)
    _bisect(places, order[cut:], reps[half:], center, rng)


def _cells(problem: Problem, center: FloatArray, price: FloatArray) -> IntArray:
    """Return for each unit the center of least distance plus price."""
    metres, near = _nearest(center, problem.xyz_m, NEAR_CENTERS)
    best = np.argmin(metres / 1000.0 + price[near], axis=1)
    return np.asarray(near[np.arange(problem.n_units), best], dtype=np.int32)


def _move_centers(places: _Places, owner: IntArray, free: BoolArray, center: FloatArray) -> None:
    """Move the free centers, in place, to the middle of their cells; an empty cell keeps its center."""
    weight = np.bincount(owner, places.size, len(center))
    moving = free & (weight > 0)
    for axis in range(3):
        moment = np.bincount(owner, places.size * places.xyz_m[:, axis], len(center))
        center[moving, axis] = moment[moving] / weight[moving]


def _measured_from(problem: Problem, center: FloatArray) -> Problem:
    """Return the problem with the free centers fixed."""
    travel = problem.travel_cost.copy()
    for rep in np.flatnonzero(problem.free):
        travel[:, rep] = np.linalg.norm(problem.xyz_m - center[rep], axis=1) / 1000.0
    return replace(problem, travel_cost=travel)


def _nearest(center: FloatArray, xyz_m: FloatArray, count: int) -> tuple[FloatArray, LoadArray]:
    """Return the nearest centers of each place, nearest first: metres and indices, (n_places, count at most)."""
    metres, near = cKDTree(center).query(xyz_m, k=np.arange(1, min(count, len(center)) + 1))
    return np.asarray(metres, dtype=np.float64), np.asarray(near, dtype=np.int64)
