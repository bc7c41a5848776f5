"""`territory sweep`: many what-ifs of one scenario, the front they make, and a few proposals."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from rich.table import Table
from rich.text import Text

from api.cli.exits import Exit
from api.cli.interrupt import run_beside, stop_on_interrupt
from api.cli.screen import Screen
from geodata.draw.text import clean
from geodata.findings import Finding, InputError, Level
from scenarios.export.folder import prepare_folder, write_files
from scenarios.export.sweep_files import sweep_files, write_proposals
from scenarios.reading.source import read
from scenarios.report.words import number
from scenarios.sweep.model import SweepReport
from scenarios.sweep.points import Point
from scenarios.sweep.report import Clock, build_sweep_report
from scenarios.sweep.solve_point import PointAnswer, Solved
from scenarios.sweep.sweep import SweepWish, sweep
from scenarios.sweep.telling import WITH_PLAN, heading, point_of, summary, told_figure, told_gap, told_values, trouble
from scenarios.sweep.vary import parse_vary, told
from scenarios.sweep.written import proposals_of, read_wish

MOST_LINES = 10
"""Points without a plan that are explained on the screen; all of them are in sweep.json."""


@dataclass(frozen=True)
class Asked:
    """The options of the command: what to vary, or a file that says it, and options of the solves."""

    out: Path
    varies: tuple[str, ...] = ()
    file: Path | None = None
    proposals: int | None = None
    draws_maps: bool = True
    changes: Mapping[str, float | int | None] = field(default_factory=dict)


def sweep_scenario(screen: Screen, path: Path, asked: Asked) -> int:
    """Solve every point, write the results and return the exit code."""
    started, clock = datetime.now(UTC), monotonic()
    wish = _wish(asked)
    prepare_folder(asked.out)
    source = read(path)
    with stop_on_interrupt(screen, "Stopping with the points that are finished") as stop:
        printer = _Printer(screen)
        found = run_beside(lambda: sweep(source, wish, stop.is_set, printer))
        screen.findings(finding for finding in found.case.findings if finding.level is not Level.NOTE)
        folders = write_proposals(asked.out, found, started, draws_map=asked.draws_maps)
    times = Clock(started, monotonic() - clock, os.path.relpath(path, asked.out))
    report = build_sweep_report(found, times)
    files = sweep_files(report)
    write_files(asked.out, files)
    code = _exit_code(report)
    _show(screen, report)
    screen.say(f"Files in {asked.out}: {', '.join([*files, *folders])}")
    names = [*files, *folders]
    screen.answer(
        {"exit_code": int(code), "out": str(asked.out), "files": names, "sweep": report.model_dump(mode="json")}
    )
    return code


def _wish(asked: Asked) -> SweepWish:
    if asked.file is not None and asked.varies:
        message, hint = "Both --vary and --file say what to vary.", "Maybe put everything into the file."
        raise InputError([Finding(Level.ERROR, "conflicting-fields", message, hint, field="--file")])
    if asked.file is None and not asked.varies and asked.proposals is None:
        message = "Nothing says what to sweep."
        hint = "Maybe add --proposals 5, or --vary measures.workload.tolerance=0.05,0.1."
        raise InputError([Finding(Level.ERROR, "missing-field", message, hint, field="--vary")])
    wish = SweepWish(tuple(map(parse_vary, asked.varies))) if asked.file is None else read_wish(asked.file)
    proposals = wish.proposals if asked.proposals is None else proposals_of(str(asked.proposals))
    return replace(wish, proposals=proposals, changes=asked.changes)


class _Printer:
    """Prints a line for each finished point, to stderr."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._begun = monotonic()
        self._count = 0

    def __call__(self, points: Sequence[Point], answer: PointAnswer) -> None:
        self._count += 1
        point = points[answer.index]
        wish = point.why or ", ".join(f"{path} = {told(value)}" for path, value in point.values.items())
        done = f"{monotonic() - self._begun:7.1f} s  {self._count} of {len(points)}"
        line = f"{done}  {point.name}  {_outcome(answer)}  {wish}"
        if self._screen.shows_progress:
            self._screen.err.print(Text(clean(line)), soft_wrap=True)


def _outcome(answer: PointAnswer) -> str:
    if not isinstance(answer, Solved):
        return "makes no sense"
    figures = "  ".join(f"{name} {number(round(amount, 1))}" for name, amount in answer.figures.items())
    return f"{answer.status.value}  {figures}"


def _exit_code(report: SweepReport) -> Exit:
    statuses = {point.status for point in report.points}
    if statuses & {*WITH_PLAN}:
        return Exit.DONE
    return Exit.INFEASIBLE if statuses == {"infeasible"} else Exit.NOT_FOUND


def _show(screen: Screen, report: SweepReport) -> None:
    screen.say("")
    screen.say(f"{report.name}: {summary(report)}")
    screen.say("")
    if report.proposals:
        screen.say(_table(report))
        for proposal in report.proposals:
            screen.say(f"{proposal.proposal} asks for {told_values(point_of(report, proposal))}")
        screen.say("")
    without = [point for point in report.points if point.status not in WITH_PLAN]
    if without:
        screen.say("What-ifs without a plan that keeps every hard rule:")
    for point in without[:MOST_LINES]:
        screen.say(f"  - {point.point} ({told_values(point)}): {trouble(point, most=1)}")
    if len(without) > MOST_LINES:
        screen.say(f"  ... and {len(without) - MOST_LINES} more in sweep.json")


def _table(report: SweepReport) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("proposal", "", "point"):
        table.add_column(name)
    for axis in report.goals:
        table.add_column(Text(heading(axis)), justify="right")
    table.add_column("gap", justify="right")
    if report.today:
        table.add_row("today", "", "", *(told_figure(axis, report.today) for axis in report.goals), "")
    for proposal in report.proposals:
        point = point_of(report, proposal)
        figures = [told_figure(axis, point.figures) for axis in report.goals]
        cells = [str(proposal.proposal), proposal.why, point.point, *figures, told_gap(point)]
        table.add_row(*(Text(clean(cell)) for cell in cells))
    return table
