"""The job kind `solve`: the one way through, from a stored scenario to a stored plan."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy.orm import Session

from api.jobs.bench import Bench, Keep
from api.jobs.watcher import Watcher
from geodata.findings import Finding, InputError, Level
from optimizer.result import Stop, Watch
from scenarios.case import Case
from scenarios.export.files import PLAN
from scenarios.export.map import with_map
from scenarios.options import solve_options
from scenarios.prepare.plan import read_earlier
from scenarios.prepare.prepare import prepare
from scenarios.report.answer import solved_answer
from scenarios.report.build import build_report
from scenarios.report.model import Report
from scenarios.report.provenance import Run
from scenarios.robust.hedge import solve_case
from scenarios.store.database import Store
from scenarios.store.incumbents import last_plan
from scenarios.store.plans import SOLVED, add_plan, plan_bytes, summary_of
from scenarios.store.source import lay_out
from scenarios.store.studies import document_text, find_study, show_first_plan
from scenarios.store.tables.work import Job
from scenarios.workspace.files import ALIGNMENT, CELLS, alignment_bytes, cells_bytes

SCENARIO_FILE = "scenario.json"
Check = Callable[[Case], None]


def solve_job(
    store: Store, job: Job, check: Check, cores: int, watch: Watch, stop: Stop
) -> tuple[Report, dict[str, bytes]]:
    """Solve a job's scenario and return the report and all files.

    A job that was begun before starts from the best plan that it had found. `cores` is the most that it may use.

    Raises
    ------
    InputError
        Where the scenario cannot be used, or `check` refuses it.
    """
    started = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="territory-") as name:
        folder = Path(name)
        with store.transaction() as session:
            study = find_study(session, job.workspace_id, job.scenario_id)
            source = lay_out(session, job.workspace_id, document_text(session, study, job.scenario_version), folder)
            begun_from = plan_bytes(session, job.start_plan_id, PLAN) if job.start_plan_id else None
        before = None if begun_from is None else _written(folder / PLAN, begun_from)
        case = prepare(source, before)
        check(case)
        earlier = None if before is None else read_earlier(before, case)[0]
    with store.transaction() as session:
        found = last_plan(session, job.id, len(case.row_of))
    options = solve_options(case.scenario.solve, job.options, found or earlier)
    options = replace(options, workers=min(options.workers, cores))
    clock = monotonic()
    result, hedged = solve_case(case, options, watch, stop)
    answer = solved_answer(case, result, earlier, hedged)
    start = None if begun_from is None else sha256(begun_from).hexdigest()
    run = Run("solve", started, monotonic() - clock, SCENARIO_FILE, source.text_sha256, options, start)
    report = build_report(answer, run)
    shown = {CELLS: cells_bytes(answer.case), ALIGNMENT: alignment_bytes(answer)}
    return report, {**with_map(answer, report), **shown}


def solve_kind(bench: Bench, job: Job, watcher: Watcher) -> Keep:
    """Do a job of the kind `solve`: its plan becomes the present one of a scenario on whose plan nobody works."""
    check = limits(bench.settings.units_limit, bench.settings.territories_limit)
    report, files = solve_job(bench.store, job, check, bench.settings.solver_cores, watcher, watcher.is_asked)

    def keep(session: Session) -> dict[str, Any]:
        study = find_study(session, job.workspace_id, job.scenario_id)
        about: dict[str, Any] = {"source": SOLVED, "job_id": job.id, "summary": summary_of(report)}
        plan = add_plan(session, study, job.scenario_version, files, created_by=job.created_by, **about)
        show_first_plan(session, study.id, plan.id)
        reason = report.stop_reason.value if report.stop_reason else None
        return {"solution_status": report.status.value, "stop_reason": reason, "plan_id": plan.id}

    return keep


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def limits(units: int, territories: int) -> Check:
    """Return a check that refuses cases above the limits of the service."""

    def check(case: Case) -> None:
        for what, amount, most in (
            ("units", len(case.units), units),
            ("territories", case.problem.n_reps, territories),
        ):
            if amount > most:
                message = f"The scenario has {amount:,} {what}; this service takes {most:,}."
                hint = "Maybe split it, or ask for a higher limit."
                raise InputError([Finding(Level.ERROR, "too-large", message, hint, value=str(amount))])

    return check
