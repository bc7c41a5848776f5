"""What the deck of a plan says, slide by slide: the title is the message, the slide its proof."""

from collections.abc import Iterator
from dataclasses import replace

from geodata.draw.slides import Chart, Deck, MapPicture, Series, Slide, SlideTable
from scenarios.export.deck.changes import changes_slides
from scenarios.export.deck.words import about_bullets, next_bullets
from scenarios.export.drawings import made_on
from scenarios.export.view import key_figures
from scenarios.export.workbook_pages import leader_lines
from scenarios.export.written import WrittenPlan
from scenarios.report.model import LoadFigure, Report, TerritoryFigure
from scenarios.report.summary import banded, gap_sentence, in_band_count, index_range, story
from scenarios.report.written import period, tolerance

MOST_MARKS = 40
"""Territories that one chart can show and be read."""
PAGE_ROWS, ROWS_BELOW_CARDS = 20, 15
"""Rows of a table on one slide, and below cards."""


def deck(plan: WrittenPlan) -> Deck:
    """Return the deck: figures, map, balance, territories, changes, method and next steps."""
    report = plan.report
    slides = (
        *_figures(report),
        *_maps(report),
        *_balance(report),
        *_territories(plan),
        *changes_slides(plan),
        Slide(gap_sentence(report).rstrip(".") or "How the plan was made", bullets=about_bullets(report)),
        Slide("Next steps", bullets=next_bullets(plan)),
    )
    return Deck(report.name, period(report), story(report), f"made on {made_on(plan)}", slides)


def _figures(report: Report) -> Iterator[Slide]:
    rows = tuple((title, *cells) for title, *cells in leader_lines(report))
    table = SlideTable(("figure", "today", "plan", "change"), rows, frozenset({1, 2, 3}), (4.6, 1.2, 1.2, 1.2))
    for page, part in enumerate(_pages(table, ROWS_BELOW_CARDS)):
        title = _headline(report) if page == 0 else f"{_headline(report)} (continued)"
        yield Slide(title, cards=key_figures(report) if page == 0 else (), table=part)


def _headline(report: Report) -> str:
    total = len(banded(report.territories))
    if report.broken:
        count = len(report.broken)
        return f"The plan breaks {count} hard rule{'' if count == 1 else 's'}"
    if total == 0:
        return f"{len(report.territories)} territories, every hard rule kept"
    today = f", against {in_band_count(report.today.territories)} today" if report.today else ""
    return f"{in_band_count(report.territories)} of {total} territories are in band{today}"


def _maps(report: Report) -> Iterator[Slide]:
    count = len(report.territories)
    yield Slide(f"The plan has {count} territories", maps=(MapPicture(False, ""),))
    if report.today is not None and report.changes is not None:
        units, of = report.changes.moved_units, report.changes.units_with_rep
        title = f"{of - units} of {of} units stay where they are, {units} change hands"
        yield Slide(title, maps=(MapPicture(True, "today"), MapPicture(False, "plan")))


def _balance(report: Report) -> Iterator[Slide]:
    """Yield a chart of the index of each of the first two measures."""
    for measure in list(report.territories[0].loads)[:2]:
        rows = [row for row in report.territories if row.loads[measure].index is not None]
        if rows:
            yield Slide(_spread(report, measure), chart=_chart(report, measure, rows))


def _spread(report: Report, measure: str) -> str:
    low, high = index_range(report.territories, measure) or (0.0, 0.0)
    today = index_range(report.today.territories, measure) if report.today else None
    against = "" if today is None else f", today from {today[0]:.0f} to {today[1]:.0f}"
    return f"{measure.capitalize()} runs from {low:.0f} to {high:.0f} % of target{against}"


def _chart(report: Report, measure: str, rows: list[TerritoryFigure]) -> Chart:
    far = sorted(rows, key=lambda row: -abs((row.loads[measure].index or 100.0) - 100.0))[:MOST_MARKS]
    shown = [row for row in rows if row in far]
    before = {row.territory: row.loads[measure] for row in (report.today.territories if report.today else [])}
    series = [Series("plan", tuple(row.loads[measure].index for row in shown))]
    if before:
        series.insert(0, Series("today", tuple(_index(before.get(row.territory)) for row in shown)))
    share = tolerance(report, measure)
    if share is not None:
        low, high = 100.0 * (1.0 - share), 100.0 * (1.0 + share)
        series += [Series(f"band from {low:g}", (low,) * len(shown), True)]
        series += [Series(f"band to {high:g}", (high,) * len(shown), True)]
    across = "" if len(shown) == len(rows) else f"the {len(shown)} furthest from target of {len(rows)}"
    return Chart(tuple(row.territory for row in shown), tuple(series), across, "index, target = 100")


def _index(load: LoadFigure | None) -> float | None:
    return None if load is None else load.index


def _territories(plan: WrittenPlan) -> Iterator[Slide]:
    """Yield the table of all territories, as many slides as it takes."""
    measures = plan.measures[:2]
    columns = ["territory", "rep", "units"]
    for measure in measures:
        columns += [measure, "index"]
    columns += ["mean km", "moved in"]
    rows = tuple(tuple(_cells(row, measures)) for row in plan.report.territories)
    wide = (2.2, 2.4, 0.8, *(1.6, 1.0) * len(measures), 1.1, 1.1)
    table = SlideTable(tuple(columns), rows, frozenset(range(2, len(columns))), wide)
    pages = list(_pages(table, PAGE_ROWS))
    for page, part in enumerate(pages, start=1):
        number = f" ({page} of {len(pages)})" if len(pages) > 1 else ""
        yield Slide(f"Every territory against its target{number}", table=part)


def _cells(row: TerritoryFigure, measures: list[str]) -> Iterator[str]:
    yield row.name if row.name in (row.territory, "") else f"{row.name} ({row.territory})"
    yield row.rep_name or row.rep or "nobody yet"
    yield f"{row.units:,}"
    for measure in measures:
        load = row.loads[measure]
        yield f"{load.load:,.0f}"
        yield "" if load.index is None else f"{load.index:.0f}{' !' if load.in_band is False else ''}"
    yield "" if row.mean_km is None else f"{row.mean_km:,.1f}"
    yield f"{row.moved:,}"


def _pages(table: SlideTable, most: int) -> Iterator[SlideTable]:
    """Yield parts of a table that are about equally long."""
    pages = max(-(-len(table.rows) // most), 1)
    size = -(-len(table.rows) // pages)
    for page in range(pages):
        yield replace(table, rows=table.rows[page * size : (page + 1) * size])
