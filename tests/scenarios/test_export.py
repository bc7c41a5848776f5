"""The files of a plan open everywhere, run nothing, and are the same for the same plan."""

import csv
import io
import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from geodata.draw.folium_map import draw_map
from geodata.findings import InputError
from optimizer.plan import Plan
from scenarios.export.files import PLAN, TERRITORIES, WORKBOOK, plan_files
from scenarios.export.folder import prepare_folder, write_files
from scenarios.export.geojson import plan_geojson
from scenarios.export.sheet import ABOVE, BELOW
from scenarios.export.stored import stored_report, stored_view
from scenarios.export.tables import account_rows
from scenarios.export.text import cell_text
from scenarios.export.view import map_view
from scenarios.prepare.plan import read_plan
from scenarios.report.answer import Answer, given_answer
from scenarios.report.build import build_report
from scenarios.report.model import Report
from scenarios.report.provenance import Run
from tests.scenarios.grid import STARTED, solve_grid

Solved = tuple[Path, Answer, Report]
PAYLOADS = ("=1+1", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://example.org")', "=cmd|' /C calc'!A0")


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Solved:
    """The grid country with a split county and hostile names, solved and written."""
    folder = tmp_path_factory.mktemp("solved")
    cells = {f"{i + 1:02d}": {"county": text} for i, text in enumerate(PAYLOADS)} | {"09": {"hours": 700}}
    cells |= {"20": {"fips": "=20"}, "21": {"fips": "-21A"}}
    return folder, *solve_grid(folder, cells=cells, limits={"oversize": "split"}, solve={"effort": 0.01})


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """Return a written CSV file."""
    with (folder / "out" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def unit_ids(folder: Path) -> list[str]:
    """Return the ids in plan.csv, without the mark of formulas."""
    return [row["unit"].removeprefix("'") for row in table(folder, PLAN)]


def test_plan_csv_has_one_row_a_unit_and_rep(solved: Solved) -> None:
    """Ids keep their zeros, the parts that a rep has of a unit are one row, and shares add to 1."""
    folder, answer, _ = solved
    assert (folder / "out" / PLAN).read_bytes().startswith(b"\xef\xbb\xbfunit,name,territory,rep,share,")
    shares = defaultdict(float)
    for row in table(folder, PLAN):
        shares[row["unit"].removeprefix("'")] += float(row["share"])
    pairs = [(row["unit"], row["rep"]) for row in table(folder, PLAN)]
    assert len(pairs) == len(set(pairs)) > 24
    assert shares == pytest.approx(dict.fromkeys(answer.case.units["unit"], 1.0), abs=1e-12)


def test_plan_csv_read_back_is_the_same_plan(solved: Solved) -> None:
    """Scoring what solve wrote gives the same value, so a plan can travel through a spreadsheet."""
    folder, answer, report = solved
    plan, findings = read_plan(folder / "out" / PLAN, answer.case)
    again = build_report(given_answer(answer.case, plan), Run("score", STARTED, 0.0, "", "", None))
    assert not findings
    assert again.value == pytest.approx(report.value, rel=1e-12) and again.territories == report.territories


def test_cells_that_a_spreadsheet_would_run_are_text(solved: Solved) -> None:
    """A name that is a formula is shown, not run; numbers stay numbers."""
    folder, _, _ = solved
    assert [row["name"] for row in table(folder, PLAN) if "01" <= row["unit"] <= "06"] == [
        f"'{text}" for text in PAYLOADS
    ]
    assert [cell_text(text) for text in ("-5", "+1.5e3", "\t=1", "\r=1", "plain", "")] == [
        "-5", "+1.5e3", "'\t=1", "'\r=1", "plain", ""
    ]  # fmt: skip


def test_workbook_is_inert_and_ready_to_send(solved: Solved) -> None:
    """Another library finds text ids, no formula, frozen heads, filters, band colours and pages that fit."""
    folder, _, _ = solved
    book = openpyxl.load_workbook(folder / "out" / WORKBOOK)
    assert book.sheetnames == ["About", "Summary", "Territories", "Units", "Moves", "Findings"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    units = book["Units"]
    assert [row[0].value for row in units.iter_rows(min_row=2)] == unit_ids(folder)
    assert units["A2"].number_format == "@" and units["B2"].value == PAYLOADS[0]
    assert units.freeze_panes == "B2" and units.auto_filter.ref and units.print_title_rows == "$1:$1"
    assert book["Territories"].page_setup.orientation == "landscape"
    rules = book["Territories"].conditional_formatting
    fills = {rule.dxf.fill.bgColor.rgb[2:].lower() for area in rules for rule in area.rules}
    assert {BELOW[1:], ABOVE[1:]} < fills
    moved = [row[0].value for row in book["Moves"].iter_rows(min_row=2)]
    assert moved == [
        unit for unit, row in zip(unit_ids(folder), table(folder, PLAN), strict=True) if row["change"] == "moved"
    ]


def test_territories_csv_says_what_the_report_says(solved: Solved) -> None:
    """The spreadsheet and the JSON of one plan agree."""
    folder, _, report = solved
    for row, figures in zip(table(folder, TERRITORIES), report.territories, strict=True):
        assert (row["territory"], row["rep"]) == (figures.territory, figures.rep)
        assert float(row["potential_index"]) == pytest.approx(figures.loads["potential"].index, rel=1e-12)
        assert float(row["mean_km"]) == pytest.approx(figures.mean_km, rel=1e-12)


def test_geojson_has_every_row_with_its_place(solved: Solved) -> None:
    """Any map tool can open the plan: plain RFC 7946 with the columns of plan.csv."""
    folder, _, _ = solved
    plan = json.loads((folder / "out" / "plan.geojson").read_text(encoding="utf-8"))
    assert [f["properties"]["unit"] for f in plan["features"]] == unit_ids(folder)
    first = plan["features"][0]
    assert first["geometry"]["coordinates"][0][0] == [-100.0, 31.0] and first["properties"]["name"] == PAYLOADS[0]


def test_accounts_follow_their_unit(solved: Solved) -> None:
    """Each account gets the rep of its unit, and an unassigned account nobody."""
    _, answer, _ = solved
    accounts = pd.DataFrame(
        [("A1", "Acme", "01", "R1", 5.0), ("A2", "Bolt", "", "R2", 1.0)],
        columns=["account", "name", "unit", "owner", "potential"],
    )
    rows = account_rows(replace(answer, case=replace(answer.case, accounts=accounts)))
    assert rows is not None
    assert rows.cells == (
        ("A1", "Acme", "01", "R1", "R1", "R1", "kept", 5.0),
        ("A2", "Bolt", "", "", "", "R2", "moved", 1.0),
    )


def test_same_plan_same_bytes(solved: Solved) -> None:
    """Every file is the same each time it is made."""
    folder, answer, report = solved
    again = plan_files(answer, report)
    assert {name: (folder / "out" / name).read_bytes() for name in again} == again


def test_map_needs_the_files_only(solved: Solved) -> None:
    """`territory map` draws from a folder what solve drew from memory."""
    folder, answer, report = solved
    assert draw_map(stored_view(folder / "out")) == draw_map(map_view(plan_geojson(answer), report))
    assert stored_report(folder / "out") == report


def test_unowned_units_are_written(solved: Solved) -> None:
    """A plan with gaps can still be written, seen and repaired."""
    _, answer, _ = solved
    given = given_answer(answer.case, Plan(np.full(len(answer.plan.owner), -1)))
    report = build_report(given, Run("score", STARTED, 0.0, "", "", None))
    files = plan_files(given, report)
    (row, *_) = csv.DictReader(io.StringIO(files[PLAN].decode("utf-8-sig")))
    assert (row["territory"], row["rep"], row["share"], row["change"]) == ("", "", "1", "moved")
    assert draw_map(map_view(plan_geojson(given), report))


def test_files_are_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    """A failure leaves the old plan as it was, with nothing half-written beside it."""
    write_files(tmp_path, {"a.csv": b"old"})
    with pytest.raises(InputError, match="cannot be written"):
        write_files(tmp_path, {"a.csv": b"new", "no/such/folder.csv": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    write_files(tmp_path, {"b.csv": b"new"}, obsolete=["a.csv"])
    assert [path.name for path in tmp_path.iterdir()] == ["b.csv"]


def test_a_folder_that_cannot_be_written_is_refused_at_once(tmp_path: Path) -> None:
    """Nobody waits for a solve whose results have nowhere to go."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        prepare_folder(tmp_path / "taken")
