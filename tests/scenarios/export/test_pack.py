"""A manager's pack tells of one team only, and what comes back is requests or findings with their place."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from scenarios.export.pack.pack import make_pack
from scenarios.export.pack.read import PackRequests, read_packs
from scenarios.export.pack.teams import file_names, teams
from scenarios.export.written import WrittenPlan
from tests.scenarios.accounts_study import changes, edited
from tests.scenarios.export.studies import REPS, made, written
from tests.scenarios.tiny_study import case_of

R3 = "R3,Cleo,50.05,10.28,active,Noa,South,,\n"


@pytest.fixture
def plan(tmp_path: Path) -> WrittenPlan:
    """Mia's =Ann has A; Noa's Bo has B, locked, and her Cleo has 007; a3 and a2 are accounts of others today."""
    files = edited("Two", "=Two") | {"reps.csv": REPS + R3}
    files["map.geojson"] = files["map.geojson"].replace('"id": "C"', '"id": "007"')
    rules = {"lock": [{"unit": "B", "rep": "R2", "reason": "contract"}]}
    return written(tmp_path / "out", case_of(tmp_path, changes(rules=rules), files), [0, 1, 2])


def pack(plan: WrittenPlan, name: str) -> zipfile.ZipFile:
    """Return the pack of a manager."""
    (team,) = (team for team in teams(plan) if team.name == name)
    return zipfile.ZipFile(io.BytesIO(make_pack(plan, team)))


def filled(plan: WrittenPlan, name: str, sheet: str, cells: dict[str, tuple[str, str]]) -> bytes:
    """Return a manager's workbook with requested rep and reason of some ids filled in by another program."""
    workbook = openpyxl.load_workbook(io.BytesIO(pack(plan, name).read("requests.xlsx")))
    page = workbook[sheet]
    titles = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        for title, text in zip(("requested rep", "reason"), cells.get(row[0].value, ("", "")), strict=True):
            row[titles.index(title)].value = text or None
    memory = io.BytesIO()
    workbook.save(memory)
    return memory.getvalue()


def told(found: PackRequests) -> list[tuple[str, str, str, str]]:
    """Return what is asked for."""
    return [(one.kind, one.id, one.to_rep, one.who) for one in found.requests]


def codes(found: PackRequests) -> list[str]:
    """Return the codes of the findings."""
    return [finding.code for finding in found.findings]


def test_a_pack_tells_nothing_of_other_teams(plan: WrittenPlan) -> None:
    """No id or name of another team's rep, unit, account or territory stands in any file of a pack."""
    with pack(plan, "Mia") as archive:
        book = openpyxl.load_workbook(io.BytesIO(archive.read("requests.xlsx")))
        cells = {str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value is not None}
        texts = [archive.read(name).decode() for name in ("map.html", "README.txt")]
        assert archive.namelist() == ["README.txt", "map.html", "requests.xlsx"]
    data = texts[0].partition('id="plan-data">')[2].partition("</script>")[0]
    for other in ("R2", "R3", "Bo", "Cleo", "Noa", "007", "B", "a3", "a4", "South"):
        assert other not in cells and f'"{other}"' not in data
    assert {"A", "a1", "a2", "=Two", "another team"} <= cells
    assert made(plan, "packs").files.keys() == {"Mia.zip", "Noa.zip"}


def test_only_two_columns_of_a_workbook_are_open(plan: WrittenPlan) -> None:
    """A person can write into requested rep and reason alone, choose from the team's reps, and ids stay text."""
    book = openpyxl.load_workbook(io.BytesIO(pack(plan, "Noa").read("requests.xlsx")))
    page = book["Units"]
    assert isinstance(page, Worksheet) and page.protection.sheet
    titles = [str(cell.value) for cell in page[1]]
    open_cells = {titles[cell.column - 1] for row in page.iter_rows() for cell in row if not cell.protection.locked}
    assert open_cells == {"requested rep", "reason"}
    lists = [rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert lists == ["Choices!$A$2:$A$3"]
    assert [cell.value for cell in book["Choices"]["A"]] == ["rep", "R2 - Bo", "R3 - Cleo"]
    assert {cell.value: cell.number_format for cell in page["A"]}["007"] == "@"
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_requests_come_back_with_their_place(plan: WrittenPlan) -> None:
    """What a manager asks for is read as unit or account, rep, territory, reason, who, file and row."""
    books = {
        "noa.xlsx": filled(plan, "Noa", "Units", {"007": ("R2 - Bo", "she knows them")}),
        "noa2.xlsx": filled(plan, "Noa", "Accounts", {"a3": ("cleo", "friend")}),
    }
    found = read_packs(plan, books)
    assert told(found) == [("unit", "007", "R2", "Noa"), ("account", "a3", "R3", "Noa")]
    first = found.requests[0]
    assert (first.from_rep, first.to_territory, first.reason, first.file, first.row) == (
        "R3",
        "R2",
        "she knows them",
        "noa.xlsx",
        3,
    )
    assert not found.conflicts and not found.findings


def test_contradictions_are_listed(plan: WrittenPlan) -> None:
    """The same unit for two reps is a conflict that names both requests; the same request twice is one."""
    same = filled(plan, "Noa", "Accounts", {"a4": ("R3", "")})
    found = read_packs(plan, {"1": same, "2": same, "3": filled(plan, "Noa", "Accounts", {"a4": ("R1", "x")})})
    assert len(found.requests) == 2
    (conflict,) = found.conflicts
    assert conflict.unit == "B" and {one.to_rep for one in conflict.requests} == {"R1", "R3"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"007": ("R8", "")}, "unknown-rep"),
        ({"B": ("R3", "")}, "locked-unit"),
        ({"B": ("", "why?")}, "no-requested-rep"),
    ],
)
def test_what_cannot_be_taken_is_a_finding(plan: WrittenPlan, cells: dict[str, tuple[str, str]], code: str) -> None:
    """Nobody unknown, no lock and no blank becomes a request."""
    found = read_packs(plan, {"noa.xlsx": filled(plan, "Noa", "Units", cells)})
    assert not found.requests and codes(found) == [code]
    assert found.findings[0].file == "noa.xlsx" and found.findings[0].row is not None
    assert found.findings[0].hint.startswith("Maybe")


def test_a_workbook_of_another_plan_is_held_against_this_one(plan: WrittenPlan, tmp_path: Path) -> None:
    """A unit that another team has by now is refused, the rest is taken, and the age of the workbook is told."""
    book = filled(plan, "Noa", "Units", {"007": ("R2", "ok"), "B": ("R3", "mine")})
    files = edited("Two", "=Two") | {"reps.csv": REPS + R3}
    files["map.geojson"] = files["map.geojson"].replace('"id": "C"', '"id": "007"')
    now = written(tmp_path / "now", case_of(tmp_path, changes(), files), [0, 0, 2])
    found = read_packs(now, {"noa.xlsx": book})
    assert told(found) == [("unit", "007", "R2", "Noa")] and codes(found) == ["other-plan", "other-team"]


def test_strange_workbooks_are_refused(plan: WrittenPlan) -> None:
    """A damaged file or another workbook is a finding, and never a traceback."""
    strange = openpyxl.Workbook()
    strange.worksheets[0].title = "About"
    memory = io.BytesIO()
    strange.save(memory)
    found = read_packs(plan, {"a": memory.getvalue(), "b": b"no"})
    assert codes(found) == ["not-a-pack", "unreadable-file"] and not found.requests


def test_names_of_files_are_plain_and_distinct(plan: WrittenPlan) -> None:
    """A manager's name cannot lead out of the folder or hide another's pack."""
    (mia, noa) = teams(plan)
    hostile = [type(mia)("manager", name, (), (), ()) for name in ("../Mia", "Mia", "日本", "mia/")]
    names = file_names([*hostile, noa])
    assert list(names.values()) == ["Mia", "Mia-2", "manager", "mia-3", "Noa"]
