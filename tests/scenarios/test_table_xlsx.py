"""Workbooks: cells as people see them, and nothing a hostile file can do."""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geodata.findings import Level
from scenarios.tables import xlsx_table
from scenarios.tables.table import Table, read_table

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1"><v>1</v></c></row>{}</sheetData></worksheet>'
)


def workbook_bytes(**sheets: list[list[Any]]) -> bytes:
    """Return a workbook with the rows of each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_sheet(data: bytes, sheet_xml: bytes) -> bytes:
    """Return the workbook with the text of its first sheet replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet_xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return stream.getvalue()


def table_of(folder: Path, data: bytes, sheet: str | None = None) -> Table:
    """Write a workbook and read it."""
    path = folder / "t.xlsx"
    path.write_bytes(data)
    return read_table(path, "t.xlsx", sheet)


def test_cells_are_what_people_typed(tmp_path: Path) -> None:
    """Whole numbers have no .0, long ids keep every digit Excel kept, dates are ISO, empty cells are empty."""
    when = dt.datetime(2027, 1, 31, 9, 30)
    rows = [
        ["id", "text", "share", "flag", "day", "moment", "note"],
        [48201, "048", 0.05, True, dt.date(2027, 1, 31), when, None],
        [123456789012345, "x", 1e-7, False, None, None, "=1+1"],
    ]
    frame = table_of(tmp_path, workbook_bytes(Data=rows)).frame
    assert frame.iloc[0].tolist() == ["48201", "048", "0.05", "true", "2027-01-31", "2027-01-31 09:30:00", ""]
    assert frame.iloc[1].tolist()[:4] == ["123456789012345", "x", "1e-07", "false"]


def test_sheets_are_chosen_by_name(tmp_path: Path) -> None:
    """The named sheet is read; the first one otherwise, with a note; a wrong name lists those there are."""
    data = workbook_bytes(Reps=[["id"], ["R1"]], Old=[["id"], ["R2"]])
    assert table_of(tmp_path, data, "Old").frame["id"].tolist() == ["R2"]
    first = table_of(tmp_path, data)
    assert first.frame["id"].tolist() == ["R1"]
    assert [(finding.code, finding.level) for finding in first.findings] == [("first-sheet", Level.NOTE)]
    missing = table_of(tmp_path, data, "Rep").findings[0]
    assert (missing.code, missing.value, missing.hint) == ("missing-sheet", "Rep", "Maybe Reps.")
    assert "Reps, Old" in missing.message


def test_rows_are_numbered_from_the_top(tmp_path: Path) -> None:
    """A blank row inside a sheet is noted and does not shift the numbers of the rows below."""
    table = table_of(tmp_path, workbook_bytes(S=[["id"], ["a"], [None], ["b"]]))
    assert list(table.frame.index + 1) == [1, 3]


@pytest.mark.parametrize("keep", [4, 100, -30])
def test_a_truncated_workbook_is_a_finding(tmp_path: Path, keep: int) -> None:
    """An upload that broke off is refused, wherever it broke off."""
    findings = table_of(tmp_path, workbook_bytes(S=[["id"], ["a"]])[:keep]).findings
    assert [(finding.code, finding.level) for finding in findings] == [("unreadable-file", Level.ERROR)]


def test_every_damaged_byte_ends_in_a_table_or_a_finding(tmp_path: Path) -> None:
    """Whatever byte is flipped, reading ends without a traceback."""
    data = workbook_bytes(S=[["id", "n"], ["a", 1]])
    for place in range(0, len(data), 97):
        damaged = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        table = table_of(tmp_path, damaged)
        assert len(table.frame) == 1 or table.findings


def test_a_bomb_is_refused_while_inflating(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small archive of a huge part stops at the limit, whatever size it declares."""
    monkeypatch.setattr(xlsx_table, "MAX_INFLATED_BYTES", 100_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/a.xml", b"<a>" + bytes(1_000_000))
    assert [finding.code for finding in table_of(tmp_path, stream.getvalue()).findings] == ["too-large"]


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    """An archive of thousands of entries is no workbook."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(2_001):
            archive.writestr(str(number), "")
    assert [finding.code for finding in table_of(tmp_path, stream.getvalue()).findings] == ["too-large"]


@pytest.mark.parametrize("place", ["XFD1048576", "&#88;FD1048576", "xfd1048576"])
def test_a_far_cell_cannot_claim_all_memory(tmp_path: Path, place: str) -> None:
    """Two cells at the corners of a sheet would make a reader allocate 17 billion; this is seen before."""
    more = f'<row r="1048576"><c r="{place}"><v>1</v></c></row>'
    data = with_sheet(workbook_bytes(S=[["id"], ["a"]]), SHEET.format(more).encode())
    assert [finding.code for finding in table_of(tmp_path, data).findings] == ["too-large"]


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    """A sheet that declares entities is refused before they can multiply."""
    xml = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + SHEET.format("").encode()
    data = with_sheet(workbook_bytes(S=[["id"], ["a"]]), xml)
    assert [finding.code for finding in table_of(tmp_path, data).findings] == ["unreadable-file"]
