"""Compiling every kernel before the clock starts."""

import numpy as np

from optimizer.bound.duals import Prices
from optimizer.bound.whole_units import raise_by_whole_units
from optimizer.graph import Graph
from optimizer.local_search.improve import improve
from optimizer.model.flood import regions_of
from optimizer.plan import Plan
from optimizer.problem import EARTH_RADIUS_M, Contiguity, LoadLimit, Problem, Weights


def warm_up() -> None:
    """Run all kernels on four units, so that they are compiled or loaded; later it takes no time.

    On a fresh machine this takes some thirty seconds, afterwards well under one.
    """
    problem = _four_units()
    improve(problem, Plan(np.zeros(4, dtype=np.int32)), np.zeros((2, 2)), moves=1000, seed=0)
    prices = Prices(np.zeros((2, 2)), np.zeros(0), 0.0)
    raise_by_whole_units(problem, prices, 1.0, rounds=1)
    regions_of(problem.graph, np.ones(4, dtype=np.bool_))


def _four_units() -> Problem:
    """Make a problem whose limits cannot be kept, so that every kernel is called."""
    n, k = 4, 2
    distance_km = np.full((n, k), np.nan, dtype=np.float32)
    angle = np.arange(n) / 1000.0
    return Problem(
        measures=("workload", "potential"),
        load=np.ones((2, n), dtype=np.int64),
        load_per_amount=np.ones(2),
        target=np.full((2, k), n / k),
        aim=np.zeros(2),
        limits=(LoadLimit("min", 0, np.full(k, n), np.full(k, n)),),
        xyz_m=EARTH_RADIUS_M * np.stack([np.cos(angle), np.sin(angle), np.zeros(n)], axis=1),
        has_home=np.zeros(k, dtype=np.bool_),
        distance_km=distance_km,
        travel_cost=distance_km,
        fit=np.ones((1, k), dtype=np.float32),
        fit_class=np.zeros(n, dtype=np.int32),
        banned=np.zeros((1, k), dtype=np.bool_),
        forbidden=np.zeros((0, 2), dtype=np.int32),
        max_distance_km=np.inf,
        locked=np.full(n, -1, dtype=np.int32),
        together=(),
        apart=(),
        home_units=tuple(np.zeros(0, dtype=np.int32) for _ in range(k)),
        current=np.full(n, -1, dtype=np.int32),
        budgets=(),
        graph=Graph.from_links(n, np.arange(n - 1), np.arange(1, n)),
        contiguity=np.full(n, Contiguity.REQUIRED, dtype=np.int8),
        part=np.zeros(n, dtype=np.int32),
        weights=Weights(travel=1.0),
    )
