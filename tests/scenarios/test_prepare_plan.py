"""Plans read from files."""

from pathlib import Path

import pytest

from geodata.findings import Finding, InputError, Level
from optimizer.problem import NOBODY
from scenarios.case import Case
from scenarios.prepare.plan import read_earlier, read_plan
from tests.scenarios.tiny_study import UNITS, case_of, the

SPLIT = {"limits": {"oversize": "split"}, "measures": {"workload": {"column": "hours", "tolerance": 0.1}}}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return the tiny case; R1's territory is WEST, R3 is leaving."""
    reps = "id,lat,lon,territory,status\nR1,50,10,WEST,\nR2,50,10.3,,\nR3,,,,leaving\n"
    return case_of(tmp_path, None, {"reps.csv": reps})


def owners(case: Case, folder: Path, text: str) -> tuple[list[int], tuple[Finding, ...]]:
    (folder / "plan.csv").write_text(text, encoding="utf-8")
    plan, findings = read_plan(folder / "plan.csv", case)
    return plan.owner.tolist(), findings


def test_a_plan_by_rep(case: Case, tmp_path: Path) -> None:
    """Two columns are enough, in any order of rows."""
    assert owners(case, tmp_path, "unit,rep\nD,R2\nA,R1\nB,R1\nC,R2\n") == ([0, 0, 1, 1], ())


def test_a_plan_by_territory(case: Case, tmp_path: Path) -> None:
    """Seats have codes of their own."""
    assert owners(case, tmp_path, "unit,territory\nA,WEST\nB,WEST\nC,R2\nD,R2\n")[0] == [0, 0, 1, 1]


def test_a_changed_rep_beside_its_old_territory_counts(case: Case, tmp_path: Path) -> None:
    """People edit one column of our file; the rep decides, and that is said."""
    got, findings = owners(case, tmp_path, "unit,territory,rep\nA,WEST,R1\nB,WEST,R2\nC,R2,R2\nD,R2,R2\n")
    assert got == [0, 1, 1, 1]
    assert (the(findings, "plan-disagrees").level, the(findings, "plan-disagrees").row) == (Level.WARNING, 2)


def test_units_left_out_have_nobody(case: Case, tmp_path: Path) -> None:
    """An unfinished plan can be judged; the gap is named."""
    got, findings = owners(case, tmp_path, "unit,rep\nA,R1\nB,\n")
    assert got == [0, NOBODY, NOBODY, NOBODY]
    assert the(findings, "unassigned-unit").message.startswith("3 units")


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("unit,rep\nA,R1\nE,R1\n", "unknown-unit", 2),
        ("unit,rep\nA,R9\n", "unknown-rep", 1),
        ("unit,rep\nA,R3\n", "leaving-rep", 1),
        ("unit,territory\nA,EAST\n", "unknown-territory", 1),
        ("unit,rep\nA,R1\nA,R2\n", "duplicate-unit", 2),
        ("unit,rep\nA,R1\nA,R1\n", "duplicate-unit", 2),
        ("unit,rep,share\nA,R1,1.5\n", "shares-above-one", 1),
        ("units,rep\nA,R1\n", "unknown-column", None),
        ("unit,owner\nA,R1\n", "unknown-column", None),
    ],
)
def test_what_a_plan_cannot_mean(case: Case, tmp_path: Path, text: str, code: str, row: int | None) -> None:
    """Every wrong row is an error at its place."""
    with pytest.raises(InputError) as raised:
        owners(case, tmp_path, text)
    finding = the(raised.value.findings, code)
    assert (finding.level, finding.row) == (Level.ERROR, row)


def test_shares_of_a_split_unit_are_laid_onto_its_parts(tmp_path: Path) -> None:
    """A split unit has a row for each rep; odd shares are rounded to parts and that is said."""
    case = case_of(tmp_path, SPLIT, {"units.csv": UNITS.replace("10.2,30,300", "10.2,430,300")})
    got, findings = owners(case, tmp_path, "unit,rep,share\nA,R1,1\nB,R1,1\nC,R1,0.5\nC,R2,0.5\nD,R2,1\n")
    assert (got, findings) == ([0, 0, *[0] * 4, *[1] * 4, 1], ())
    got, findings = owners(case, tmp_path, "unit,rep,share\nA,R1,1\nB,R1,1\nC,R1,0.3\nC,R2,0.7\nD,R2,1\n")
    assert got[2:10] == [0, 0, 1, 1, 1, 1, 1, 1]
    assert the(findings, "share-rounded").value == "0.7"


NARROW = "unit,rep,share\nA,R1,1\nB,R1,1\nC,R1,0.625\nC,R2,0.375\nD,R2,1\n"
"""A plan of the split case: 10 + 20 + 0.625 x 430 = 298.75 hours for R1 and 201.25 for R2, of 500."""


@pytest.mark.parametrize(
    ("oversize", "says", "helps"),
    [
        ("split", "limits.oversize: split divides only what is too heavy", "tighten the tolerance"),
        ("refuse", "limits.oversize: refuse keeps every unit whole", "set limits.oversize to split or share"),
    ],
)
def test_a_divided_unit_that_is_whole_now(tmp_path: Path, oversize: str, says: str, helps: str) -> None:
    """With a band of 80 % a territory may hold 450 of 500 hours, so C (430) is whole: no verdict, but a start."""
    wider = {"measures": {"workload": {"column": "hours", "tolerance": 0.8}}, "limits": {"oversize": oversize}}
    case = case_of(tmp_path, wider, {"units.csv": UNITS.replace("10.2,30,300", "10.2,430,300")})
    with pytest.raises(InputError) as raised:
        owners(case, tmp_path, NARROW)
    finding = the(raised.value.findings, "divided-unit")
    assert (finding.level, finding.row, finding.value) == (Level.ERROR, 3, "C")
    assert f"Corfe (C) between R1 (0.625) and R2 (0.375), but {says}" in finding.message
    assert finding.hint.startswith("Maybe write one row that gives it to R1, or ") and helps in finding.hint
    plan, findings = read_earlier(tmp_path / "plan.csv", case)
    assert plan.owner.tolist() == [0, 0, 0, 1]
    assert [(found.code, found.level) for found in findings] == [("divided-unit", Level.NOTE)]


def test_shares_of_one_rep_are_that_rep_s(case: Case, tmp_path: Path) -> None:
    """A unit whose shares all came to one rep is that rep's, whole or split."""
    text = "unit,rep,share\nA,R1,1\nB,R1,0.5\nB,R1,0.5\nC,R2,0.25\nC,R2,0.75\nD,R2,1\n"
    assert owners(case, tmp_path, text) == ([0, 0, 1, 1], ())
    split = case_of(tmp_path, SPLIT, {"units.csv": UNITS.replace("10.2,30,300", "10.2,430,300")})
    assert owners(split, tmp_path, text) == ([0, 0, *[1] * 8, 1], ())


def test_a_divided_unit_starts_with_a_rep_who_is_there(case: Case, tmp_path: Path) -> None:
    """The largest share is that of a rep who is gone: of those who stay, the one with most of it starts."""
    text = "unit,rep,share\nA,R1,1\nB,R9,0.6\nB,R2,0.3\nB,R1,0.1\nC,R2,1\nD,R2,1\n"
    (tmp_path / "plan.csv").write_text(text, encoding="utf-8")
    assert read_earlier(tmp_path / "plan.csv", case)[0].owner.tolist() == [0, 1, 1, 1]


def test_free_territories_are_named_by_code(tmp_path: Path) -> None:
    """Before anybody is matched, the territory says where a unit belongs, whoever stands beside it."""
    case = case_of(tmp_path, {"reps": {"count": 2, "file": "reps.csv"}})
    assert owners(case, tmp_path, "unit,territory,rep\nA,T001,R2\nB,T001,\nC,T002,R1\nD,T002,\n")[0] == [0, 0, 1, 1]


def test_an_earlier_plan_may_be_outdated(case: Case, tmp_path: Path) -> None:
    """Starting from last year's plan works after a rep left, was replaced, or a unit went; each is a warning."""
    text = "unit,territory,rep\nA,WEST,R9\nB,EAST,R9\nC,R3,R3\nD,R2,R2\nE,R2,R2\n"
    (tmp_path / "plan.csv").write_text(text, encoding="utf-8")
    plan, findings = read_earlier(tmp_path / "plan.csv", case)
    assert plan.owner.tolist() == [0, NOBODY, NOBODY, 1]
    assert {finding.code for finding in findings} >= {"unknown-rep", "leaving-rep", "unknown-unit"}
    assert {finding.level for finding in findings} == {Level.WARNING}


def test_formula_marks_are_taken_off_again(tmp_path: Path) -> None:
    """An id that a spreadsheet would run is marked in plan.csv and still found when it comes back."""
    case = case_of(tmp_path, None, {"units.csv": UNITS.replace("\nA,", "\n=A,")})
    assert owners(case, tmp_path, "unit,rep\n'=A,R1\nB,R1\nC,R2\nD,R2\n")[0] == [0, 0, 1, 1]
