"""`territory solve`: the one way through, from the written scenario to the files and the map."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic

from api.cli.exits import Exit
from api.cli.first_screen import show_outcome
from api.cli.interrupt import run_beside, stop_on_interrupt
from api.cli.progress import ProgressPrinter
from api.cli.screen import Screen
from optimizer.result import Status
from scenarios.export.folder import prepare_folder
from scenarios.export.write import write_plan
from scenarios.options import solve_options
from scenarios.prepare.plan import read_earlier
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from scenarios.report.answer import solved_answer
from scenarios.report.build import build_report
from scenarios.report.model import Report
from scenarios.report.provenance import Run
from scenarios.robust.hedge import solve_case


@dataclass(frozen=True)
class Wish:
    """What a caller of solve wants beside the scenario.

    `start` is an earlier plan; `changes` are options in place of the scenario's, None where it decides.
    """

    out: Path
    start: Path | None = None
    draws_map: bool = True
    accepts_nearest: bool = False
    changes: Mapping[str, float | int | None] = field(default_factory=dict)


def solve_scenario(screen: Screen, path: Path, wish: Wish) -> int:
    """Solve a scenario, write its files and return the exit code."""
    started = datetime.now(UTC)
    prepare_folder(wish.out)
    source = read(path)
    case = prepare(source, wish.start)
    earlier, found = (None, ()) if wish.start is None else read_earlier(wish.start, case)
    screen.findings((*case.findings, *found))
    options = solve_options(case.scenario.solve, wish.changes, earlier)
    clock = monotonic()
    with stop_on_interrupt(screen) as stop, ProgressPrinter(screen) as progress:
        result, hedged = run_beside(lambda: solve_case(case, options, progress, stop.is_set))
    seconds = monotonic() - clock
    answer = solved_answer(case, result, earlier, hedged)
    start = None if wish.start is None else sha256(wish.start.read_bytes()).hexdigest()
    begun = None if wish.start is None else os.path.relpath(wish.start, wish.out)
    run = Run("solve", started, seconds, os.path.relpath(path, wish.out), source.text_sha256, options, start, begun)
    report = build_report(answer, run)
    names = write_plan(wish.out, answer, report, draws_map=wish.draws_map)
    code = _exit_code(report, accepts_nearest=wish.accepts_nearest)
    show_outcome(screen, report, wish.out, names, code)
    return code


def _exit_code(report: Report, *, accepts_nearest: bool) -> int:
    if report.status in (Status.OPTIMAL, Status.FEASIBLE) or accepts_nearest:
        return Exit.DONE
    return Exit.INFEASIBLE if report.status == Status.INFEASIBLE else Exit.NOT_FOUND
