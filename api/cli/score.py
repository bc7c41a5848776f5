"""`territory score`: a hand-made plan, judged, with the same files as a solved one."""

import os
from datetime import UTC, datetime
from pathlib import Path

from api.cli.exits import Exit
from api.cli.first_screen import show_outcome
from api.cli.screen import Screen
from scenarios.export.folder import prepare_folder
from scenarios.export.write import write_plan
from scenarios.prepare.plan import read_plan
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from scenarios.report.answer import given_answer
from scenarios.report.build import build_report
from scenarios.report.provenance import Run


def score_plan(screen: Screen, path: Path, plan: Path, out: Path, *, draws_map: bool) -> int:
    """Judge a plan, write its files and return the exit code."""
    started = datetime.now(UTC)
    prepare_folder(out)
    source = read(path)
    case = prepare(source)
    answer = given_answer(case, *read_plan(plan, case))
    screen.findings(answer.findings)
    run = Run("score", started, 0.0, os.path.relpath(path, out), source.text_sha256, None)
    report = build_report(answer, run)
    names = write_plan(out, answer, report, draws_map=draws_map)
    code = Exit.BROKEN_PLAN if report.broken else Exit.DONE
    show_outcome(screen, report, out, names, code)
    return code
