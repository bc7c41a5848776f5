"""Warnings on whether a good plan can exist."""

from pathlib import Path
from typing import Any

import pytest

from geodata.findings import Level
from tests.scenarios.tiny_study import REPS, UNITS, case_of, map_case, the


def measures(workload: dict[str, Any] | None = None, potential: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "workload": {"column": "hours", **(workload or {})},
        "potential": {"column": "revenue", **(potential or {})},
    }


@pytest.mark.parametrize(
    ("changes", "code", "value"),
    [
        ({"reps": {"count": 5}}, "too-many-territories", ""),
        ({"measures": measures({"min": 60})}, "total-outside-limits", ""),
        ({"measures": measures({"max": 40})}, "total-outside-limits", ""),
        ({"measures": measures({"tolerance": 0.1, "max": 40})}, "limits-cross", ""),
        ({"measures": measures({"tolerance": 0.05, "target": "equal"}), "reps": {"count": 3}}, "limits-too-narrow", ""),
        ({"limits": {"max_distance_km": 7}}, "unserved-unit", "B"),
        ({"limits": {"max_distance_km": 8}, "measures": measures({"min": 40})}, "short-reach", "R1"),
        ({"rules": {"lock": [{"unit": "D", "rep": "R1"}]}, "limits": {"max_distance_km": 8}}, "lock-unreachable", "D"),
        (
            {"rules": {"together": [{"units": ["B", "D"]}]}, "measures": measures({"max": 55})},
            "heavy-group",
            "B",
        ),
        ({"rules": {"apart": [{"units": ["A", "B", "C"]}]}}, "wide-group", "A"),
    ],
)
def test_what_cannot_work_is_told_before_the_solve(
    tmp_path: Path, changes: dict[str, Any], code: str, value: str
) -> None:
    """A warning, since solving still finds the nearest plan; with a remedy."""
    finding = the(case_of(tmp_path, changes).findings, code)
    assert (finding.level, finding.value) == (Level.WARNING, value)
    assert finding.hint.startswith("Maybe")


def test_a_sound_scenario_has_no_warnings(tmp_path: Path) -> None:
    """Warnings that are always there are never read."""
    changes = {
        "measures": measures({"tolerance": 0.3}, {"tolerance": 0.3}),
        "limits": {"max_distance_km": 25, "home": "inside", "disruption": {"units": 0.5}},
        "rules": {"lock": [{"unit": "A", "rep": "R1"}], "together": [{"units": ["A", "B"]}]},
    }
    assert case_of(tmp_path, changes).findings == ()


def test_too_few_hours_for_the_workload(tmp_path: Path) -> None:
    """The arithmetic a leader asks for first."""
    reps = REPS.replace("lon\n", "lon,hours\n").replace("10.0\n", "10.0,40\n").replace("10.3\n", "10.3,50\n")
    case = case_of(tmp_path, {"limits": {"hours": "hard"}}, {"reps.csv": reps})
    assert "90 hours for a workload of 100" in the(case.findings, "hours-below-workload").message


def test_reps_whose_units_have_the_wrong_mix(tmp_path: Path) -> None:
    """Where workload and potential lie apart, no mix within reach meets both bands."""
    rows = UNITS.replace("10,100,x", "40,150,x").replace("20,200,x", "40,150,x")
    changes = {"measures": measures({"min": 39, "max": 41}, {"min": 200}), "limits": {"max_distance_km": 8}}
    assert the(case_of(tmp_path, changes, {"units.csv": rows}).findings, "ratio-window").value == "R1"


def test_skills_that_leave_a_unit_to_nobody(tmp_path: Path) -> None:
    """A market without a licensed rep is named."""
    reps = "id,lat,lon,x,y\nR1,50,10,1,0\nR2,50,10.3,1,0\n"
    case = case_of(tmp_path, {"skills": [{"column": "kind", "required": True}]}, {"reps.csv": reps})
    assert the(case.findings, "unserved-unit").value == "C"


def test_a_lock_against_a_skill_is_told(tmp_path: Path) -> None:
    """The lock wins nothing that the licence forbids."""
    reps = "id,lat,lon,x,y\nR1,50,10,1,0\nR2,50,10.3,1,1\n"
    changes = {
        "skills": [{"column": "kind", "required": True}],
        "rules": {"lock": [{"unit": "D", "rep": "R1"}]},
    }
    finding = the(case_of(tmp_path, changes, {"reps.csv": reps}).findings, "lock-unreachable")
    assert "skill" in finding.message


def test_an_island_too_light_for_a_territory(tmp_path: Path) -> None:
    """Contiguous territories can't reach it, so no whole number of them fits."""
    changes = {"measures": measures({"tolerance": 0.2})}
    finding = the(map_case(tmp_path, "ABCDE.F", changes).findings, "unfit-piece")
    assert (finding.level, finding.value) == (Level.WARNING, "F")
    assert "10 of workload" in finding.message
