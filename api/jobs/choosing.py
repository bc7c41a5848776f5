"""The part of a sweep that looks at what is known so far: further points, or the front and its proposals."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from api.jobs.bench import Bench, Keep
from api.jobs.solving import SCENARIO_FILE, limits
from api.jobs.sweep_so_far import SoFar, so_far, task_of_point, wish_of_sweep
from api.jobs.watcher import Watcher
from scenarios.case import Case
from scenarios.export.sweep_files import sweep_files
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import Source
from scenarios.store.job_files import add_job_files
from scenarios.store.jobs import SUCCEEDED, add_event, end_attempt
from scenarios.store.parts import POINT, add_part, whole_of
from scenarios.store.source import lay_out
from scenarios.store.studies import document_text, find_study
from scenarios.store.tables.work import Job
from scenarios.sweep.model import SweepReport
from scenarios.sweep.points import Point
from scenarios.sweep.report import Clock, build_sweep_report
from scenarios.sweep.sweep import Sweep, further_points, judged, point_options
from scenarios.sweep.telling import summary

Points = tuple[Point, ...]


def choose_kind(bench: Bench, job: Job, _watcher: Watcher) -> Keep:
    """Add the next points of a sweep, or end it where there are none left or it was asked to stop."""
    with tempfile.TemporaryDirectory(prefix="territory-") as name:
        with bench.store.transaction() as session:
            whole = whole_of(session, job)
            known = so_far(session, whole)
            study = find_study(session, job.workspace_id, job.scenario_id)
            text = document_text(session, study, job.scenario_version)
            source = lay_out(session, job.workspace_id, text, Path(name))
        case = prepare(source)
        limits(bench.settings.units_limit, bench.settings.territories_limit)(case)
        wish = wish_of_sweep(whole)
        more = () if whole.wish else tuple(further_points(case, wish, known.points, known.answers))
    return _adding(job, known, more) if more else _ending(whole, _report(source, case, whole, known))


def _adding(job: Job, known: SoFar, more: Points) -> Keep:
    """Return what adds points to a sweep; nothing is added where it was asked to stop meanwhile."""

    def keep(session: Session) -> dict[str, Any]:
        whole = whole_of(session, job)
        first = len(known.points)
        for number, point in enumerate(more, start=first):
            add_part(session, whole, POINT, number, **task_of_point(point))
        add_event(session, whole.id, "points", {"points": first + len(more)})
        return {}

    return keep


def _ending(whole: Job, report: SweepReport) -> Keep:
    """Return what ends a sweep with its files."""
    files = sweep_files(report)

    def keep(session: Session) -> dict[str, Any]:
        add_job_files(session, whole.id, files)
        told = {
            "text": summary(report),
            "points": len(report.points),
            "front": sum(point.on_front for point in report.points),
            "proposals": [proposal.model_dump(mode="json", exclude={"folder"}) for proposal in report.proposals],
        }
        reason = "user_stop" if whole.wish else None
        end_attempt(session, whole.id, whole.attempt, SUCCEEDED, summary=told, stop_reason=reason)
        return {}

    return keep


def _report(source: Source, case: Case, whole: Job, known: SoFar) -> SweepReport:
    wish = wish_of_sweep(whole)
    options, _ = point_options(source, wish)
    found = judged(Sweep(source, case, options, known.points, known.answers), wish.proposals)
    started = whole.started_at or whole.created_at
    return build_sweep_report(found, Clock(started, (datetime.now(UTC) - started).total_seconds(), SCENARIO_FILE))
