"""The judge, held against figures worked out by hand."""

from typing import Any

import numpy as np
import pytest

from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.problem import GONE, Budget, Contiguity, Problem, Weights
from optimizer.score import Score
from tests.optimizer.tiny import changed, drawn_plan, grid_problem, ints, limit

MAP = "Aoo/ooB"
WHOLE = "AAB/ABB"
CELL_KM = 6371.0088 * np.radians(0.1)


def amounts(score: Score) -> dict[str, float]:
    """Return the amount of each goal."""
    return {goal.name: goal.amount for goal in score.goals}


def rules(problem: Problem, drawing: str) -> list[str]:
    """Return the rules a drawn plan breaks."""
    return [item.rule for item in judge(problem, drawn_plan(drawing)).broken]


def test_travel_is_the_workload_weighted_mean_distance() -> None:
    """Travel counts each unit's distance by its workload; potential has no say."""
    problem = grid_problem("Aooo", load=np.array([[1, 2, 3, 4], [9, 9, 9, 9]]))
    travel = amounts(judge(problem, drawn_plan("AAAA")))["travel"]
    assert travel == pytest.approx((1 * 0 + 2 * 1 + 3 * 2 + 4 * 3) / 10 * CELL_KM, rel=1e-6)


def test_free_center_travels_to_its_weighted_centroid() -> None:
    """A free centre lies between two units by their workload, on the sphere; without workload in the middle."""
    problem = grid_problem("oo", free=1, load=np.array([[1, 3], [1, 1]]))
    assert amounts(judge(problem, drawn_plan("AA")))["travel"] == pytest.approx(
        (0.75 + 3 * 0.25) / 4 * CELL_KM, rel=1e-5
    )
    idle = grid_problem("oo", free=1, load=np.array([[0, 0], [1, 1]]), max_distance_km=0.4 * CELL_KM)
    score = judge(idle, drawn_plan("AA"))
    assert amounts(score)["travel"] == 0.0
    assert [(item.rule, item.units) for item in score.broken] == [("max_distance", (0, 1))]
    assert score.broken[0].amount == pytest.approx(0.5 * CELL_KM, rel=1e-5)


def test_fit_balance_and_disruption_amounts() -> None:
    """Fit weighs by potential, balance counts beyond the aim only, disruption counts those whose rep is gone."""
    problem = grid_problem(
        "AoB",
        load=np.array([[1, 1, 2], [1, 3, 6]]),
        fit=np.array([[1.0, 0.5]], dtype=np.float32),
        aim=np.array([0.1, 0.0]),
        current=ints(0, 0, GONE),
        weights=Weights(travel=0.0, fit=1.0, balance=2.0, disruption=3.0),
    )
    score = judge(problem, drawn_plan("ABB"))
    found = amounts(score)
    assert found["fit"] == pytest.approx(100 * (1 - (1 * 1.0 + 9 * 0.5) / 10))
    assert found["balance"] == pytest.approx((40 + 40 + 80 + 80) / 4)
    assert found["disruption"] == pytest.approx(90.0)
    assert score.value == pytest.approx(found["fit"] + 2 * found["balance"] + 3 * found["disruption"])


def test_zero_totals_and_targets_count_nothing_or_an_equal_share() -> None:
    """Nothing is divided by zero: empty measures amount to 0, a load without a target to its share."""
    nothing = grid_problem("AoB", load=np.zeros((2, 3)), weights=Weights(1.0, 1.0, 1.0, 1.0), current=ints(0, 0, 1))
    assert judge(nothing, drawn_plan("ABB")).value == 0.0
    seated = grid_problem("AoB", target=np.array([[3.0, 0.0], [3.0, 0.0]]))
    assert amounts(judge(seated, drawn_plan("AAB")))["balance"] == pytest.approx((100 / 3 + 100 * 1 / 1.5) / 2)


@pytest.mark.parametrize(
    ("given", "drawing", "expected"),
    [
        ({}, WHOLE, []),
        ({}, "AA-/ABB", ["owner"]),
        ({}, "AAA/AAA", ["empty"]),
        ({}, "ABA/ABA", ["contiguity"]),
        ({"contiguity": np.full(6, Contiguity.PREFERRED, dtype=np.int8)}, "ABA/ABA", []),
        ({"banned": np.array([[False, True]])}, WHOLE, ["skill"]),
        ({"forbidden": np.array([[0, 0], [2, 0]], dtype=np.int32)}, WHOLE, ["forbid"]),
        ({"max_distance_km": 10.0}, WHOLE, ["max_distance", "max_distance"]),
        ({"locked": ints(1, 0, 1, -1, -1, -1)}, WHOLE, ["lock"]),
        ({"together": (ints(0, 5), ints(1, 3))}, WHOLE, ["together"]),
        ({"apart": (ints(0, 1), ints(1, 2))}, WHOLE, ["apart"]),
        ({"home_units": (ints(5), ints(5, 0))}, WHOLE, ["home"]),
        (
            {"current": ints(1, 1, 1, 1, 1, 1), "budgets": (Budget("units", np.ones(6, np.int64), 2),)},
            WHOLE,
            ["disruption"],
        ),
        ({"current": ints(1, 1, 1, 1, 1, 1), "budgets": (Budget("units", np.ones(6, np.int64), 3),)}, WHOLE, []),
        ({"current": ints(-2, -1, 1, 1, 1, 1), "budgets": (Budget("units", np.ones(6, np.int64), 1),)}, WHOLE, []),
    ],
)
def test_every_rule_is_broken_by_name(given: dict[str, Any], drawing: str, expected: list[str]) -> None:
    """Each hard rule is found where it is broken and only there."""
    assert rules(grid_problem(MAP, **given), drawing) == expected


def test_load_limits_report_the_customers_amounts() -> None:
    """A missed limit names rule, rep and measure, in the customer's units, and adds up to the violation."""
    problem = grid_problem(MAP, load_per_amount=np.array([10.0, 1.0]))
    problem = changed(problem, limits=(limit(problem, 0, 3, 3), limit(problem, 1, 2, 6, "min")))
    score = judge(problem, drawn_plan("AAA/AAB"))
    assert [(b.rule, b.reps, b.measure, b.amount, b.limit) for b in score.broken] == [
        ("band", (0,), "workload", 0.5, 0.3),
        ("band", (1,), "workload", 0.1, 0.3),
        ("min", (1,), "potential", 1.0, 2.0),
    ]
    assert score.violation == pytest.approx(2 / 3 + 2 / 3 + 1 / 3)


def test_pieces_count_by_part_without_exempt_units() -> None:
    """Parts hang together each by itself, and exempt units form no pieces."""
    contiguity = np.array([2, 0, 1, 2, 2, 2], dtype=np.int8)
    problem = grid_problem(MAP, contiguity=contiguity, part=ints(0, 0, 0, 1, 0, 0))
    assert judge(problem, drawn_plan("AAA/ABB")).pieces.tolist() == [2, 1]
    assert rules(problem, "AAA/ABB") == []


def test_another_problems_plan_is_refused() -> None:
    """A plan of another size is an error, not a verdict."""
    with pytest.raises(ValueError, match="Maybe"):
        judge(grid_problem(MAP), Plan(ints(0, 1)))
