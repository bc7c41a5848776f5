"""First places for free centres."""

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from optimizer.costs import share
from optimizer.plan import Plan
from optimizer.problem import EARTH_RADIUS_M, WORKLOAD, FloatArray, Problem

LLOYD_ROUNDS = 10
"""Times the centres are moved to the middle of their nearest units."""


def seed_centers(problem: Problem, free: npt.NDArray[np.int64], rng: np.random.Generator) -> FloatArray:
    """Place free centres by their demand: far from each other and from the homes of fixed reps.

    Careful seeding (Arthur and Vassilvitskii 2007), then Lloyd's method in which only the free centres move.

    Parameters
    ----------
    problem : Problem
    free : (n,) int64
        Reps to place.
    rng : numpy Generator

    Returns
    -------
    (n, 3) float64
        Places on the sphere, in metres.
    """
    weight = share(problem.load[WORKLOAD]) + 0.01 / problem.n_units
    fixed = _homes(problem, np.setdiff1d(np.arange(problem.n_reps), free))
    centers = _spread_out(problem.xyz_m, weight, fixed, len(free), rng)
    for _ in range(LLOYD_ROUNDS):
        nearest = cKDTree(np.concatenate([centers, fixed])).query(problem.xyz_m)[1]
        centers = _means(problem.xyz_m, weight, nearest, centers)
    return centers


def centroids(problem: Problem, plan: Plan, reps: npt.NDArray[np.int64]) -> FloatArray:
    """Return the workload-weighted centroids of some reps' territories, (n, 3) float64 on the sphere."""
    weight = share(problem.load[WORKLOAD]) + 1e-9 / problem.n_units
    everyone = np.tile(problem.xyz_m.mean(axis=0), (problem.n_reps, 1))
    return _means(problem.xyz_m, weight, plan.owner.astype(np.int64), everyone)[reps]


def _homes(problem: Problem, fixed: npt.NDArray[np.int64]) -> FloatArray:
    """Return the place of the unit that each fixed rep reaches at the least cost."""
    return problem.xyz_m[problem.travel_cost[:, fixed].argmin(axis=0)]


def _spread_out(
    xyz_m: FloatArray, weight: FloatArray, fixed: FloatArray, count: int, rng: np.random.Generator
) -> FloatArray:
    """Draw units one by one, with a chance in proportion to weight x squared distance to those drawn before."""
    squared = np.full(len(xyz_m), (2.0 * EARTH_RADIUS_M) ** 2)
    for place in fixed:
        squared = np.minimum(squared, ((xyz_m - place) ** 2).sum(axis=1))
    drawn = np.empty((count, 3))
    for i in range(count):
        chance = np.cumsum(weight * (squared + 1.0))
        unit = min(int(np.searchsorted(chance, rng.random() * chance[-1])), len(xyz_m) - 1)
        drawn[i] = xyz_m[unit]
        squared = np.minimum(squared, ((xyz_m - drawn[i]) ** 2).sum(axis=1))
    return drawn


def _means(
    xyz_m: FloatArray, weight: FloatArray, group: npt.NDArray[np.int64], empty: FloatArray
) -> FloatArray:
    """Return the weighted centroid of each group on the sphere; `empty` where a group has no units."""
    count = len(empty)
    total = np.stack([np.bincount(group, weight * xyz_m[:, i], count)[:count] for i in range(3)], axis=1)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.where(length > 0, EARTH_RADIUS_M * total / np.maximum(length, 1e-300), empty)
