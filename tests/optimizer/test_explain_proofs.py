"""Quick proofs that nothing keeps the rules: each on a map small enough to try every plan."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from optimizer.explain.impossible import prove_impossible
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.problem import Budget, LoadLimit, Problem
from optimizer.result import Reason
from tests.optimizer.tiny import changed, grid_problem, ints, limit


def possible(problem: Problem) -> bool:
    """Try every plan."""
    owners = product(range(problem.n_reps), repeat=problem.n_units)
    return any(not judge(problem, Plan(np.array(owner))).broken for owner in owners)


def with_limits(drawing: str, *ends: tuple[str, int, float, float], **given: Any) -> Problem:
    """Draw a problem with the same limits for every rep: rule, measure, low, high."""
    problem = grid_problem(drawing, **given)
    return changed(problem, limits=tuple(limit(problem, m, low, high, rule) for rule, m, low, high in ends))


def crossed_hours() -> Problem:
    """A's hours end below where the band begins."""
    problem = with_limits("AooB", ("band", 0, 2, 2))
    hours = LoadLimit("hours", 0, np.zeros(2, dtype=np.int64), np.array([1, 4]))
    return changed(problem, limits=(*problem.limits, hours))


LOCKED_B = ints(-1, -1, -1, 1, -1, -1)
CASES: dict[str, tuple[Problem, str, str]] = {
    "hours below the band": (crossed_hours(), "hours", "band asks for at least 2, but hours allows at most 1"),
    "more in all than all may hold": (with_limits("AooB", ("max", 0, 0, 1)), "max", "all units together have 4"),
    "less in all than all need": (with_limits("AooB", ("min", 1, 3, 9)), "min", "together need at least 6"),
    "steps too large": (with_limits("AoB", ("band", 0, 5, 7), load=np.full(3, 4)), "band", "multiple of 4"),
    "no skill": (grid_problem("AoB", banned=np.array([[True, True]])), "skill", "no rep has the skill"),
    "everybody forbidden": (grid_problem("AoB", forbidden=np.array([[1, 0], [1, 1]], np.int32)), "forbid", "every rep"),
    "nobody near": (grid_problem("AoooB", max_distance_km=15.0), "max_distance", "22.2 km away, at most 15 km"),
    "locked to a forbidden rep": (
        grid_problem("AoB", locked=ints(-1, 0, -1), forbidden=np.array([[1, 0]], np.int32)),
        "lock",
        "locked to a rep who may not",
    ),
    "a group nobody may have": (
        grid_problem("AoB", together=(ints(0, 2),), forbidden=np.array([[0, 0], [2, 1]], np.int32)),
        "together",
        "no single rep",
    ),
    "one unit too heavy": (
        with_limits("AoB", ("band", 0, 0, 4), load=np.array([1, 5, 1])),
        "band",
        "it has 5, more than any rep who may take it may hold: 4",
    ),
    "a group too heavy": (with_limits("AooB", ("max", 0, 0, 2), together=(ints(0, 1, 2),)), "max", "have 3, more than"),
    "too much locked": (with_limits("AooB", ("max", 0, 0, 2), locked=ints(0, 0, 0, -1)), "max", "locked here have 3"),
    "more reps than units": (grid_problem("AB", free=1), "empty", "these 3 reps have 2 units to choose from"),
    "two reps at one home": (grid_problem("AoB", home_units=(ints(1), ints(1))), "home", "these 2 reps have 1 unit at"),
    "too many apart": (grid_problem("AoB", apart=(ints(0, 1, 2),)), "apart", "3 units must have different reps"),
    "an island too small": (
        with_limits("AoooB.o", ("band", 1, 2, 4)),
        "contiguity",
        "it has no link to others, and 1 of potential, but a territory needs at least 2",
    ),
    "pieces between two counts": (
        with_limits("Ao.oBC", ("band", 0, 4, 5), load=np.array([3, 3, 3, 2, 2])),
        "contiguity",
        "1 hold at most 5, 2 need at least 8",
    ),
    "more pieces than reps": (grid_problem("A.o.B"), "contiguity", "need 3 territories, but there are 2"),
    "too little in reach": (
        with_limits("AooCoB", ("band", 0, 2, 3), forbidden=np.array([[unit, 1] for unit in range(5)], np.int32)),
        "band",
        "all units within reach have 1, at least 2 is needed",
    ),
    "too little that hangs together": (
        with_limits("AoCBoo", ("band", 0, 2, 2), forbidden=np.array([[2, 1], [4, 1]], np.int32), locked=LOCKED_B),
        "band",
        "all units connected and within reach have 1, at least 2 is needed",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_impossible_map_is_proven_in_words(name: str) -> None:
    """A planner reads which limit fails, with the figures, and it is true of every plan."""
    problem, rule, text = CASES[name]
    assert not possible(problem)
    reasons = prove_impossible(problem)
    assert any((not rule or reason.rule == rule) and text in reason.text for reason in reasons), reasons
    assert all(reason.proven and reason.kind == "conflict" for reason in reasons)


def test_places_are_named() -> None:
    """The island, the measure and the amounts are told, not only that something is wrong."""
    (reason,) = prove_impossible(CASES["an island too small"][0])
    assert reason == Reason("conflict", "contiguity", (5,), (), "potential", 1.0, 2.0, True, reason.text)


def test_budget_and_bands_are_weighed_together() -> None:
    """A budget that keeps too much where it is contradicts the bands, though each alone can hold."""
    problem = with_limits("AoooB", ("band", 0, 2, 3), current=ints(0, 0, 0, 0, 0))
    assert possible(problem)
    kept = changed(problem, budgets=(Budget("units", np.ones(5, dtype=np.int64), 1),))
    (reason,) = prove_impossible(kept)
    assert not possible(kept) and "disruption of units" in reason.text


def test_units_that_few_reps_may_have_are_told() -> None:
    """When two reps cannot absorb what only they may have, they, the units and the amounts are named."""
    forbidden = np.array([[unit, rep] for unit in range(5) for rep in (2,)], np.int32)
    problem = with_limits("AoooBC", ("max", 0, 0, 2), forbidden=forbidden)
    (reason,) = prove_impossible(problem)
    assert not possible(problem)
    assert (reason.units, reason.reps) == ((0, 1, 2, 3, 4), (0, 1))
    assert "only these 2 reps may have any of these units, which sum to 5; at most 4" in reason.text


def test_reps_who_lack_together_what_each_alone_finds_are_told() -> None:
    """Each of two reps could fill up within reach, but both reach for the same units."""
    forbidden = np.array([[unit, rep] for unit in range(3, 8) for rep in (0, 1)], np.int32)
    problem = with_limits("ABoooooC", ("min", 0, 2, 8), forbidden=forbidden)
    (reason,) = prove_impossible(problem)
    assert not possible(problem) and reason.reps == (0, 1)
    assert "these 2 reps may have sum to 3, together 4 is needed, 1 more" in reason.text


def test_mix_of_measures_is_proven() -> None:
    """Enough of each measure within reach is not enough when they never come together."""
    problem = with_limits(
        "AooB",
        ("band", 0, 5, 10),
        ("band", 1, 8, 12),
        load=np.array([[5, 5, 5, 5], [3, 3, 3, 9]]),
        forbidden=np.array([[3, 0]], np.int32),
    )
    (reason,) = prove_impossible(problem)
    assert not possible(problem) and reason.reps == (0,)
    assert "with 10 of workload, the most allowed, bring at most 6, at least 8 is needed" in reason.text
