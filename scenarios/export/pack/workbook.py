"""requests.xlsx: a team's units and accounts, with two columns to fill in; all other cells are locked."""

import io
from collections.abc import Sequence

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from scenarios.export.pack.columns import (
    ABOUT,
    ACCOUNTS,
    CHOICES,
    LEAVING,
    OTHER_TEAM,
    PACK_OF,
    PLAN_KEY,
    REASON,
    REQUESTED,
    UNITS,
    choice,
)
from scenarios.export.pack.teams import Team
from scenarios.export.pack.view import story
from scenarios.export.sheet import DARK, TEXT, WHOLE, Book, Column, amount_style, put
from scenarios.export.tables import Cell
from scenarios.export.workbook import CREATED, INERT
from scenarios.export.written import WrittenPlan

PAPER = "#fff8dc"
"""Fill of the cells to be filled in."""
MAY = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
"""What a person may do to a locked sheet."""
LONGEST_REASON = 500


def requests_workbook(plan: WrittenPlan, team: Team) -> bytes:
    """Return the workbook; the same plan and team give the same bytes."""
    memory = io.BytesIO()
    with Workbook(memory, INERT) as workbook:
        workbook.set_properties({"title": f"{plan.report.name}: {team.name}"[:200], "created": CREATED})
        book = Book(workbook)
        _about(book, plan, team)
        choices = [choice(plan.reps[rep]) for rep in team.reps if rep in _seated(plan)]
        for name, columns, rows in _tables(plan, team):
            sheet = book.sheet(name, plan.report.name)
            book.table(sheet, columns, rows)
            if name != LEAVING:
                _fill_in(book, sheet, columns, len(rows), len(choices))
            sheet.protect("", MAY)
        _choices(book, choices)
    return memory.getvalue()


def _about(book: Book, plan: WrittenPlan, team: Team) -> None:
    sheet = book.sheet(ABOUT, plan.report.name)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    put(sheet, 0, 0, f"{plan.report.name}: {team.name}", book.style(bold=True, font_size=16, font_color=DARK))
    told = (
        (PACK_OF, team.name),
        (PLAN_KEY, plan.key),
        ("In short", story(plan, team)),
        (
            "What to do",
            f"On the sheets {UNITS} and {ACCOUNTS} fill in the yellow cells of the rows you want to change:",
        ),
        ("", f"choose the {REQUESTED} from the list and write the {REASON}. Leave all other rows as they are."),
        ("", "Then send this workbook back. Nothing changes until the planner has accepted it."),
        (f"Sheet {UNITS}", "What the plan gives to your team."),
        (f"Sheet {ACCOUNTS}", "The accounts in it, where accounts were planned."),
        (f"Sheet {LEAVING}", "What your team has today and another team will have."),
    )
    head, body = book.style(bold=True, valign="top"), book.style(text_wrap=True, valign="top", num_format=TEXT)
    for line, (title, text) in enumerate(told, start=2):
        put(sheet, line, 0, title, head)
        put(sheet, line, 1, text, body)
        sheet.set_row(line, 15 * (1 + len(text) // 100))
    sheet.protect("", MAY)


def _tables(plan: WrittenPlan, team: Team) -> list[tuple[str, list[Column], list[tuple[Cell, ...]]]]:
    """Return the sheets with tables: name, columns and rows."""
    units = _named(plan, plan.units, team)
    own = units[units["territory"].isin(team.territories)]
    going = units[units["current_territory"].isin(team.today) & ~units["territory"].isin(team.territories)]
    texts = ["unit", "name", "segment", "territory", "rep now planned", "rep today", "change"]
    made = [(UNITS, *_sheet(own, texts, plan.measures, asks=True))]
    if plan.accounts is not None:
        accounts = _named(plan, plan.accounts, team)
        own = accounts[accounts["territory"].isin(team.territories)]
        columns = ["account", "name", "unit", "territory", "rep now planned", "rep today", "change"]
        made.append((ACCOUNTS, *_sheet(own, columns, ["weight"], asks=True)))
    made.append((LEAVING, *_sheet(going, ["unit", "name", "segment", "rep today"], plan.measures, asks=False)))
    return made


def _named(plan: WrittenPlan, rows: pd.DataFrame, team: Team) -> pd.DataFrame:
    """Return the rows with reps by name, those of other teams without one."""

    def called(rep: str) -> str:
        return "" if not rep else plan.rep_name(rep) if rep in team.reps else OTHER_TEAM

    named = {"rep now planned": rows["rep"].map(called), "rep today": rows["current_rep"].map(called)}
    return rows.assign(**named)


def _sheet(
    rows: pd.DataFrame, texts: list[str], measures: list[str], *, asks: bool
) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    """Return columns and rows of a table; one that asks has the two columns to fill in, after the names."""
    styles = [amount_style(rows[name].astype(float).tolist()) for name in measures]
    asked = [REQUESTED, REASON] if asks else []
    columns = [Column(name) for name in (*texts[:2], *asked, *texts[2:])]
    columns += [Column(name, style) for name, style in zip(measures, styles, strict=True)]
    blanks = [""] * len(asked)
    cells = [
        (
            *row[:2],
            *blanks,
            *row[2 : len(texts)],
            *(None if pd.isna(amount) else amount for amount in row[len(texts) :]),
        )
        for row in rows[[*texts, *measures]].to_numpy(dtype=object).tolist()
    ]
    return columns, cells


def _fill_in(book: Book, sheet: Worksheet, columns: Sequence[Column], n_rows: int, n_choices: int) -> None:
    """Open the two columns, with a list of the team's reps in one."""
    at = [column.title for column in columns].index(REQUESTED)
    style = book.style(num_format=TEXT, valign="top", bg_color=PAPER, locked=False, border=1, border_color="#d9c98a")
    for line in range(1, n_rows + 1):
        put(sheet, line, at, "", style)
        put(sheet, line, at + 1, "", style)
    sheet.set_column(at, at, 30)
    sheet.set_column(at + 1, at + 1, 45)
    sheet.freeze_panes(1, 2)
    if n_rows and n_choices:
        told = {"input_title": "Requested rep", "input_message": "Who should have it instead? Leave blank to agree."}
        wrong = {"error_title": "Not in the list", "error_message": "Choose a rep of your team from the list."}
        source = f"={CHOICES}!$A$2:$A${n_choices + 1}"
        sheet.data_validation(1, at, n_rows, at, {"validate": "list", "source": source, **told, **wrong})
        limit = {"validate": "length", "criteria": "<=", "value": LONGEST_REASON}
        long = {"error_title": "Too long", "error_message": f"At most {LONGEST_REASON} letters."}
        sheet.data_validation(1, at + 1, n_rows, at + 1, limit | long)


def _choices(book: Book, choices: Sequence[str]) -> None:
    sheet = book.sheet(CHOICES, "")
    put(sheet, 0, 0, "rep", book.head(WHOLE))
    for line, text in enumerate(choices, start=1):
        put(sheet, line, 0, text, book.style(num_format=TEXT))
    sheet.hide()
    sheet.protect("", {})


def _seated(plan: WrittenPlan) -> set[str]:
    """Return the reps who have a territory in the plan."""
    return {row.rep for row in plan.report.territories if row.rep}
