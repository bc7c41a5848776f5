"""The model against every plan there is, rule by rule: trivial, forced wrong, forced right."""

from typing import Any

import numpy as np
import pytest

from optimizer.eligibility import allowed_pairs
from optimizer.model.symmetry import twins
from optimizer.problem import GONE, Budget, Contiguity, LoadLimit, Problem, Weights
from tests.optimizer.brute import assert_exact, best_value, nearest
from tests.optimizer.tiny import changed, grid_problem, ints, limit

MAP = "Aoo/ooB"


def test_no_rule_leaves_the_cheapest_plan() -> None:
    """Without limits the model minimises exactly what the judge counts."""
    assert assert_exact(grid_problem(MAP)) is not None


@pytest.mark.parametrize(("low", "high", "possible"), [(0, 6, True), (2, 4, True), (3, 3, True), (4, 6, False)])
def test_band(low: int, high: int, possible: bool) -> None:
    """Hard ranges hold with both ends allowed, and two reps who need four of six units have no plan."""
    problem = grid_problem(MAP)
    problem = changed(problem, limits=(limit(problem, 0, low, high), limit(problem, 1, 0, high, "max")))
    assert (assert_exact(problem) is not None) == possible


def test_limits_differ_by_rep_and_measure() -> None:
    """Every limit is held against its own rep and its own measure."""
    load = np.array([[1, 2, 3, 1, 2, 3], [3, 1, 1, 2, 2, 1]])
    tight = LoadLimit("hours", 0, np.array([0, 7]), np.array([5, 12]))
    more = LoadLimit("min", 1, np.array([6, 0]), np.array([10, 10]))
    problem = changed(grid_problem(MAP, load=load), limits=(tight, more))
    assert_exact(problem)
    assert_exact(changed(problem, limits=(tight, LoadLimit("min", 1, np.array([9, 0]), np.array([10, 10])))))


@pytest.mark.parametrize("banned_unit", [0, 5])
def test_skill_and_fit(banned_unit: int) -> None:
    """A ban keeps a rep out, and graded fit moves units where it is worth more than the way."""
    fit = np.array([[1.0, 1.0], [0.1, 0.9]], dtype=np.float32)
    fit_class = np.zeros(6, dtype=np.int32)
    fit_class[banned_unit] = 1
    problem = grid_problem(MAP, fit=fit, fit_class=fit_class, weights=Weights(travel=1.0, fit=2.0, balance=0.1))
    assert_exact(problem)
    assert_exact(changed(problem, banned=np.array([[False, False], [True, False]])))
    assert assert_exact(changed(problem, banned=np.array([[False, False], [True, True]]))) is None


@pytest.mark.parametrize(
    ("rules", "possible"),
    [
        ({"locked": ints(1, -1, -1, -1, -1, -1)}, True),
        ({"locked": ints(1, 0, -1, -1, -1, 0)}, True),
        ({"locked": ints(1, 0, 1, -1, -1, -1), "forbidden": np.array([[4, 1]], dtype=np.int32)}, False),
        ({"forbidden": np.array([[0, 0], [5, 1]], dtype=np.int32)}, True),
        ({"forbidden": np.array([[2, 0], [2, 1]], dtype=np.int32)}, False),
        ({"together": (ints(0, 5),)}, True),
        ({"together": (ints(0, 5), ints(1, 2)), "locked": ints(0, 1, -1, -1, -1, -1)}, True),
        ({"together": (ints(0, 2),), "locked": ints(0, -1, 1, -1, -1, -1)}, False),
        ({"apart": (ints(0, 1),)}, True),
        ({"apart": (ints(1, 4, 5),)}, False),
        ({"apart": (ints(3, 4),), "together": (ints(3, 4),)}, False),
        ({"home_units": (ints(0), ints(5))}, True),
        ({"home_units": (ints(5), ints(0))}, True),
        ({"home_units": (ints(2), ints(2))}, False),
        ({"max_distance_km": 23.0}, True),
        ({"max_distance_km": 11.0}, False),
    ],
)
def test_placing_rules(rules: dict[str, Any], possible: bool) -> None:
    """Lock, forbid, together, apart, home and distance mean to the model what they mean to the judge."""
    assert (assert_exact(grid_problem(MAP, **rules)) is not None) == possible


@pytest.mark.parametrize("moves", [0, 1, 2, 6])
def test_disruption_budget(moves: int) -> None:
    """A budget counts avoidable moves only, and disruption is priced for all that leave their rep."""
    current = ints(1, 1, 0, 0, 1, GONE)
    budget = Budget("units", np.ones(6, dtype=np.int64), moves)
    weights = Weights(travel=1.0, balance=0.2, disruption=0.05)
    problem = grid_problem(MAP, current=current, budgets=(budget,), weights=weights)
    value = assert_exact(problem)
    assert (value is not None) == (moves >= 1)


@pytest.mark.parametrize("mode", list(Contiguity))
def test_contiguity(mode: Contiguity) -> None:
    """Required contiguity binds exactly, in a map where the cheapest plan falls to pieces; otherwise it does not."""
    load = np.array([[1, 4, 1, 1, 1, 4, 1], [1, 1, 1, 4, 1, 1, 1]])
    problem = grid_problem("AoooooB", load=load, contiguity=np.full(7, mode, dtype=np.int8))
    problem = changed(problem, limits=(limit(problem, 0, 6, 7), limit(problem, 1, 4, 6)))
    assert_exact(problem)
    free = best_value(changed(problem, contiguity=np.zeros(7, dtype=np.int8)))
    assert free is not None
    if mode != Contiguity.REQUIRED:
        assert best_value(problem) == free


def test_contiguity_of_parts_and_exempt_units() -> None:
    """Each part hangs together by itself, and exempt units belong anywhere."""
    part = ints(0, 0, 0, 0, 1, 1, 1, 1)
    contiguity = np.array([2, 2, 2, 2, 2, 2, 0, 2], dtype=np.int8)
    problem = grid_problem("Aooo/oooB", part=part, contiguity=contiguity, locked=ints(0, -1, 0, -1, -1, 1, -1, -1))
    inside = [(a, b) for a, b in zip(*problem.graph.links(), strict=True) if part[a] == part[b]]
    graph = type(problem.graph).from_links(8, *np.array(inside).T)
    assert assert_exact(changed(problem, graph=graph)) is not None


def test_disconnected_map_has_no_plan() -> None:
    """Three islands and two reps: proven impossible, not just not found."""
    assert assert_exact(grid_problem("Ao.oB.oo")) is None


def test_every_rep_gets_a_unit() -> None:
    """Nobody is left without units, even where a plan without them would be shorter."""
    assert assert_exact(grid_problem("AooBoo", weights=Weights(travel=1.0), target=np.ones((2, 2)))) is not None
    assert assert_exact(grid_problem("AB/C.", max_distance_km=0.5)) is not None


def test_twins_change_nothing() -> None:
    """Ordering interchangeable units leaves the value, whatever else is limited."""
    xyz = grid_problem("AooB").xyz_m[[0, 1, 1, 1, 2, 3]]
    base = grid_problem("AooooB", xyz_m=xyz)
    links = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (1, 4), (2, 4), (3, 4), (4, 5)]
    distance = base.distance_km[[0, 1, 1, 1, 2, 5]]
    problem: Problem = changed(
        base, graph=type(base.graph).from_links(6, *np.array(links).T), distance_km=distance, travel_cost=distance
    )
    assert twins(problem, allowed_pairs(problem)) == [(1, 2, 3)]
    assert_exact(problem)
    assert_exact(changed(problem, limits=(limit(problem, 0, 3, 3),), locked=ints(-1, -1, 0, -1, -1, -1)))


def test_a_budget_of_nothing_can_be_missed() -> None:
    """However heavy what must not move, the model of near misses stays within whole numbers."""
    load = np.array([[10**10] * 5, [10**12] * 5])
    budget = Budget("potential", np.full(5, 10**12), 0)
    problem = grid_problem("AoooB", load=load, current=ints(1, 1, 1, 1, 1), budgets=(budget,))
    run, search = nearest(changed(problem, limits=(limit(problem, 0, 2 * 10**10, 3 * 10**10),)))
    assert search.least_violation > 0 and not run.feasible


def test_the_least_miss_of_large_amounts_is_rounded_to_the_safe_side() -> None:
    """A lower limit on all misses may not exceed what a plan misses, however large the amounts; nor be far below."""
    rng = np.random.default_rng(5)
    for scale in (10**7, 10**12):
        load = rng.integers(1, 20, (2, 6)) * scale + rng.integers(0, scale, (2, 6))
        half = int(load.sum()) // 4
        problem = changed(grid_problem(MAP.replace("/", "")[:6], load=load))
        problem = changed(problem, limits=(limit(problem, 0, half, half), limit(problem, 1, half, half)))
        run, search = nearest(problem)
        assert run.score is not None
        assert 0.998 * run.score.violation < search.least_violation <= run.score.violation
