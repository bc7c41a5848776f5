"""The list of reps, from any table with any headers."""

from datetime import date
from pathlib import Path

import pytest

from geodata.findings import Finding, Level
from scenarios.case import Rep
from scenarios.document.scenario import Reps
from scenarios.team.reps import read_reps


def reps_of(
    folder: Path, content: str, columns: dict[str, str] | None = None
) -> tuple[tuple[Rep, ...], tuple[Finding, ...]]:
    """Write a list of reps and read it, with the skills SMB and Health Care."""
    (folder / "reps.csv").write_text(content, encoding="utf-8")
    reps = Reps(file="reps.csv", columns=columns or {})
    return read_reps(reps, folder, ["SMB", "Health Care"], ["quota"])


def test_a_full_row(tmp_path: Path) -> None:
    """Every field of the contract arrives, and each skill that has a column."""
    header = "id,name,lat,lon,capacity,hours,status,territory,manager,region,cost,start,end,crm_user_id,email,SMB,quota"
    row = "007,Ann,31.5,-97.25,0.5,1600,Vacant,T1,Bo,South,90000,2027-01-01,2027-12-31,005x,a@b.c,0.8,5"
    people, findings = reps_of(tmp_path, f"{header}\n{row}\n")
    assert people == (
        Rep(
            id="007",
            name="Ann",
            lat=31.5,
            lon=-97.25,
            capacity=0.5,
            hours=1600.0,
            status="vacant",
            territory="T1",
            manager="Bo",
            region="South",
            cost=90000.0,
            start=date(2027, 1, 1),
            end=date(2027, 12, 31),
            crm_user_id="005x",
            email="a@b.c",
            skills={"SMB": 0.8},
        ),
    )
    assert findings == ()


def test_only_an_id_is_needed(tmp_path: Path) -> None:
    """Everything else has the contract's defaults; the id stands for a missing name."""
    people, findings = reps_of(tmp_path, "id\nR1\n")
    rep = people[0]
    assert (rep.name, rep.lat, rep.lon, rep.capacity, rep.hours, rep.status) == ("R1", None, None, 1.0, None, "active")
    assert (rep.start, rep.skills, findings) == (None, {}, ())


def test_headers_are_mapped_or_guessed(tmp_path: Path) -> None:
    """`columns` decides; likely headers are taken with a note; columns that nothing uses are named."""
    content = "Employee No,Full Name,Latitude,LON,capcity,healthcare,car\n1,Ann,31,-97,2,0.5,blue\n"
    people, findings = reps_of(tmp_path, content, {"id": "Employee No"})
    rep = people[0]
    assert (rep.id, rep.name, rep.lat, rep.lon, rep.capacity) == ("1", "Ann", 31.0, -97.0, 2.0)
    assert rep.skills == {"Health Care": 0.5}
    assert [(finding.code, finding.level) for finding in findings] == [("guessed-column", Level.NOTE)] * 4 + [
        ("unused-column", Level.NOTE)
    ]
    assert findings[-1].value == "car"


@pytest.mark.parametrize(
    ("columns", "code", "field"),
    [
        ({"idd": "id"}, "unknown-field", "reps.columns.idd"),
        ({"name": "Nam"}, "unknown-column", "reps.columns.name"),
    ],
)
def test_a_wrong_mapping_is_an_error(tmp_path: Path, columns: dict[str, str], code: str, field: str) -> None:
    """A mapping to a field or header that does not exist is refused, with the nearest one."""
    people, findings = reps_of(tmp_path, "id,name\n1,a\n", columns)
    assert people == ()
    assert [(finding.code, finding.field) for finding in findings] == [(code, field)]
    assert findings[0].hint in ("Maybe id.", "Maybe name.")


def test_a_list_without_ids_is_an_error(tmp_path: Path) -> None:
    """Without an id column no rep can be named."""
    _, findings = reps_of(tmp_path, "car\nblue\n")
    assert [finding.code for finding in findings if finding.level is Level.ERROR] == ["unknown-column"]


@pytest.mark.parametrize(
    ("row", "code", "level", "field"),
    [
        (",31,-97,,,,,", "missing-id", Level.ERROR, "id"),
        ("a,31,-97,,,,,", "duplicate-id", Level.ERROR, "id"),
        ("12.0,31,-97,,,,,", "decimal-id", Level.WARNING, "id"),
        ("b,-97,31,,,,,", "swapped-coordinates", Level.ERROR, "lat"),
        ("b,970,31,,,,,", "out-of-range", Level.ERROR, "lat"),
        ("b,31,-970,,,,,", "out-of-range", Level.ERROR, "lon"),
        ("b,31,,,,,,", "missing-value", Level.ERROR, "lon"),
        ("b,0,0,,,,,", "zero-coordinates", Level.WARNING, "lat"),
        ("b,x,-97,,,,,", "invalid-number", Level.ERROR, "lat"),
        ("b,31,-97,0,,,,", "out-of-range", Level.ERROR, "capacity"),
        ("b,31,-97,-1,,,,", "negative-value", Level.ERROR, "capacity"),
        ("b,31,-97,inf,,,,", "not-finite", Level.ERROR, "capacity"),
        ("b,31,-97,,activ,,,", "invalid-value", Level.ERROR, "status"),
        ("b,31,-97,,,31.12.2027,,", "invalid-date", Level.ERROR, "end"),
        ("b,31,-97,,,,1.5,", "out-of-range", Level.ERROR, "SMB"),
        ("b,31,-97,,,,yes,", "invalid-number", Level.ERROR, "SMB"),
        ("b,31,-97,,,,,T1", "duplicate-territory", Level.ERROR, "territory"),
    ],
)
def test_every_bad_cell_is_a_finding(tmp_path: Path, row: str, code: str, level: Level, field: str) -> None:
    """What a rep cannot have is said with its row and column, and with what to do."""
    content = f"id,lat,lon,capacity,status,end,SMB,territory\na,31,-97,1,active,,1,T1\n{row}\n"
    _, findings = reps_of(tmp_path, content)
    assert [(finding.level, finding.field) for finding in findings if (finding.code, finding.row) == (code, 2)] == [
        (level, field)
    ]
    assert all(finding.hint.startswith("Maybe") for finding in findings if finding.level is not Level.NOTE)


def test_no_file_means_nobody(tmp_path: Path) -> None:
    """`count` alone has no list; a list that cannot be read has no reps."""
    assert read_reps(Reps(count=3), tmp_path, []) == ((), ())
    people, findings = read_reps(Reps(file="reps.csv"), tmp_path, [])
    assert people == ()
    assert [finding.code for finding in findings] == ["missing-file"]
