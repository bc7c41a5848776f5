"""The bound by whole units: never above a plan, never below the bound by fractions, the same with any threads."""

import itertools
import math
from collections.abc import Iterator

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.bound.branching import least_cost
from optimizer.bound.choice import ITEM, MEASURE, TAIL, Choice
from optimizer.bound.duals import find_prices
from optimizer.bound.whole_units import raise_by_whole_units, whole_units_value
from optimizer.graph import Graph
from optimizer.problem import LoadLimit, Problem
from tests.optimizer.brute import best_value
from tests.optimizer.tiny import changed, grid_problem
from tests.optimizer.wild import wild_problem


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 6), st.integers(1, 3))
def test_no_plan_beats_the_bound(seed: int, n_units: int, n_reps: int) -> None:
    """A bound above the optimum would be a wrong proof, the worst mistake this product can make."""
    problem = wild_problem(np.random.default_rng(seed), n_units, n_reps)
    optimum, prices = best_value(problem), find_prices(problem)
    if optimum is not None:
        whole = raise_by_whole_units(problem, prices, optimum + 1.0, rounds=20)
        assert whole.bound <= optimum + 1e-6 * max(1.0, abs(optimum))
        assert whole.bound >= prices.bound - 1e-6 * max(1.0, abs(prices.bound))
        again = whole_units_value(problem, prices, whole.block_price)
        assert abs(again - whole.bound) <= 1e-8 * max(1.0, abs(optimum))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 9), st.integers(1, 3), st.sampled_from([1, 3000, 200_000]))
def test_a_rep_cannot_choose_cheaper(seed: int, n_units: int, n_measures: int, nodes: int) -> None:
    """Branching, enumeration and dear ways cut off no choice that hangs together and costs less than is reported."""
    rng = np.random.default_rng(seed)
    load = rng.integers(0, 9, (n_units, n_measures)).astype(np.float64)
    measures = np.zeros(n_measures, dtype=MEASURE)
    measures["low"] = np.floor(rng.random(n_measures) * load.sum(axis=0))
    measures["high"] = measures["low"] + rng.integers(0, 4, n_measures)
    measures["target"], measures["aim"] = measures["low"] + 1.0, 0.5
    measures["slope"], measures["price"] = rng.random(n_measures), rng.normal(size=n_measures)
    measures["step"] = 0.1
    items = np.zeros(n_units + 2, dtype=ITEM)
    items["cost"][:n_units] = rng.normal(size=n_units)
    items["size"][:n_units] = load.max(axis=1)
    graph, items["part"][:n_units] = _parts(rng, n_units)
    items["links"][: n_units + 1] = graph.indptr
    tail = np.empty((n_units + 1, n_measures), dtype=TAIL)
    levels = np.empty((n_units + 2, n_measures)), np.empty((n_units + 2, n_measures))
    costs = items["cost"][:n_units].copy()
    bound, found = least_cost(Choice(items, graph.indices.astype(np.int64), load, measures, tail, *levels), 0.1, nodes)
    hanging = (taken for taken in _choices(n_units) if _hangs_together(taken, graph, items["part"]))
    least = min(_cost(taken, costs, load, measures) for taken in hanging)
    assert bound <= least + 1e-9
    if found:
        taken = items["taken"][:n_units]
        assert abs(bound - least) <= 1e-9
        assert abs(_cost(taken, costs, load, measures) - least) <= 1e-9
        assert _hangs_together(taken, graph, items["part"])
    assert nodes < 200_000 or found or least == math.inf


def test_whole_units_are_worth_more_than_fractions() -> None:
    """The bound must be above the linear one where that splits a unit, or the search for it is in vain."""
    problem = _short_of_a_unit()
    prices = find_prices(problem)
    found = [raise_by_whole_units(problem, prices, 20.0, rounds=60, workers=workers) for workers in (1, 2)]
    bounds = [whole.bound for whole in found]
    assert bounds[0] == bounds[1]
    assert abs(whole_units_value(problem, prices, found[0].block_price) - bounds[0]) <= 1e-8
    optimum = best_value(problem)
    assert optimum is not None
    assert prices.bound < 0.9 * optimum
    assert bounds[0] > 0.99 * optimum


def _short_of_a_unit() -> Problem:
    """Make a row where A, who owns a unit of load 4, must take another: fractions would do with three quarters."""
    free = grid_problem("ABo", load=np.array([4, 4, 4]))
    band = LoadLimit("band", 0, np.array([7, 1]), np.array([12, 12]))
    return changed(free, limits=(band,), weights=type(free.weights)(travel=1.0))


def _choices(n_units: int) -> Iterator[np.ndarray]:
    return (np.array(taken) for taken in itertools.product((0, 1), repeat=n_units))


def _parts(rng: np.random.Generator, n_units: int) -> tuple[Graph, np.ndarray]:
    """Draw parts, of which the last needs no connection, and links inside the others."""
    part = rng.integers(-1, 2, n_units) * rng.integers(0, 2)
    a, b = rng.integers(0, n_units, (2, int(rng.integers(0, 2 * n_units))))
    inside = (part[a] == part[b]) & (part[a] >= 0)
    return Graph.from_links(n_units, a[inside], b[inside]), part


def _hangs_together(taken: np.ndarray, graph: Graph, part: np.ndarray) -> bool:
    links = zip(*graph.links(), strict=True)
    held = nx.Graph((int(a), int(b)) for a, b in links if taken[a] and taken[b])
    held.add_nodes_from(unit for unit in np.flatnonzero(taken).tolist() if part[unit] >= 0)
    pieces = [part[min(piece)] for piece in nx.connected_components(held)]
    return len(pieces) == len(set(pieces))


def _cost(taken: np.ndarray, costs: np.ndarray, load: np.ndarray, measures: np.ndarray) -> float:
    """Return what a choice costs by definition; infinity outside the ranges."""
    reached = taken @ load
    if (reached < measures["low"]).any() or (reached > measures["high"]).any():
        return math.inf
    away = np.maximum(np.abs(reached - measures["target"]) - measures["aim"], 0.0)
    return float(taken @ costs + measures["slope"] @ away)
