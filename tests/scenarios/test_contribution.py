"""What a plan contributes, against figures worked out by hand."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.plan import Plan
from scenarios.economics.contribution import contribution, today_contribution
from tests.scenarios.tiny_study import case_of, found, the

# Two reps at the ends of the row A B C D; hours 10 20 30 40, revenue 100 200 300 400, A and B with R1 today.
REPS = """id,lat,lon,hours,cost,x,y
R1,50.0,10.0,60,20,1,0.5
R2,50.0,10.3,35,30,1,1
"""
MONEY: dict[str, Any] = {
    "margin": 0.5,
    "response": [{"form": "power", "c": 0.8, "b": 0.5}],
    "travel": {"cost_per_km": 0.02, "trips": 0.25},
}
CHANGES: dict[str, Any] = {
    "units": {"file": "units.csv", "id": "id", "name": "name", "current": "owner", "tenure": "years"},
    "skills": [{"column": "kind"}],
    "economics": MONEY,
}


def test_contribution_is_the_formula_worked_out_by_hand(tmp_path: Path) -> None:
    """Every part is what docs/economics.md says: margin x potential x response x fit - trips - reps - losses."""
    case = case_of(tmp_path, CHANGES, {"reps.csv": REPS})
    result = contribution(case, Plan(np.array([0, 0, 0, 1], dtype=np.int32)))
    first, second = result.territories
    assert first.coverage == pytest.approx(60 / 60)
    assert second.coverage == pytest.approx(35 / 40)
    assert first.gross == pytest.approx(0.5 * (100 + 200 + 300 * 0.5) * 0.8)
    assert second.gross == pytest.approx(0.5 * 400 * 0.8 * (35 / 40) ** 0.5)
    km = case.problem.distance_km.astype(float)
    trips = 2 * 0.25 * (20 * km[1, 0] + 30 * km[2, 0])
    assert first.travel_cost == pytest.approx(0.02 * trips)
    assert (first.rep_cost, second.rep_cost) == (20, 30)
    # Tenures 1 2 3 4 count by fifths, and the mean loss over sales of 0.8 x 100..400 stays 15 %.
    mean = (0.2 * 100 + 0.4 * 200 + 0.6 * 300 + 0.8 * 400) / 1000
    assert first.disruption_loss == pytest.approx(0.5 * (0.8 * 300) * 0.15 * 0.6 / mean)
    assert result.total == pytest.approx(first.total + second.total)
    assert (result.unit, result.label) == ("money", "given")


def test_without_money_today_is_100(tmp_path: Path) -> None:
    """A study without economics gets an index that calls itself modelled and tells what it assumes."""
    case = case_of(tmp_path)
    today, swapped = today_contribution(case), contribution(case, Plan(np.array([1, 1, 0, 0], dtype=np.int32)))
    assert today is not None
    assert today.total == pytest.approx(100)
    assert (today.unit, today.label, swapped.rep_cost) == ("index", "modelled", 0)
    # Everything moved, so 15 % of all potential is lost; potential stands in for the sales that nobody gave.
    gross = contribution(case, Plan(np.array([0, 0, 1, 1], dtype=np.int32))).gross
    response = [(50 / 30) ** 0.3 * 300, (50 / 70) ** 0.3 * 700]
    assert gross == pytest.approx(100)
    assert swapped.disruption_loss == pytest.approx(100 * 0.15 * 1000 / sum(response))
    assert any("counts potential" in reason for reason in swapped.reasons)


def test_a_leavers_units_are_lost_by_nobodys_choice(tmp_path: Path) -> None:
    """Only avoidable moves cost; a leaver's territory sells today, and its unavoidable move is free."""
    reps = (
        "id,lat,lon,hours,cost,status,x,y\nR1,50,10,60,20,,1,1\nR2,50,10.3,35,30,leaving,1,1\nR3,50,10.3,50,40,,1,1\n"
    )
    case = case_of(tmp_path, CHANGES, {"reps.csv": reps})
    today, plan = today_contribution(case), contribution(case, Plan(np.array([0, 0, 1, 1], dtype=np.int32)))
    assert today is not None
    assert plan.disruption_loss == 0
    assert [part.territory for part in today.territories] == ["R1", "R3", "R2"]
    assert [part.rep_cost for part in today.territories] == [20, 0, 30]
    assert today.territories[2].gross == pytest.approx(0.5 * 700 * 0.8 * (35 / 70) ** 0.5)


def test_reps_without_hours_and_hours_of_another_size_are_told(tmp_path: Path) -> None:
    """A zero typed for "unknown", or workload in calls instead of hours, does not pass for a year's work."""
    idle = "id,lat,lon,hours\nR1,50,10,0\nR2,50,10.3,60\n"
    the(found(tmp_path, {"economics": MONEY}, {"reps.csv": idle}), "zero-hours")
    tiny = "id,lat,lon,hours\nR1,50,10,1\nR2,50,10.3,2\n"
    the(found(tmp_path, {"economics": MONEY}, {"reps.csv": tiny}), "odd-coverage")


def test_curves_by_segment_and_s_shape(tmp_path: Path) -> None:
    """A segment's own curve applies to its units only, and ADBUDG starts at its min."""
    s_shape = {"segment": "y", "form": "adbudg", "min": 0.1, "max": 0.9, "a": 2, "g": 1}
    changes = CHANGES | {
        "units": CHANGES["units"] | {"segment": "kind"},
        "skills": None,
        "limits": {"contiguity": "off"},
        "economics": MONEY | {"response": [*MONEY["response"], s_shape]},
    }
    reps = "id,lat,lon,hours,cost\nR1,50,10,120,0\nR2,50,10.3,0,0\n"
    case = case_of(tmp_path, changes, {"reps.csv": reps})
    first, second = contribution(case, Plan(np.array([0, 1, 0, 1], dtype=np.int32))).territories
    assert first.gross == pytest.approx(0.5 * (100 * 0.8 * 3**0.5 + 300 * (0.1 + 0.8 * 9 / 10)))
    assert second.gross == pytest.approx(0.5 * (200 * 0 + 400 * 0.1))


@pytest.mark.parametrize(
    ("economics", "code"),
    [
        ({"response": [{"form": "power", "c": 1, "b": 1.2}]}, "invalid-value"),
        ({"response": [{"form": "power", "c": 1, "b": 0.3, "a": 2}]}, "conflicting-fields"),
        ({"response": [{"form": "adbudg", "min": 0.1, "a": 2}]}, "missing-field"),
        ({"response": [{"form": "adbudg", "min": 0.9, "max": 0.1, "a": 2, "g": 1}]}, "min-above-max"),
        ({"response": [{"measure": "visits", "c": 1, "b": 0.3}]}, "unknown-measure"),
        ({"response": [{"segment": "smb", "c": 1, "b": 0.3}]}, "unknown-segment"),
        ({"response": [{"c": 1, "b": 0.3}, {"c": 1, "b": 0.4}]}, "duplicate-curve"),
        ({"margin": 0.3, "response": [{"c": 12, "b": 0.3}]}, "large-response"),
        ({"margin": 35}, "invalid-value"),
        ({"response": [{"c": 1, "b": 0.3}]}, "index-only"),
        ({"margin": 0.3, "response": [{"c": 1, "b": 0.3}]}, "cost-missing"),
        ({"travel": {"speed_kmh": 50}}, "missing-field"),
        ({"disruption": {"loss": 15}}, "invalid-value"),
        ({"disruption": {"sales": "turnover"}}, "unknown-column"),
        ({"travel": {"cost_per_km": 0.5, "matrix_unit": "min"}}, "unused-matrix-unit"),
    ],
)
def test_doubtful_economics_are_found(tmp_path: Path, economics: dict[str, Any], code: str) -> None:
    """Money that was mistyped is told with its place before anything is solved."""
    the(tuple(item for item in found(tmp_path, {"economics": economics}) if item.code == code), code)
