"""`territory size`: the headcount curve as a table, size.json, size.csv and pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.table import Table
from rich.text import Text

from api.cli.exits import Exit
from api.cli.interrupt import run_beside, stop_on_interrupt
from api.cli.screen import Screen
from geodata.draw.text import clean
from scenarios.export.folder import prepare_folder, write_files
from scenarios.options import solve_options
from scenarios.reading.source import read
from scenarios.sizing.files import size_files
from scenarios.sizing.model import Sizing
from scenarios.sizing.size import reps_range, size_team
from scenarios.sizing.staffing import open_base
from scenarios.sizing.words import amount, sizing_story

LISTED = 5
"""Homes and vacancies shown; all of them are in size.json."""
USUAL_EFFORT = 0.05
"""Work of each solve where the command does not say: without a clock, so that points compare on a busy machine too."""


@dataclass(frozen=True)
class SizeWish:
    """What a caller of size wants beside the scenario."""

    reps: str
    out: Path
    changes: Mapping[str, float | int | None] = field(default_factory=dict)


def size_scenario(screen: Screen, path: Path, wish: SizeWish) -> int:
    """Draw the headcount curve of a scenario."""
    lowest, highest = reps_range(wish.reps)
    prepare_folder(wish.out)
    base = open_base(read(path))
    screen.findings(base.case.findings)
    unsaid = wish.changes.get("time_limit_s") is None and wish.changes.get("effort") is None
    usual = {"effort": USUAL_EFFORT} if unsaid else {}
    options = solve_options(base.source.scenario.solve, {**wish.changes, **usual}, None)
    tell = screen.err.print if screen.shows_progress and not screen.as_json else _nothing
    with stop_on_interrupt(screen) as stop:
        sizing = run_beside(lambda: size_team(base, lowest, highest, options, stop.is_set, tell))
    files = size_files(sizing)
    write_files(wish.out, files)
    _show(screen, sizing)
    screen.say(f"Files in {wish.out}: {', '.join(files)}")
    screen.answer({"exit_code": int(Exit.DONE), "files": list(files), "size": sizing.model_dump(mode="json")})
    return Exit.DONE


def _nothing(_: str) -> None:
    """Tell nobody."""


def _show(screen: Screen, sizing: Sizing) -> None:
    screen.say("")
    screen.say(Text(f"{clean(sizing.name)}: {clean(sizing_story(sizing))}"))
    if sizing.label == "modelled" or sizing.reasons:
        screen.say(f"The figures are {sizing.label}: {'; '.join(sizing.reasons) or 'all of it was written down'}.")
    screen.say("")
    screen.say(_table(sizing))
    for title, candidates in (("Where to hire next:", sizing.homes), ("Missed least:", sizing.vacancies)):
        if candidates:
            screen.say(title)
        for item in candidates[:LISTED]:
            sign = "+" if item.change >= 0 else "-"
            screen.say(f"  - {item.name}: {sign}{amount(sizing, abs(item.change))} ({item.evidence})")


def _table(sizing: Sizing) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    digits = 2 if sizing.unit == "index" else 0
    for title in ("reps", "contribution", "at most", "one more brings", "and costs", "in band", "gap", ""):
        table.add_column(title, justify="left" if title == "" else "right")
    for point in sizing.points:
        marks = [
            *(["today"] if point.reps == sizing.today else []),
            *(["best"] if point.reps == sizing.best else ["as good"] if point.reps in sizing.flat else []),
            *(["breaks rules"] if point.broken else []),
        ]
        table.add_row(
            str(point.reps),
            _number(point.contribution, digits),
            _number(point.bound, digits),
            _number(point.marginal, digits),
            _number(point.marginal_cost, digits),
            f"{point.in_band}/{point.reps}",
            "-" if point.gap is None else f"{100 * point.gap:.1f} %",
            ", ".join(marks),
        )
    return table


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"
