"""plan.xlsx: the plan as a workbook that can be sent as it is, with the same bytes for the same plan."""

import io
from datetime import datetime

from xlsxwriter import Workbook

from scenarios.export.sheet import FIT, ONE_DECIMAL, PERCENT, TEXT, WHOLE, Book, Column, amount_style
from scenarios.export.tables import Cell, Rows, account_rows, plan_rows, territory_quotas
from scenarios.export.workbook_pages import write_about, write_summary
from scenarios.export.workbook_quotas import write_quotas
from scenarios.report.answer import Answer
from scenarios.report.changes import MOVED
from scenarios.report.model import Report, TerritoryFigure
from scenarios.report.written import tolerance

CREATED = datetime(2000, 1, 1)
"""Written into every workbook in place of the clock."""
INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def workbook_bytes(answer: Answer, report: Report) -> bytes:
    """Return the workbook: About, Summary, Territories, Quotas and Accounts where given, Units, Moves, Findings."""
    memory = io.BytesIO()
    with Workbook(memory, INERT) as workbook:
        workbook.set_properties({"title": report.name[:200], "created": CREATED})
        book = Book(workbook)
        units, accounts = plan_rows(answer), account_rows(answer)
        write_about(book, report)
        write_summary(book, report)
        _territories(book, report)
        write_quotas(book, report)
        _units(book, report, "Units", units)
        if accounts is not None:
            _accounts(book, report, accounts)
        change = units.columns.index("change")
        _units(book, report, "Moves", Rows(units.columns, tuple(row for row in units.cells if row[change] == MOVED)))
        _findings(book, report)
    return memory.getvalue()


def _territories(book: Book, report: Report) -> None:
    measures = list(report.territories[0].loads)
    columns = [Column(name) for name in ("territory", "name", "rep", "rep name", "status")]
    for measure in measures:
        style = amount_style([row.loads[measure].load for row in report.territories])
        columns += [Column(f"{measure} load", style), Column(f"{measure} target", style)]
        columns += [Column(f"{measure} index", ONE_DECIMAL, tolerance(report, measure)), Column(f"{measure} in band")]
    columns += [Column("units", WHOLE), Column("mean km", ONE_DECIMAL), Column("max km", ONE_DECIMAL)]
    columns += [Column("fit", FIT), Column("moved in", WHOLE), Column("pieces", WHOLE)]
    for quota in report.quotas or ():
        style = amount_style([quota.target])
        columns += [Column(f"{quota.measure} quota", style), Column(f"{quota.measure} incumbent's quota", style)]
    rows = [(*_territory_cells(row), *territory_quotas(report, i)) for i, row in enumerate(report.territories)]
    book.table(book.sheet("Territories", report.name), columns, rows)


def _territory_cells(row: TerritoryFigure) -> tuple[Cell, ...]:
    loads = [cell for load in row.loads.values() for cell in (load.load, load.target, load.index, load.in_band)]
    head = (row.territory, row.name, row.rep, row.rep_name, row.status)
    return (*head, *loads, row.units, row.mean_km, row.max_km, row.fit, row.moved, row.pieces)


def _units(book: Book, report: Report, name: str, rows: Rows) -> None:
    styles = {"share": PERCENT}
    for measure in report.territories[0].loads:
        at = rows.columns.index(measure)
        styles[measure] = amount_style([row[at] for row in rows.cells])
    columns = [Column(title.replace("_", " "), styles.get(title, TEXT)) for title in rows.columns]
    book.table(book.sheet(name, report.name), columns, rows.cells)


def _accounts(book: Book, report: Report, rows: Rows) -> None:
    *texts, weight = rows.columns
    columns = [*(Column(name.replace("_", " ")) for name in texts), Column(weight, WHOLE)]
    book.table(book.sheet("Accounts", report.name), columns, rows.cells)


def _findings(book: Book, report: Report) -> None:
    columns = [Column(name) for name in ("level", "code", "where", "message", "hint or evidence")]
    broken = [("rule broken", rule.rule, rule.where, rule.cause, rule.evidence) for rule in report.broken]
    reasons = [(reason.kind, reason.rule, reason.where, reason.text, reason.evidence) for reason in report.reasons]
    found = [
        (finding.level, finding.code, place(finding.file, finding.row, finding.field), finding.message, finding.hint)
        for finding in report.findings
    ]
    book.table(book.sheet("Findings", report.name), columns, [*broken, *reasons, *found])


def place(file: str, row: int | None, field: str) -> str:
    """Return where something was found, in a few words."""
    return " ".join(part for part in (file, f"row {row}" if row is not None else "", field) if part)
