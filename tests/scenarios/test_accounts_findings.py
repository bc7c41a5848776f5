"""What is wrong with an export: each thing is found at its row, and put right only where that is safe."""

from pathlib import Path
from typing import Any

import pytest

from geodata.findings import Level
from scenarios.accounts.crm_ids import bare_id, suffix
from scenarios.accounts.keys import DECIMAL, EXPONENT, PLUS_FOUR, SPELLING, ZEROS, Keys
from tests.scenarios.accounts_study import ACCOUNTS, MEASURES, POINT, amounts, changes, edited, files, unit_of
from tests.scenarios.tiny_study import case_of, found, the

LONG, SHORT = "0015000000GgUXQAA3", "0015000000GgUXQ"


@pytest.mark.parametrize(
    ("key", "known", "code"),
    [
        ("78701", "78701", ""),
        ("78701-1234", "78701", PLUS_FOUR),
        ("787011234", "78701", PLUS_FOUR),
        ("2139", "02139", ZEROS),
        ("2139-0042", "02139", ZEROS),
        ("2139.0", "02139", ZEROS),
        ("78701.0", "78701", DECIMAL),
        ("sw1a1aa", "SW1A 1AA", SPELLING),
        ("1", "", ""),
        ("99999", "", ""),
        ("7.87E+04", "", ""),
        ("1.20E+05", "12E4", EXPONENT),
    ],
)
def test_damaged_keys_are_recognised(key: str, known: str, code: str) -> None:
    """What spreadsheets and mail programs do to keys is undone only where one known id can be meant."""
    assert Keys(["78701", "02139", "SW1A 1AA", "01", "001", "12E4"]).find(key) == (known, code)


def test_recognised_keys_are_told_with_their_rows(tmp_path: Path) -> None:
    """The planner sees how many keys were taken for another, and where."""
    text = ACCOUNTS.replace(",A,10", ",01001,10").replace(",A,5", ",1001,5").replace(",B,20", ",01003-1234,20")
    given = files(text.replace(",B,1,", ",01003,1,"))
    given["map.geojson"] = given["map.geojson"].replace('"A"', '"01001"').replace('"B"', '"01003"')
    case = case_of(tmp_path, changes(), given)
    assert list(unit_of(case).values()) == ["01001", "01001", "01003", "01003"]
    zeros, longer = the(case.findings, "key-zeros"), the(case.findings, "key-plus-four")
    assert (zeros.level, zeros.row, zeros.value) == (Level.WARNING, 2, "1001")
    assert (longer.level, longer.row, longer.value) == (Level.NOTE, 3, "01003-1234")


def test_ids_of_15_and_18_characters_are_the_same() -> None:
    """The suffix tells the case of the others; an id with a wrong one is another id."""
    assert suffix(SHORT) == "AA3"
    assert bare_id(LONG) == bare_id(SHORT) == SHORT
    assert bare_id("0015000000GgUXQAA4") == "0015000000GgUXQAA4"
    assert bare_id("0015000000ggUXQ") != SHORT
    assert bare_id("R1") == "R1"


def test_owners_and_parents_match_by_either_id(tmp_path: Path) -> None:
    """An export may name a rep or a parent by the short id and the list by the long one."""
    text = (
        ACCOUNTS.replace("a1,One", f"{LONG},One").replace(",a1,B", f",{SHORT},B").replace(",R1,", ",0055000000AbCdE,")
    )
    reps = f"id,lat,lon,crm_user_id\nR1,50,10,0055000000AbCdE{suffix('0055000000AbCdE')}\nR2,50,10.3,\n"
    rules = {"together": {"column": "parent"}}
    case = case_of(tmp_path, changes({"parent": "Parent"}, rules=rules), files(text) | {"reps.csv": reps})
    assert case.accounts is not None
    assert case.accounts["account"].tolist()[0] == LONG
    assert case.accounts["owner"].tolist() == ["R1", "R2", "R2", ""]
    assert [group.tolist() for group in case.problem.together] == [[0, 1]]
    assert the(case.findings, "owner-id").row == 1


def test_a_row_that_stands_there_twice_counts_once(tmp_path: Path) -> None:
    """Exports overlap; the same row again changes no sum."""
    again = ACCOUNTS + ACCOUNTS.splitlines()[1] + "\n"
    case = case_of(tmp_path, changes(), files(again))
    assert amounts(case)["A"] == [15.0, 300.3, 2.0]
    assert (the(case.findings, "repeated-account").level, the(case.findings, "repeated-account").row) == (
        Level.WARNING,
        5,
    )


def test_two_accounts_of_one_id_are_an_error(tmp_path: Path) -> None:
    """Nobody knows which of two different rows is right, also where one has the long id."""
    text = ACCOUNTS.replace("a1,One", f"{LONG},One").replace("a2,Two", f"{SHORT},Two")
    finding = the(found(tmp_path, changes(), files(text)), "duplicate-id")
    assert (finding.level, finding.row, finding.value) == (Level.ERROR, 2, SHORT)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("100.10", "-100.10", ("negative-value", Level.WARNING, 1)),
        ("200.20", "", ("blank-amount", Level.WARNING, 2)),
        ("200.20", "n/a", ("invalid-number", Level.ERROR, 2)),
        ("a2,Two", ",Two", ("missing-id", Level.ERROR, 2)),
        ("a2,Two", "1.2E+05,Two", ("exponent-id", Level.WARNING, 2)),
        ("One,R1", "One,R7", ("unknown-owner", Level.WARNING, 1)),
        ("R2,a1,B", "R2,zz,B", ("unknown-parent", Level.WARNING, 3)),
    ],
)
def test_dirty_cells_are_found(tmp_path: Path, old: str, new: str, expected: tuple[str, Level, int]) -> None:
    """Each comes with its row, and only what can't be understood stops the planner."""
    findings = found(tmp_path, changes({"parent": "Parent"}), edited(old, new))
    assert expected in [(finding.code, finding.level, finding.row) for finding in findings]


def test_negative_and_blank_amounts_count_nothing(tmp_path: Path) -> None:
    """What the warning says is what happens."""
    assert amounts(case_of(tmp_path, changes(), edited("100.10", "-100.10")))["A"] == [15.0, 200.2, 2.0]


@pytest.mark.parametrize(
    ("old", "new", "code", "unit"),
    [
        ("50.05,10.05", "10.05,50.05", "swapped-coordinates", "A"),
        ("50.05,10.05", "110.05,50.05", "swapped-coordinates", ""),
        ("50.05,10.05", "5005,10.05", "out-of-range", ""),
        ("50.05,10.05", "0,0", "zero-coordinates", ""),
        ("50.05,10.05", "50.05,", "missing-value", ""),
        ("50.05,10.05", "north,10.05", "invalid-number", ""),
        ("50.05,10.05", "50.11,10.05", "coast-account", "A"),
    ],
)
def test_doubtful_places_are_found(tmp_path: Path, old: str, new: str, code: str, unit: str) -> None:
    """A place is put right where only one reading lies in a unit; else the account has none, and is listed."""
    section = {"geography": POINT, "unmatched": "unassigned"}
    case = case_of(tmp_path, changes(section), edited(old, new))
    assert the(case.findings, code).row == 1 and the(case.findings, code).level is not Level.ERROR
    assert unit_of(case)["a1"] == unit
    assert [f.row for f in case.findings if f.code == "unmatched-account"] == ([] if unit else [1])


@pytest.mark.parametrize(
    ("unmatched", "unit", "level"),
    [("error", None, Level.ERROR), ("nearest", "C", Level.WARNING), ("unassigned", "", Level.WARNING)],
)
def test_accounts_without_a_unit_go_by_the_policy(
    tmp_path: Path, unmatched: str, unit: str | None, level: Level
) -> None:
    """Refused, brought to the nearest or left to nobody: each is listed with its row."""
    section = {"geography": POINT, "unmatched": unmatched}
    given = edited("50.05,10.16", "50.05,11.3")
    finding = the(found(tmp_path, changes(section), given), "unmatched-account")
    assert (finding.level, finding.row) == (level, 4)
    if unit is not None:
        assert unit_of(case_of(tmp_path, changes(section), given))["a4"] == unit


def test_without_a_place_nothing_is_nearest(tmp_path: Path) -> None:
    """`nearest` never invents a place."""
    findings = found(tmp_path, changes({"geography": POINT, "unmatched": "nearest"}), edited("50.05,10.16", ","))
    assert the(findings, "unmatched-account").level is Level.ERROR


def test_an_unknown_key_is_offered_the_likely_one(tmp_path: Path) -> None:
    """A typing error in a key is an error with a hint; its row and value are told."""
    given = edited(",B,20", ",BB,20")
    finding = the(found(tmp_path, changes(), given), "unmatched-account")
    assert (finding.row, finding.value, finding.hint) == (3, "BB", 'Maybe "B".')


def test_nearest_uses_the_usual_columns_of_a_place(tmp_path: Path) -> None:
    """An unknown key with latitude and longitude beside it still finds its nearest unit, and that is said."""
    case = case_of(tmp_path, changes({"unmatched": "nearest"}), edited(",B,20", ",Q,20"))
    assert unit_of(case)["a3"] == "B"
    assert the(case.findings, "guessed-column").value == "Lat"


def test_accounts_without_a_segment_are_told(tmp_path: Path) -> None:
    """A blank among segments makes a unit without one, which is seldom meant."""
    case = case_of(tmp_path, changes({"segment": "Market"}), edited("200.20,big", "200.20,"))
    assert the(case.findings, "blank-segment").row == 2
    assert unit_of(case)["a2"] == "A"


def test_parents_in_a_circle_are_one_family(tmp_path: Path) -> None:
    """A loop in the hierarchy neither hangs nor splits the family."""
    given = edited("One,R1,,A", "One,R1,a3,A")
    case = case_of(tmp_path, changes({"parent": "Parent"}, rules={"together": {"column": "parent"}}), given)
    assert the(case.findings, "parent-cycle").row == 1
    assert [group.tolist() for group in case.problem.together] == [[0, 1]]


@pytest.mark.parametrize(
    ("section", "parts", "code", "field"),
    [
        ({"id": "Idd"}, {}, "unknown-column", "accounts.id"),
        ({"owner": "Own"}, {}, "unknown-column", "accounts.owner"),
        ({"geography": "Kee"}, {}, "unknown-column", "accounts.geography"),
        ({}, {"measures": MEASURES | {"workload": {"column": "Hour"}}}, "unknown-column", "measures.workload.column"),
        ({"workload": {"calls": "Calls", "call_h": "1"}}, {}, "unknown-column", "accounts.workload.calls"),
        ({"workload": {"calls": "Hours", "call_h": "long"}}, {}, "unknown-column", "accounts.workload.call_h"),
        ({"file": "none.csv"}, {}, "missing-file", ""),
    ],
)
def test_wrong_columns_are_named(
    tmp_path: Path, section: dict[str, Any], parts: dict[str, Any], code: str, field: str
) -> None:
    """A misspelt column is an error that names the field that asks for it."""
    finding = the(found(tmp_path, changes(section, **parts), files()), code)
    assert (finding.level, finding.field) == (Level.ERROR, field)


def test_a_measure_that_both_tables_have_is_an_error(tmp_path: Path) -> None:
    """Nothing is counted twice in silence."""
    given = files()
    given["map.geojson"] = given["map.geojson"].replace('"id": "A"', '"id": "A", "Revenue": 1')
    assert the(found(tmp_path, changes(), given), "ambiguous-column").field == "measures.potential.column"


def test_a_measure_of_the_map_cannot_be_divided_among_segments(tmp_path: Path) -> None:
    """A county's hours would count once for each segment."""
    given = files()
    for name in "ABC":
        given["map.geojson"] = given["map.geojson"].replace(f'"id": "{name}"', f'"id": "{name}", "time": 1')
    measures = {"workload": {"column": "time"}, "potential": {"column": "Revenue"}}
    findings = found(tmp_path, changes({"segment": "Market"}, measures=measures), given)
    assert the(findings, "undivided-measure").value == "time"


def test_a_named_account_called_like_a_unit_is_an_error(tmp_path: Path) -> None:
    """Rules and plans name units by id, so an id means one of them."""
    given = edited("a2,Two,R2,,A,5,200.20,big,", "C,Two,R2,,A,5,200.20,big,x")
    finding = the(found(tmp_path, changes({"named": "Star"}), given), "duplicate-id")
    assert (finding.file, finding.row) == ("accounts.csv", 2)


def test_accounts_without_any_place_make_no_units(tmp_path: Path) -> None:
    """An empty map is an error that says why, also where unmatched accounts are allowed."""
    text = "Id,Hours,Revenue,Lat,Lon\na1,1,1,,\na2,1,1,,\n"
    section = {"geography": POINT, "unmatched": "unassigned", "owner": None, "name": None}
    assert the(found(tmp_path, changes(section, units=None), files(text)), "no-units").level is Level.ERROR
