"""Measures: amounts, whole loads, targets, limits."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.findings import Level
from scenarios.prepare.loads import integer_loads
from tests.scenarios.tiny_study import UNITS, case_of, found, the

CAPACITIES = "id,lat,lon,capacity,quota\nR1,50,10,1,30\nR2,50,10.3,3,70\n"


def measures(**workload: Any) -> dict[str, Any]:
    return {"measures": {"workload": {"column": "hours", **workload}, "potential": {"column": "revenue"}}}


def test_workload_and_potential_come_first(tmp_path: Path) -> None:
    """Everything downstream takes them by row."""
    changes = {"measures": {"years": {}, "potential": {"column": "revenue"}, "workload": {"column": "hours"}}}
    case = case_of(tmp_path, changes)
    assert case.problem.measures == ("workload", "potential", "years")
    assert case.amounts.tolist() == [[10, 20, 30, 40], [100, 200, 300, 400], [1, 2, 3, 4]]


def test_without_potential_the_workload_takes_its_place(tmp_path: Path) -> None:
    """One measure is enough to start; its band does not count twice."""
    case = case_of(tmp_path, {"measures": {"workload": {"column": "hours", "tolerance": 0.5, "target": "equal"}}})
    assert case.amounts[0].tolist() == case.amounts[1].tolist()
    assert [(limit.rule, limit.measure) for limit in case.problem.limits] == [("band", 0)]


@pytest.mark.parametrize(
    ("amounts", "loads", "factor"),
    [
        ([1.0, 2.0, 0.0], [1, 2, 0], 1.0),
        ([0.1, 0.2, 0.1 + 0.2], [1, 2, 3], 10.0),
        ([0.000001, 5.0], [1, 5_000_000], 1e6),
        ([1 / 3, 2 / 3], [333_333_333, 666_666_667], 1e9),
        ([3e13, 1e13], [3_000_000_000, 1_000_000_000], 1e-4),
        ([0.0, 0.0], [0, 0], 1.0),
    ],
)
def test_loads_are_whole_and_exact_where_they_can_be(amounts: list[float], loads: list[int], factor: float) -> None:
    """Rounding must not move a load across a limit."""
    got, per_amount = integer_loads(np.array(amounts))
    assert (got.tolist(), per_amount) == (loads, pytest.approx(factor))


def test_targets_follow_capacity_or_equal_shares_or_a_column(tmp_path: Path) -> None:
    """The three ways to say what is fair."""
    files = {"reps.csv": CAPACITIES}
    assert case_of(tmp_path, measures(), files).problem.target[0].tolist() == [25, 75]
    assert case_of(tmp_path, measures(target="equal"), files).problem.target[0].tolist() == [50, 50]
    assert case_of(tmp_path, measures(target="quota"), files).problem.target[0].tolist() == [30, 70]


def test_bands_are_rounded_inwards_but_keep_exact_ends(tmp_path: Path) -> None:
    """A load at the very end of the band is inside, one unit beyond is not."""
    limit = case_of(tmp_path, measures(tolerance=0.1)).problem.limits[0]
    assert (limit.low.tolist(), limit.high.tolist()) == ([45, 45], [55, 55])
    limit = case_of(tmp_path, measures(tolerance=0.15)).problem.limits[0]
    assert (limit.low.tolist(), limit.high.tolist()) == ([43, 43], [57, 57])


def test_min_max_and_hours_are_limits_in_the_customers_units(tmp_path: Path) -> None:
    """Each absolute limit reaches the solver under its own name."""
    reps = "id,lat,lon,hours\nR1,50,10,70\nR2,50,10.3,\n"
    changes = measures(min=20, max=90) | {"limits": {"hours": "hard"}}
    case = case_of(tmp_path, changes, {"reps.csv": reps, "units.csv": UNITS.replace(",10,100", ",10.5,100")})
    limits = {limit.rule: (limit.low.tolist(), limit.high.tolist()) for limit in case.problem.limits}
    assert case.problem.load_per_amount[0] == 10
    assert limits == {"min": ([200, 200], [1005, 1005]), "max": ([0, 0], [900, 900]), "hours": ([0, 0], [700, 1005])}
    assert the(case.findings, "hours-missing").message.startswith("R2 ")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("-10", "negative-value"),
        ("", "missing-value"),
        ("nan", "not-finite"),
        ("1e999", "not-finite"),
        ("ten", "invalid-number"),
        ("1e308", "total-out-of-range"),
    ],
)
def test_impossible_amounts_are_errors_with_their_row(tmp_path: Path, cell: str, code: str) -> None:
    """No measure is guessed or dropped."""
    finding = the(found(tmp_path, None, {"units.csv": UNITS.replace("10.1,20,", f"10.1,{cell},")}), code)
    assert (finding.level, finding.row, finding.field) == (Level.ERROR, 2, "hours")


def test_an_unknown_measure_column_names_the_nearest(tmp_path: Path) -> None:
    """A misspelt column costs seconds, not a search."""
    finding = the(found(tmp_path, measures(column="hour")), "unknown-column")
    assert (finding.field, finding.value) == ("measures.workload.column", "hour")
    assert "hours" in finding.hint


def test_a_measure_of_zeros_is_told(tmp_path: Path) -> None:
    """It can be solved, but nothing is balanced by it."""
    rows = UNITS.replace(",10,100", ",0,100").replace(",20,", ",0,").replace(",30,", ",0,").replace(",40,", ",0,")
    assert the(found(tmp_path, None, {"units.csv": rows}), "zero-total").level is Level.WARNING


def test_free_territories_have_no_targets_of_reps(tmp_path: Path) -> None:
    """A quota belongs to a person."""
    changes = measures(target="quota") | {"reps": {"count": 2}}
    assert the(found(tmp_path, changes), "target-without-reps").field == "measures.workload.target"


def test_an_unknown_target_column_is_an_error(tmp_path: Path) -> None:
    """Targets come from a column that exists."""
    finding = the(found(tmp_path, measures(target="quotas"), {"reps.csv": CAPACITIES}), "unknown-column")
    assert finding.field == "measures.workload.target"
    assert "quota" in finding.hint


@pytest.mark.parametrize("number", ["1e308", "1e-308"])
def test_extreme_numbers_reach_no_arithmetic(tmp_path: Path, number: str) -> None:
    """Weights and capacities of any size are relative; nothing overflows."""
    reps = f"id,lat,lon,capacity,x,y\nR1,50,10,{number},1,1\nR2,50,10.3,1,1,1\n"
    changes = measures(tolerance=1e308, max=1e308) | {"skills": [{"column": "kind", "weight": float(number)}]}
    problem = case_of(tmp_path, changes, {"reps.csv": reps}).problem
    assert problem.target.sum(axis=1).tolist() == pytest.approx([100, 1000])
    assert (problem.fit == 1).all()


def test_hours_of_free_territories_cap_nothing(tmp_path: Path) -> None:
    """The planner learns that the limit is idle."""
    changes = {"limits": {"hours": "hard"}, "reps": {"count": 2}}
    assert the(found(tmp_path, changes), "hours-without-reps").level is Level.WARNING
