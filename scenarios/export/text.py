"""Tables as CSV that spreadsheets open as they are, and JSON with the same bytes every time."""

import csv
import io
import json
import math
from collections.abc import Mapping

from scenarios.export.tables import Cell, Rows
from scenarios.formula_guard import guarded

BOM = b"\xef\xbb\xbf"


def csv_bytes(rows: Rows) -> bytes:
    """Return UTF-8 with a byte order mark; text that a spreadsheet would run as a formula is prefixed with '."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([cell_text(name) for name in rows.columns])
    writer.writerows([cell_text(cell) for cell in row] for row in rows.cells)
    return BOM + text.getvalue().encode("utf-8", errors="replace")


def cell_text(cell: Cell) -> str:
    """Return a cell as it stands in a CSV file: numbers with 15 significant digits, nothing for None."""
    if isinstance(cell, str):
        return guarded(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:.15g}" if math.isfinite(cell) else ""


def json_bytes(data: object) -> bytes:
    """Return indented UTF-8 JSON; a figure that is not finite is our mistake and raises ValueError."""
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8", errors="replace")


def lines_json_bytes(data: Mapping[str, object], name: str) -> bytes:
    """Return compact JSON of an object with the items of its list `name` one a line, last."""
    head = {key: value for key, value in data.items() if key != name}
    items = data[name]
    if not isinstance(items, list):
        raise TypeError(f"{name} is no list")
    lines = ",\n".join(_compact(item) for item in items)
    return f'{_compact(head)[:-1]},"{name}":[\n{lines}\n]}}\n'.encode("utf-8", errors="replace")


def _compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
