"""What is shown when a plan is there: a paragraph for leadership, the territories, the causes, the files."""

import json
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from api.cli.exits import Exit
from api.cli.screen import Screen
from geodata.draw.text import clean
from scenarios.quotas.words import quota_sentence
from scenarios.report.attempt_words import attempts_in_words
from scenarios.report.model import LoadFigure, Report, TerritoryFigure
from scenarios.report.relaxation_words import ways_in_words
from scenarios.report.summary import repeat_sentence, summary
from scenarios.ways_out import other_ways

HEADINGS = {
    Exit.INFEASIBLE: "Proven infeasible. The nearest plan is written, and breaks these rules:",
    Exit.NOT_FOUND: "No plan that keeps every hard rule was found. The nearest one is written, and breaks these rules:",
}
MOST_LINES = 20
"""Broken rules or reasons listed on the screen, the worst first; all of them are in report.json."""
TINY = 1e-9
"""Smallest limit that a miss is compared with."""


def show_outcome(screen: Screen, report: Report, out: Path, names: Sequence[str], code: int) -> None:
    """Show the outcome of solve and score."""
    screen.say("")
    screen.say(Text(f"{clean(report.name)}: {clean(summary(report))}"))
    screen.say("")
    screen.say(_table(report))
    for quota in report.quotas or ():
        screen.say(quota_sentence(quota))
    if report.hedge is not None:
        screen.say(report.hedge.text)
    if report.broken:
        screen.say(HEADINGS.get(Exit(code), "The plan breaks these rules:"))
        worst = sorted(report.broken, key=lambda rule: -abs(rule.amount - rule.limit) / max(abs(rule.limit), TINY))
        _list(screen, [f"{rule.where}: {rule.cause} ({rule.evidence})" for rule in worst])
        _conflicts(screen, report)
        _ways(screen, report)
    if not report.provenance.reproducible:
        screen.say(repeat_sentence(report))
    screen.say(f"Files in {out}: {', '.join(names)}")
    fields = report.model_dump(mode="json")
    screen.answer({"exit_code": int(code), "out": str(out), "files": list(names), "report": fields})


def _conflicts(screen: Screen, report: Report) -> None:
    """List the causes but those that are observed at one territory, which are told beside the rules it breaks."""
    conflicts = (reason for reason in report.reasons if reason.kind == "conflict")
    reasons = [reason for reason in conflicts if reason.evidence == "proven" or not reason.territories]
    if reasons:
        screen.say("Why:")
        _list(screen, [f"{reason.text} ({reason.evidence})" for reason in reasons])


def _ways(screen: Screen, report: Report) -> None:
    """List each way out in a line of its own, that of the nearest plan last."""
    nearest, alone = ways_in_words(report.reasons)
    if alone:
        screen.say("Each of these would be enough by itself: a plan was found that keeps all the rest.")
        _list(screen, alone)
    if nearest:
        lead = "Or all" if alone else "All"
        screen.say(f"{lead} of this together, which the plan written here keeps:")
        _list(screen, nearest)
    others = [f"{way.text}: {json.dumps(way.patch)}" for way in other_ways(report)]
    if others:
        screen.say("This may help as well, each with what to write in the scenario:")
        _list(screen, others)
    for line in attempts_in_words(report.attempts):
        screen.say(line)


def _list(screen: Screen, lines: Sequence[str]) -> None:
    for line in lines[:MOST_LINES]:
        screen.say(f"  - {line}")
    if len(lines) > MOST_LINES:
        screen.say(f"  ... and {len(lines) - MOST_LINES} more in report.json")


def _table(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    measures = list(report.territories[0].loads)
    table.add_column("territory", no_wrap=True)
    table.add_column("rep")
    table.add_column("units", justify="right")
    for measure in measures:
        table.add_column(Text(f"{clean(measure)} index"), justify="right")
    table.add_column("mean km", justify="right")
    for row in report.territories:
        table.add_row(*_cells(row))
    return table


def _cells(row: TerritoryFigure) -> list[Text]:
    rep = f"{row.rep} {row.rep_name}" if row.rep_name and row.rep_name != row.rep else row.rep or "-"
    return [
        Text(clean(row.territory)),
        Text(clean(rep)),
        Text(f"{row.units:,}"),
        *(_index(load) for load in row.loads.values()),
        Text("-" if row.mean_km is None else f"{row.mean_km:,.1f}"),
    ]


def _index(load: LoadFigure) -> Text:
    if load.index is None:
        return Text("-")
    return Text(f"{load.index:.1f}", style="bold red" if load.in_band is False else "")
