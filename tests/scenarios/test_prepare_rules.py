"""Rules on single units: resolved, and contradictions found."""

from pathlib import Path
from typing import Any

import pytest

from geodata.findings import Level
from tests.scenarios.tiny_study import UNITS, case_of, found, the

LOCK_A1 = {"unit": "A", "rep": "R1"}


def test_rules_reach_the_problem(tmp_path: Path) -> None:
    """Ids and column values end at the right units and seats."""
    rules = {
        "lock": [{"unit": "A", "rep": "R1", "reason": "old friends"}],
        "forbid": [{"where": {"kind": "y"}, "rep": "R1"}],
        "together": [{"units": ["B", "C"]}, {"units": ["C", "D"]}],
        "apart": [{"units": ["A", "D"]}],
    }
    case = case_of(tmp_path, {"rules": rules})
    assert case.problem.locked.tolist() == [0, -1, -1, -1]
    assert case.problem.forbidden.tolist() == [[2, 0], [3, 0]]
    assert [group.tolist() for group in case.problem.together] == [[1, 2, 3]]
    assert [group.tolist() for group in case.problem.apart] == [[0, 3]]
    assert list(case.units["reason"]) == ["old friends", "", "", ""]


def test_where_looks_at_customers_columns_and_ours(tmp_path: Path) -> None:
    """All values must hold; today's owner and the name are columns too."""
    lock = [{"where": {"current": "R2", "name": "Dale"}, "rep": "R2"}]
    assert case_of(tmp_path, {"rules": {"lock": lock}}).problem.locked.tolist() == [-1, -1, -1, 1]


def test_equal_values_of_a_column_stay_together(tmp_path: Path) -> None:
    """Blank cells are no family."""
    rows = UNITS.replace("10,100,x", "10,100,").replace("20,200,x", "20,200,")
    case = case_of(tmp_path, {"rules": {"together": {"column": "kind"}}}, {"units.csv": rows})
    assert [group.tolist() for group in case.problem.together] == [[2, 3]]


def test_a_geography_stands_for_all_its_units(tmp_path: Path) -> None:
    """A rule need not list segments."""
    rows = "id,market,lat,lon,hours,revenue\nA,s,50,10,1,1\nA,b,50,10,1,1\nB,s,50,10.1,1,1\n"
    units = {"file": "units.csv", "id": "id", "segment": "market"}
    case = case_of(tmp_path, {"units": units, "rules": {"lock": [LOCK_A1]}}, {"units.csv": rows})
    assert case.problem.locked.tolist() == [0, 0, -1]


@pytest.mark.parametrize(
    ("rules", "code", "value"),
    [
        ({"lock": [{"unit": "E", "rep": "R1"}]}, "unknown-unit", "E"),
        ({"forbid": [{"unit": "A", "rep": "R9"}]}, "unknown-rep", "R9"),
        ({"lock": [{"unit": "A", "rep": "R3"}]}, "leaving-rep", "R3"),
        ({"lock": [{"where": {"kinds": "x"}, "rep": "R1"}]}, "unknown-column", "kinds"),
        ({"lock": [{"where": {"kind": "z"}, "rep": "R1"}]}, "unknown-value", "z"),
        ({"together": [{"column": "family"}]}, "unknown-column", "family"),
        ({"lock": [LOCK_A1, {"unit": "A", "rep": "R2"}]}, "lock-conflict", "A"),
        ({"lock": [LOCK_A1], "forbid": [LOCK_A1]}, "lock-forbid", "A"),
        ({"together": [{"units": ["A", "B"]}], "apart": [{"units": ["A", "B"]}]}, "together-apart", "A"),
        ({"together": [{"units": ["A", "B"]}], "lock": [LOCK_A1, {"unit": "B", "rep": "R2"}]}, "together-locks", "B"),
        ({"apart": [{"units": ["A", "B"]}], "lock": [LOCK_A1, {"unit": "B", "rep": "R1"}]}, "apart-locks", "A"),
        (
            {"together": [{"units": ["A", "B"]}], "lock": [LOCK_A1], "forbid": [{"unit": "B", "rep": "R1"}]},
            "lock-forbid",
            "A",
        ),
    ],
)
def test_rules_that_cannot_be_understood_are_errors(
    tmp_path: Path, rules: dict[str, Any], code: str, value: str
) -> None:
    """Unknown names and contradictions stop the study, each at its rule."""
    reps = "id,lat,lon,status\nR1,50,10,\nR2,50,10.3,\nR3,,,leaving\n"
    finding = the(found(tmp_path, {"rules": rules}, {"reps.csv": reps}), code)
    assert (finding.level, finding.value) == (Level.ERROR, value)
    assert finding.field.startswith("rules.")
    assert finding.hint.startswith("Maybe")


def test_a_forbid_for_a_leaver_holds_anyway(tmp_path: Path) -> None:
    """Leavers get nothing, so the rule is no trouble."""
    reps = "id,lat,lon,status\nR1,50,10,\nR2,50,10.3,\nR3,,,leaving\n"
    case = case_of(tmp_path, {"rules": {"forbid": [{"unit": "A", "rep": "R3"}]}}, {"reps.csv": reps})
    assert len(case.problem.forbidden) == 0


def test_rules_for_reps_need_seats_of_reps(tmp_path: Path) -> None:
    """Free territories are nobody's until they are matched."""
    changes = {"reps": {"file": "reps.csv", "count": 2}, "rules": {"lock": [LOCK_A1]}}
    assert the(found(tmp_path, changes), "rule-needs-seat").level is Level.ERROR


@pytest.mark.parametrize(
    "rules",
    [
        {"lock": [{"where": {"kind": "x", "owner": "R2"}, "rep": "R1"}]},
        {"apart": [{"units": ["A", "A"]}]},
    ],
)
def test_idle_rules_are_warnings(tmp_path: Path, rules: dict[str, Any]) -> None:
    """A rule that does nothing is probably not what was meant."""
    assert the(found(tmp_path, {"rules": rules}), "rule-without-units").level is Level.WARNING


def test_rules_from_files_name_their_row(tmp_path: Path) -> None:
    """A long list of locks is mended row by row."""
    locks = "unit,rep,reason\nA,R1,ok\nE,R1,typo\n"
    finding = the(found(tmp_path, {"rules": {"lock": "locks.csv"}}, {"locks.csv": locks}), "unknown-unit")
    assert (finding.file, finding.row) == ("locks.csv", 2)
