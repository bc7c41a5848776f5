"""Territories for reps without a home: centres that move with their units, in one go with the fixed reps."""

from dataclasses import replace

import numpy as np

from optimizer.construct import construct
from optimizer.duals import find_prices
from optimizer.free_seeds import centroids, seed_centers
from optimizer.local_search import improve
from optimizer.local_search_run import Clock, OnPlan, never, no_clock, no_news
from optimizer.plan import Plan
from optimizer.problem import EARTH_RADIUS_M, FloatArray, Problem
from optimizer.result import Stop

ROUNDS = 3
"""Times the centres are moved to the middle of balanced territories before the search."""
COARSE = (0.1, 0.02)
"""Temperatures of the prices in these rounds: territories need to be nearly balanced only."""
COARSE_ITERATIONS = 30


def design_free(
    problem: Problem,
    *,
    work: int,
    seed: int,
    stop: Stop = never,
    clock: Clock = no_clock,
    on_progress: OnPlan = no_news,
) -> Plan:
    """Design territories for a problem where some or all reps have a free centre.

    Free centres are seeded far apart and moved to the middle of balanced territories a few times (Lloyd's method on
    power diagrams); then the local search takes over with the exact distances to each territory's own center.

    Parameters
    ----------
    problem : Problem
    work : int
        Proposals of the local search.
    seed : int
        Same seed, same plan, as long as neither `stop` nor `clock` interferes.
    stop, clock, on_progress
        As for `improve`.

    Returns
    -------
    Plan
    """
    rng = np.random.default_rng(seed)
    free = np.flatnonzero(problem.free)
    centers = seed_centers(problem, free, rng)
    for last in [False] * (ROUNDS - 1) + [True]:
        pinned = with_homes(problem, free, centers)
        prices = find_prices(pinned, temperatures=COARSE, iterations=COARSE_ITERATIONS, stop=stop)
        plan = construct(pinned, prices.load_price, rng)
        if not last:
            centers = centroids(problem, plan, free)
    load_price = np.where(problem.free, 0.0, prices.load_price)
    return improve(
        problem, plan, load_price, moves=work, seed=seed, stop=stop, clock=clock, on_progress=on_progress
    )


def with_homes(problem: Problem, reps: np.typing.NDArray[np.int64], centers_m: FloatArray) -> Problem:
    """Return the problem with homes for some reps at places on the sphere.

    Parameters
    ----------
    problem : Problem
    reps : (n,) int64
    centers_m : (n, 3) float64
    """
    distance_km, travel_cost = problem.distance_km.copy(), problem.travel_cost.copy()
    cosine = np.clip(problem.xyz_m @ centers_m.T / EARTH_RADIUS_M**2, -1.0, 1.0)
    distance_km[:, reps] = travel_cost[:, reps] = EARTH_RADIUS_M / 1000.0 * np.arccos(cosine)
    return replace(problem, distance_km=distance_km, travel_cost=travel_cost)
