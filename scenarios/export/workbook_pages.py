"""The pages About and Summary of the workbook."""

from collections.abc import Iterable

from scenarios.export.sheet import DARK, ONE_DECIMAL, TEXT, TWO_DECIMALS, WHOLE, Book, put
from scenarios.export.tables import Cell
from scenarios.report.model import GoalFigure, Report
from scenarios.report.summary import (
    banded,
    gap_sentence,
    in_band_count,
    index_range,
    mean_travel_km,
    repeat_sentence,
    summary,
)
from scenarios.report.written import currency, period, tolerance

Line = tuple[str, Cell, Cell, str]
"""A figure, today's amount, the proposed one, and their number format."""

LINE_HEIGHT, LINE_LENGTH = 15, 105
"""Height of a line of text in points, and the characters that fit into it."""
GUIDE = (
    ("Summary", "Today's plan against the proposal."),
    ("Territories", "One row a territory: loads, targets, index (100 = target) coloured by band, distances."),
    ("Quotas", "The company, regions, managers and territories, sums both ways; only where quotas were asked for."),
    ("Units", "One row a unit and rep, as in plan.csv."),
    ("Moves", "The units that change hands."),
    ("Accounts", "One row an account; only where accounts were given."),
    ("Findings", "Broken rules and their causes, and what was found in the input."),
)


def write_about(book: Book, report: Report) -> None:
    """Write what the plan is, how good it is, and what it was made from."""
    sheet = book.sheet("About", report.name)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    put(sheet, 0, 0, report.name, book.style(bold=True, font_size=16, font_color=DARK))
    head, body = book.style(bold=True, text_wrap=True, valign="top"), book.style(text_wrap=True, valign="top")
    for line, (title, text) in enumerate(_about(report), start=2):
        put(sheet, line, 0, title, head)
        put(sheet, line, 1, text, body)
        sheet.set_row(line, LINE_HEIGHT * (1 + len(text) // LINE_LENGTH))


def write_summary(book: Book, report: Report) -> None:
    """Write today's figures beside the proposed ones."""
    sheet = book.sheet("Summary", report.name)
    sheet.set_column(0, 0, 62)
    sheet.set_column(1, 3, 14)
    put(sheet, 0, 0, "figure", book.head(TEXT))
    for column, title in enumerate(("today", "proposed", "change"), start=1):
        put(sheet, 0, column, title, book.head(WHOLE))
    for line, (title, today, proposed, style) in enumerate(_figures(report), start=1):
        put(sheet, line, 0, title, book.style(num_format=TEXT))
        for column, cell in enumerate((today, proposed, _difference(today, proposed)), start=1):
            put(sheet, line, column, cell, book.style(num_format=style))
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)


def _about(report: Report) -> list[tuple[str, str]]:
    source = report.provenance
    options = ", ".join(f"{name} {value}" for name, value in source.options.items() if value is not None)
    return [
        ("Period", period(report)),
        ("In short", summary(report)),
        ("Status", report.status if report.stop_reason is None else f"{report.status} (stopped: {report.stop_reason})"),
        ("Proof", gap_sentence(report) or "No bound is known for this plan."),
        ("Currency", currency(report)),
        *((f"Sheet {name}", text) for name, text in GUIDE),
        ("Made by", source.product),
        ("Options", f"seed {source.seed}, {options}" if options else "a given plan, judged"),
        ("Repeatable", repeat_sentence(report)),
        *((f"Input {name}", f"SHA-256 {digest}") for name, digest in source.inputs.items()),
    ]


def leader_lines(report: Report) -> list[tuple[str, str, str, str]]:
    """Return title, today, proposed and change of the figures a leader asks for, as texts."""
    lines = [*_plain_figures(report), *_money(report), _broken(report)]
    return [
        (title, _shown(today, style), _shown(proposed, style), _shown(_difference(today, proposed), style, "+"))
        for title, today, proposed, style in lines
    ]


def _shown(cell: Cell, style: str, sign: str = "") -> str:
    decimals = {WHOLE: 0, ONE_DECIMAL: 1, TWO_DECIMALS: 2}[style]
    return "" if cell is None else f"{round(float(cell), decimals) + 0.0:{sign},.{decimals}f}"


def _figures(report: Report) -> Iterable[Line]:
    today = report.today
    yield from _plain_figures(report)
    before_goals = {} if today is None else {goal.name: goal for goal in today.goals}
    for goal in report.goals:
        yield (_goal_title(goal), _amount(before_goals.get(goal.name)), goal.amount, TWO_DECIMALS)
    yield from _money(report)
    yield ("value (smaller is better)", None if today is None else today.value, report.value, TWO_DECIMALS)
    yield _broken(report)
    yield from _hand_overs(report)


def _plain_figures(report: Report) -> Iterable[Line]:
    """Yield bands, territories, indices and distance."""
    today = report.today
    if banded(report.territories):
        before = None if today is None else in_band_count(today.territories)
        yield ("territories in band", before, in_band_count(report.territories), WHOLE)
    yield ("territories", None if today is None else len(today.territories), len(report.territories), WHOLE)
    yield from _indices(report)
    before_km = None if today is None else mean_travel_km(today.territories)
    yield ("mean distance to the rep, km", before_km, mean_travel_km(report.territories), ONE_DECIMAL)


def _broken(report: Report) -> Line:
    return ("hard rules broken", None if report.today is None else len(report.today.broken), len(report.broken), WHOLE)


def _hand_overs(report: Report) -> Iterable[Line]:
    """Yield what changes hands."""
    if report.changes is not None:
        yield ("units that change hands", None, report.changes.moved_units, WHOLE)
        yield ("of these unavoidably", None, report.changes.unavoidable_units, WHOLE)
        yield ("potential that changes hands, %", None, report.changes.moved_potential_percent, ONE_DECIMAL)


def _money(report: Report) -> Iterable[Line]:
    """Yield what the plan contributes, its parts behind it."""
    figures = report.contribution
    if figures is None:
        return
    unit = "index, today = 100, modelled" if figures.unit == "index" else figures.unit
    style = TWO_DECIMALS if figures.unit == "index" else WHOLE
    titles = {
        "total": "contribution in the first year",
        "gross": "of it: margin on sales",
        "travel_cost": "less: trips from home",
        "rep_cost": "less: reps",
        "disruption_loss": "less: lost as accounts change hands",
    }
    for name, title in titles.items():
        today = None if figures.today is None else getattr(figures.today, name)
        yield (f"{title} ({unit})", today, getattr(figures.plan, name), style)


def _indices(report: Report) -> Iterable[Line]:
    for measure in report.territories[0].loads:
        proposed = index_range(report.territories, measure) or (None, None)
        today = (index_range(report.today.territories, measure) if report.today else None) or (None, None)
        share = tolerance(report, measure)
        within = "" if share is None else f" (band {100 * (1 - share):g} to {100 * (1 + share):g})"
        yield (f"{measure} index, smallest{within}", today[0], proposed[0], ONE_DECIMAL)
        yield (f"{measure} index, largest{within}", today[1], proposed[1], ONE_DECIMAL)


def _goal_title(goal: GoalFigure) -> str:
    meaning = {
        "travel": "travel: workload-weighted mean cost",
        "fit": "fit: 100 x (1 - mean fit)",
        "balance": "balance: mean miss of the index",
        "disruption": "disruption: % of potential that moves",
        "contribution": "contribution: forgone against the best rep for each unit",
    }
    return f"{meaning.get(goal.name, goal.name)} (weight {goal.weight:g})"


def _amount(goal: GoalFigure | None) -> float | None:
    return None if goal is None else goal.amount


def _difference(today: Cell, proposed: Cell) -> float | None:
    if isinstance(today, int | float) and isinstance(proposed, int | float):
        return float(proposed - today)
    return None
