"""One worksheet: text stays text, numbers have formats, and it prints on whole pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scenarios.export.tables import Cell

MAX_CELL = 32_767
"""Most characters a cell of a workbook holds."""
NARROWEST, WIDEST = 6, 60
"""Column widths in characters."""
HEAD_HEIGHT = 32
"""Height of a heading of two lines, in points."""
DARK = "#22465c"
TEXT = "@"
WHOLE, ONE_DECIMAL, TWO_DECIMALS, PERCENT, FIT = "#,##0", "#,##0.0", "#,##0.00", "0.0%", "0.00"

BELOW, INSIDE, ABOVE = "#b2abd2", "#d9ead3", "#fdb863"
"""Fills of an index below, in and above its band: the map's colours."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, its number format, and the band of an index, as a share of 100."""

    title: str
    style: str = TEXT
    tolerance: float | None = None


class Book:
    """A workbook with the formats of all sheets."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def sheet(self, name: str, title: str) -> Worksheet:
        """Add a sheet set up for printing."""
        sheet = self._workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer(f"&L{title.replace('&', '&&')[:100]}&C{name}&RPage &P of &N")
        return sheet

    def style(self, **properties: object) -> Format:
        """Return a format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(dict(properties))
        return self._formats[key]

    def table(self, sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Write a table with a frozen head, filters and widths that fit."""
        sheet.set_row(0, HEAD_HEIGHT)
        for at, column in enumerate(columns):
            put(sheet, 0, at, column.title, self.head(column.style))
            style = self.style(num_format=column.style, valign="top", **_placed(column.style))
            sheet.set_column(at, at, _width(column, [row[at] for row in rows]))
            for line, row in enumerate(rows, start=1):
                put(sheet, line, at, row[at], style)
            self._colour_band(sheet, at, column, len(rows))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)

    def head(self, style: str) -> Format:
        """Return the format of a heading above cells of a number format."""
        place = _placed(style)
        return self.style(bold=True, bg_color=DARK, font_color="#ffffff", text_wrap=True, valign="vcenter", **place)

    def _colour_band(self, sheet: Worksheet, at: int, column: Column, n_rows: int) -> None:
        if column.tolerance is None or n_rows == 0:
            return
        low, high = 100.0 * (1.0 - column.tolerance), 100.0 * (1.0 + column.tolerance)
        edges = (("<", low, BELOW), (">", high, ABOVE), (">=", low, INSIDE))
        for criteria, edge, colour in edges:
            rule = {"type": "cell", "criteria": criteria, "value": edge, "format": self.style(bg_color=colour)}
            sheet.conditional_format(1, at, n_rows, at, rule | {"stop_if_true": True})


def put(sheet: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    """Write one cell; nothing is ever taken for a formula, a link or a number."""
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, bool):
        sheet.write_string(row, column, "yes" if cell else "no", style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, plain(cell), style)
    else:
        sheet.write_number(row, column, cell, style)


def amount_style(amounts: Iterable[Cell]) -> str:
    """Return the number format that shows amounts of this size in about three digits."""
    largest = max((abs(amount) for amount in amounts if isinstance(amount, float)), default=0.0)
    return WHOLE if largest >= 100 else TWO_DECIMALS


def plain(text: str) -> str:
    """Return text that a workbook can hold."""
    return text.encode("utf-8", errors="replace").decode("utf-8")[:MAX_CELL]


def _placed(style: str) -> dict[str, object]:
    """Return how cells stand in their column: text left with a little room, numbers right."""
    return {"align": "left", "indent": 1} if style == TEXT else {"align": "right"}


def _width(column: Column, cells: Sequence[Cell]) -> int:
    longest = max((_length(cell) for cell in cells if cell is not None), default=0)
    word = max((len(part) for part in column.title.split()), default=0)
    return min(max(longest, word, NARROWEST) + 2, WIDEST)


def _length(cell: Cell) -> int:
    return len(cell) if isinstance(cell, str) else len(f"{cell:,.0f}") + 2
