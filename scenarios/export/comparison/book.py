"""A comparison as a workbook: what it says, and its tables, a sheet each."""

import io

from xlsxwriter import Workbook

from scenarios.compare.model import Comparison
from scenarios.export.comparison.tables import tables
from scenarios.export.sheet import DARK, FIT, ONE_DECIMAL, TEXT, TWO_DECIMALS, WHOLE, Book, Column, amount_style, put
from scenarios.export.tables import Rows
from scenarios.export.workbook import CREATED, INERT
from scenarios.export.workbook_pages import LINE_HEIGHT, LINE_LENGTH

SHEETS = {"plans": "Plans", "figures": "Figures", "reps": "Reps", "moves": "Moves", "inputs": "Input"}
_STYLES = {"share": FIT, "gap": FIT, "value": TWO_DECIMALS, "bound": TWO_DECIMALS}


def comparison_book(comparison: Comparison) -> bytes:
    """Return the workbook: About, Plans, Figures, Reps, Moves and Input; the same bytes for the same comparison."""
    memory = io.BytesIO()
    title = " / ".join(plan.name for plan in comparison.plans)
    with Workbook(memory, INERT) as workbook:
        workbook.set_properties({"title": title[:200], "created": CREATED})
        book = Book(workbook)
        _about(book, comparison, title)
        for name, rows in tables(comparison).items():
            book.table(book.sheet(SHEETS[name], title), _columns(rows), rows.cells)
    return memory.getvalue()


def _about(book: Book, comparison: Comparison, title: str) -> None:
    sheet = book.sheet("About", title)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 110)
    put(sheet, 0, 0, "Plans compared", book.style(bold=True, font_size=16, font_color=DARK))
    head, body = book.style(bold=True, valign="top"), book.style(text_wrap=True, valign="top")
    told = [(plan.key, plan.name) for plan in comparison.plans]
    told += [("In short", comparison.verdict.headline), ("Why", comparison.verdict.text)]
    told += [("Note", note) for note in comparison.notes]
    for line, (name, text) in enumerate(told, start=2):
        put(sheet, line, 0, name, head)
        put(sheet, line, 1, text, body)
        sheet.set_row(line, LINE_HEIGHT * (1 + len(text) // LINE_LENGTH))


def _columns(rows: Rows) -> list[Column]:
    return [Column(name, _style(name, rows, at)) for at, name in enumerate(rows.columns)]


def _style(name: str, rows: Rows, at: int) -> str:
    cells = [row[at] for row in rows.cells if row[at] is not None]
    if not cells or any(isinstance(cell, str | bool) for cell in cells):
        return TEXT
    if name in _STYLES or name.startswith("fit"):
        return _STYLES.get(name, FIT)
    if "index" in name or "km" in name:
        return ONE_DECIMAL
    return WHOLE if all(isinstance(cell, int) for cell in cells) else amount_style(cells)
