"""A planner's own files become a scenario that passes check."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from geodata.findings import InputError
from scenarios.case import Case
from scenarios.document.scenario import Scenario
from scenarios.init.guess import Guess, guess
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import parse, read

UNITS = [
    ("GEOID", "County", "Latitude", "Longitude", "Sales Rep", "Annual Hours", "Revenue (USD)", "Industry"),
    *(
        (f"0{i}", f"Place {i}", 30 + i // 4, -100 + i % 4, f"R{1 + i // 6}", 100 + i, 5000 - i, "ab"[i % 2])
        for i in range(12)
    ),
]
TEAM = [
    ("Employee No", "Full name", "lat", "lon", "A", "B", "email"),
    ("R1", "Ann", 30.5, -99.5, 1, 0.5, "ann@example.com"),
    ("R2", "Bo", 32.5, -97.5, 0.2, 1, "bo@example.com"),
]


def write_csv(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write rows as the only sheet of a workbook."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def write_map(path: Path) -> Path:
    """Write a square for each unit."""
    features = []
    for geoid, _, y, x, *_ in UNITS[1:]:
        ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"code": geoid}, "geometry": geometry})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def prepared(folder: Path, guessed: Guess) -> Case:
    """Write the guessed scenario and prepare it; errors would raise."""
    (folder / "scenario.yaml").write_text(guessed.text, encoding="utf-8")
    return prepare(read(folder / "scenario.yaml"))


def scenario_of(guessed: Guess) -> Scenario:
    """Return the document."""
    return parse(guessed.text, is_json=False)[0]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
@pytest.mark.parametrize("turned", [False, True])
def test_a_spreadsheet_and_a_team_are_enough(tmp_path: Path, write: object, turned: bool) -> None:
    """Units with coordinates and a list of reps, in any order and format, pass check with every column in its place."""
    ending = "csv" if write is write_csv else "xlsx"
    save = write_csv if write is write_csv else write_xlsx
    paths = [save(tmp_path / f"numbers.{ending}", UNITS), save(tmp_path / f"people.{ending}", TEAM)]
    guessed = guess(paths[::-1] if turned else paths, tmp_path, {})
    scenario = scenario_of(guessed)
    assert scenario.units is not None
    units = scenario.units
    assert (units.file, units.id, units.name, units.current) == (f"numbers.{ending}", "GEOID", "County", "Sales Rep")
    assert (units.lat, units.lon) == ("Latitude", "Longitude")
    assert {name: measure.column for name, measure in scenario.measures.items()} == {
        "workload": "Annual Hours",
        "potential": "Revenue (USD)",
    }
    assert (scenario.reps.file, scenario.reps.columns) == (f"people.{ending}", {"id": "Employee No"})
    assert [skill.column for skill in scenario.skills] == ["Industry"]
    case = prepared(tmp_path, guessed)
    assert (len(case.units), len(case.reps), case.problem.n_reps) == (12, 2, 2)


def test_a_map_is_joined_by_the_columns_that_share_values(tmp_path: Path) -> None:
    """A table without places finds its shapes, whatever the two id columns are called."""
    table = write_csv(tmp_path / "numbers.csv", [(*row[:2], *row[4:]) for row in UNITS])
    guessed = guess([table, write_map(tmp_path / "shapes.geojson")], tmp_path, {})
    units = scenario_of(guessed).units
    assert units is not None
    assert units.geography is not None
    assert (units.geography.file, units.geography.id, units.geography.key) == ("shapes.geojson", "code", "GEOID")
    case = prepared(tmp_path, guessed)
    assert len(case.units) == 12
    assert case.problem.n_reps == 1


def test_what_is_mapped_by_hand_wins(tmp_path: Path) -> None:
    """A column named by hand is taken; a mapping to nothing is refused with the nearest name."""
    path = write_csv(tmp_path / "numbers.csv", UNITS)
    guessed = guess([path], tmp_path, {"units.id": "County", "measures.workload.column": "Revenue (USD)"})
    scenario = scenario_of(guessed)
    assert scenario.units is not None
    assert (scenario.units.id, scenario.measures["workload"].column) == ("County", "Revenue (USD)")
    for mapped, code in (({"units.id": "Count"}, "unknown-column"), ({"units.idd": "County"}, "unknown-field")):
        with pytest.raises(InputError) as raised:
            guess([path], tmp_path, mapped)
        assert [finding.code for finding in raised.value.findings] == [code]
        assert raised.value.findings[0].hint in ("Maybe County.", "Maybe units.id.")


def test_accounts_come_with_their_units(tmp_path: Path) -> None:
    """A CRM export beside a map of units becomes the section `accounts`, joined where the values agree."""
    rows = [("Account ID", "Account Name", "Owner ID", "Billing Code", "Annual Revenue", "Calls")]
    rows += [(f"A{i}", f"Shop {i}", "R1", f"0{i % 12}", str(100 * i + 50), "12") for i in range(30)]
    paths = [
        write_csv(tmp_path / "crm.csv", rows),
        write_map(tmp_path / "map.geojson"),
        write_csv(tmp_path / "reps.csv", TEAM),
    ]
    scenario = scenario_of(guess(paths, tmp_path, {}))
    assert scenario.accounts is not None
    accounts = scenario.accounts
    assert (accounts.id, accounts.owner, accounts.geography) == ("Account ID", "Owner ID", "Billing Code")
    assert scenario.measures["potential"].column == "Annual Revenue"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("kind", "hours"), ("a", "1"), ("a", "1")], "no-id-column"),
        ([("id", "hours"), ("a", "1"), ("b", "1")], "no-places"),
        ([("id", "lat", "lon"), ("a", "-30.5", "-99"), ("b", "-31.5", "-98")], "no-measure"),
        ([("id", "hours")], "no-rows"),
    ],
)
def test_what_cannot_be_guessed_is_said(tmp_path: Path, rows: list[tuple[str, ...]], code: str) -> None:
    """Files without ids, places or amounts end in a finding with a remedy, not in a scenario that fails later."""
    with pytest.raises(InputError) as raised:
        guess([write_csv(tmp_path / "numbers.csv", rows)], tmp_path, {})
    assert [finding.code for finding in raised.value.findings] == [code]
    assert raised.value.findings[0].hint.startswith("Maybe")


def test_files_that_play_no_part_are_named(tmp_path: Path) -> None:
    """A second table of units is not dropped in silence; reps alone are no study."""
    paths = [write_csv(tmp_path / name, UNITS) for name in ("a.csv", "b.csv")]
    guessed = guess(paths, tmp_path, {})
    assert [(finding.code, finding.file) for finding in guessed.findings] == [("unused-file", "b.csv")]
    with pytest.raises(InputError) as raised:
        guess([write_csv(tmp_path / "reps.csv", TEAM)], tmp_path, {})
    assert [finding.code for finding in raised.value.findings] == ["no-units"]


def test_a_map_without_its_units_is_refused(tmp_path: Path) -> None:
    """Where no column of the table names the shapes, the likely reason is offered."""
    rows = [("id", "hours"), ("x", "1"), ("y", "1")]
    with pytest.raises(InputError) as raised:
        guess([write_csv(tmp_path / "n.csv", rows), write_map(tmp_path / "m.geojson")], tmp_path, {})
    assert [finding.code for finding in raised.value.findings] == ["no-common-key"]


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    """Headers, cells and file names cannot become YAML: what is written reads back as it was."""
    header = 'a: [b] # "c" \\ ☃ \U0001f600'
    rows = [(header, "name", "lat", "lon", "hours")]
    rows += [(f"id{i}", "x\nrules: {lock: lock.csv}\u2028y", str(30 + i), "-99", "5") for i in range(3)]
    path = write_csv(tmp_path / "null # x.csv", rows)
    guessed = guess([path], tmp_path, {"units.id": header})
    scenario = scenario_of(guessed)
    assert scenario.units is not None
    assert (scenario.units.file, scenario.units.id) == ("null # x.csv", header)
    assert scenario.rules.lock == []
    prepared(tmp_path, guessed)


def test_a_report_of_several_sheets_with_lost_zeros_becomes_a_scenario(tmp_path: Path) -> None:
    """The sheet with the table is found below its title, and ids without their zeros still find the map."""
    path = write_xlsx(tmp_path / "report.xlsx", [("Sales report",)])
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Data")
    for row in [("Sales 2027",), (), UNITS[0], *UNITS[2:]]:
        sheet.append([cell.lstrip("0") if isinstance(cell, str) else cell for cell in row])
    sheet.merge_cells("A1:D1")
    book.save(path)
    guessed = guess([path, write_map(tmp_path / "map.geojson")], tmp_path, {})
    units = scenario_of(guessed).units
    assert units is not None and units.sheet == "Data" and units.geography is not None
    case = prepared(tmp_path, guessed)
    assert list(case.units["geography"]) == [row[0] for row in UNITS[2:]]
    assert {"key-zeros", "title-rows"} <= {finding.code for finding in case.findings}


def test_damaged_ids_without_a_map_get_their_digits_back(tmp_path: Path) -> None:
    """Where no map knows the ids, the guess says how many digits they had, which the planner may take back."""
    rows = [UNITS[0], *((f"{row[0].lstrip('0')}.0", *row[1:]) for row in UNITS[1:])]
    rows = [(row[0] if i == 0 else f"1{row[0]}"[-6:], *row[1:]) for i, row in enumerate(rows)]
    guessed = guess([write_csv(tmp_path / "units.csv", rows)], tmp_path, {})
    assert scenario_of(guessed).units.digits == 5  # type: ignore[union-attr]
    assert "padded-id" in {finding.code for finding in prepared(tmp_path, guessed).findings}
