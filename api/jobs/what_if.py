"""One point of a sweep: a durable piece of work of its own."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from api.jobs.bench import Bench, Keep
from api.jobs.solving import SCENARIO_FILE, limits
from api.jobs.sweep_so_far import ANSWER, ANSWERS, answer_of, point_of_task, wish_of_sweep
from api.jobs.watcher import Watcher
from geodata.findings import InputError
from scenarios.export.files import plan_tables
from scenarios.report.build import build_report
from scenarios.report.provenance import Run
from scenarios.store.job_files import add_job_files
from scenarios.store.jobs import add_event
from scenarios.store.parts import POINT, parts_of, whole_of
from scenarios.store.source import canonical, lay_out, written_only
from scenarios.store.studies import document_text, find_study
from scenarios.store.tables.work import Job
from scenarios.sweep.solve_point import Finished, PointAnswer, Refused, Solved, Task, solve_point
from scenarios.sweep.sweep import point_options, point_task

Files = dict[str, bytes]


def point_kind(bench: Bench, job: Job, watcher: Watcher) -> Keep:
    """Solve a point from its neighbour's plan, as `territory sweep` does, and keep its plan and document."""
    with tempfile.TemporaryDirectory(prefix="territory-") as name:
        task = _task(bench, job, Path(name))
        if isinstance(task, Task):
            check = limits(bench.settings.units_limit, bench.settings.territories_limit)
            started = datetime.now(UTC)
            finished = solve_point(task, watcher.is_asked, check)
            answer, files = finished.answer, _files(task, finished, started)
        else:
            answer, files = task, {}

    def keep(session: Session) -> dict[str, Any]:
        add_job_files(session, job.id, {ANSWER: ANSWERS.dump_json(answer), **files})
        summary = _summary(answer)
        whole = whole_of(session, job)
        add_event(session, whole.id, POINT, {"point": point_of_task(job).name, **summary})
        return {"summary": summary, "solution_status": answer.status.value if isinstance(answer, Solved) else None}

    return keep


def _task(bench: Bench, job: Job, folder: Path) -> Task | Refused:
    """Return the task of a point, its files laid out; refused where its values make no sense."""
    with bench.store.transaction() as session:
        whole = whole_of(session, job)
        study = find_study(session, job.workspace_id, job.scenario_id)
        text = document_text(session, study, job.scenario_version)
        written = written_only(session, job.workspace_id, text)
        point = point_of_task(job)
        start = None if point.start is None else parts_of(session, whole.id, POINT)[point.start]
        before = None if start is None else answer_of(session, start)
        options, _ = point_options(written, wish_of_sweep(whole))
        task = point_task(written, options, job.part, point, before)
        if isinstance(task, Refused):
            return task
        try:  # the values may name other data sets
            source = lay_out(session, job.workspace_id, canonical(task.source.scenario), folder)
        except InputError as error:
            return Refused(job.part, error.findings)
    return replace(task, source=source)


def _files(task: Task, finished: Finished, started: datetime) -> Files:
    """Return the files of a point's plan, and its document, of which a scenario may be made."""
    if finished.plan is None or not isinstance(finished.answer, Solved):
        return {}
    run = Run("solve", started, finished.answer.seconds, SCENARIO_FILE, task.source.text_sha256, task.options)
    tables = plan_tables(finished.plan, build_report(finished.plan, run))
    return {SCENARIO_FILE: canonical(task.source.scenario).encode(), **tables}


def _summary(answer: PointAnswer) -> dict[str, Any]:
    if isinstance(answer, Refused):
        return {"status": "refused", "figures": {}, "value": None, "gap": None}
    return {
        "status": answer.status.value,
        "figures": dict(answer.figures),
        "value": answer.value,
        "gap": answer.gap,
    }
