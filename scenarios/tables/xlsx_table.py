"""One sheet of an XLSX workbook to rows of cells; hostile workbooks are refused before the reader sees them."""

import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from geodata.findings import Finding, Level
from scenarios.near_names import maybe
from scenarios.reading.files import too_large, unreadable

MAX_ENTRIES = 2_000
MAX_INFLATED_BYTES = 300_000_000
MAX_CELLS = 20_000_000
_BLOCK = 1 << 20
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    CalamineError,
    EOFError,
    OSError,
    MemoryError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What the archive, the XML and the workbook readers raise for damaged files."""
_EXACT_INTEGERS = 10**15


class _TooLargeError(ValueError):
    """The workbook is beyond a limit; the arguments are the amount and the limit."""


def xlsx_rows(data: bytes, label: str, sheet: str | None) -> tuple[list[list[str]], list[Finding]]:
    """Return the rows of the named or first sheet, the header first; no rows and an error where that fails."""
    hint = "Maybe open it in a spreadsheet program and save it again as .xlsx."
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(_harmless_copy(data)))
        names = workbook.sheet_names
        if not names:
            return [], [unreadable(label, "it has no sheets", hint)]
        if sheet is not None and sheet not in names:
            message = f"{label} has no sheet {sheet}; it has {', '.join(names)}."
            return [], [Finding(Level.ERROR, "missing-sheet", message, maybe(sheet, names), file=label, value=sheet)]
        rows = workbook.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)
    except _TooLargeError as error:
        return [], [too_large(label, *error.args)]
    except _UNREADABLE as error:
        return [], [unreadable(label, str(error) or type(error).__name__, hint)]
    findings = [] if sheet or len(names) == 1 else [_first_of(names, label)]
    return [[cell_text(cell) for cell in row] for row in rows], findings


def fullest_sheet(data: bytes) -> str | None:
    """Return the sheet with most cells, the first of equals; None where there is one sheet only or none can be read."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(_harmless_copy(data)))
        names = workbook.sheet_names
        sizes = [workbook.get_sheet_by_name(name).to_python(skip_empty_area=True) for name in names]
    except _UNREADABLE:
        return None
    cells = [sum(len(row) for row in rows) for rows in sizes]
    return names[cells.index(max(cells))] if len(names) > 1 else None


def cell_text(cell: Any) -> str:
    """Return a spreadsheet cell as the text a person would have typed: whole numbers without .0, dates as ISO."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT_INTEGERS else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _first_of(names: list[str], label: str) -> Finding:
    message = f"{label} has {len(names)} sheets; the first, {names[0]}, was read."
    return Finding(Level.NOTE, "first-sheet", message, file=label, value=names[0])


def _harmless_copy(data: bytes) -> bytes:
    """Return the workbook's XML as an uncompressed archive: every byte counted while inflating, every part checked."""
    copy = io.BytesIO()
    left = MAX_INFLATED_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as stored:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise _TooLargeError(f"{len(entries):,} parts", f"{MAX_ENTRIES:,}")
        for entry in entries:
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise ValueError(f"{entry.filename} is packed in an unusual way")
            if not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            content = _inflated(archive, entry, left)
            left -= len(content)
            _check_extent(content)
            stored.writestr(zipfile.ZipInfo(entry.filename), content)
    return copy.getvalue()


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, at_most: int) -> bytes:
    blocks = []
    size = 0
    with archive.open(entry) as part:
        while block := part.read(_BLOCK):
            size += len(block)
            if size > at_most:
                raise _TooLargeError("more when unpacked", f"{MAX_INFLATED_BYTES:,} bytes")
            blocks.append(block)
    return b"".join(blocks)


def _check_extent(part: bytes) -> None:
    """Refuse a part that is not plain XML or whose farthest cells span more than MAX_CELLS.

    A reader allocates all cells at once, and a workbook may call any of its parts a sheet.
    """
    last = {"row": 1, "column": 1}

    def measure(name: str, attributes: dict[str, str]) -> None:
        place = attributes.get("r", "")
        if name.endswith("row") and place.isascii() and place.isdecimal():
            last["row"] = max(last["row"], int(place))
        elif name == "c" or name.endswith(":c"):
            reference = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7})", place)
            if reference:
                last["column"] = max(last["column"], _column_number(reference[1]))
                last["row"] = max(last["row"], int(reference[2]))

    def refuse_doctype(*_: object) -> None:
        raise ValueError("it declares a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = measure
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.Parse(part, True)
    cells = last["row"] * last["column"]
    if cells > MAX_CELLS:
        raise _TooLargeError(f"a sheet of {cells:,} cells", f"{MAX_CELLS:,} cells")


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
