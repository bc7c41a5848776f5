"""One attempt at a job: begun, solved, ended; or given up with the reason."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from structlog.stdlib import BoundLogger

from api.jobs.solving import limits, solve_job
from api.jobs.watcher import Watcher
from api.logs import logger
from api.settings import Settings
from geodata.findings import InputError
from scenarios.report.model import Report
from scenarios.store.database import Store
from scenarios.store.errors import FencedError
from scenarios.store.jobs import CANCEL, CANCELLED, FAILED, SUCCEEDED, begin_attempt, end_attempt, wish_of
from scenarios.store.plans import SOLVED, add_plan, summary_of
from scenarios.store.studies import find_study, show_first_plan
from scenarios.store.tables.base import Json
from scenarios.store.tables.work import Job

Leave = Callable[[str], None]


def run_attempt(store: Store, settings: Settings, job_id: str, worker_id: str, leave: Leave) -> None:
    """Take a job over and bring it to its end; `leave` ends the process where another worker took it over."""
    with store.transaction() as session:
        job = begin_attempt(session, job_id, worker_id)
    if job is None:
        return
    log = logger().bind(job=job.id, attempt=job.attempt, worker=worker_id)
    log.info("job-begun")
    try:
        _bring_to_end(store, settings, job, leave, log)
    except FencedError as error:
        leave(str(error))


def _bring_to_end(store: Store, settings: Settings, job: Job, leave: Leave, log: BoundLogger) -> None:
    if job.crashes >= settings.attempts:
        message = f"{job.crashes} workers died of this job. Maybe it needs more memory: try fewer units."
        return _fail(store, job, "worker_lost", {"code": "worker-lost", "message": message}, log)
    check = limits(settings.units_limit, settings.territories_limit)
    try:
        with Watcher(store, job.id, job.attempt, settings.stop_grace_s, leave, log) as watcher:
            report, files = solve_job(store, job, check, settings.solver_cores, watcher, watcher.is_asked)
    except InputError as error:
        findings = [asdict(finding) for finding in error.findings]
        return _fail(
            store, job, "error", {"code": "invalid-scenario", "message": str(error), "findings": findings}, log
        )
    except FencedError:
        raise
    except MemoryError:
        return _fail(store, job, "error", {"code": "out-of-memory", "message": "Maybe try fewer units."}, log)
    except Exception as error:
        log.exception("job-error")
        return _fail(store, job, "error", {"code": "internal", "message": f"Our fault: {type(error).__name__}."}, log)
    return _keep(store, job, report, files, log)


def _keep(store: Store, job: Job, report: Report, files: dict[str, bytes], log: BoundLogger) -> None:
    """Keep the plan, unless it was cancelled meanwhile."""
    with store.transaction() as session:
        if wish_of(session, job.id) == CANCEL:
            end_attempt(session, job.id, job.attempt, CANCELLED, stop_reason="cancelled")
            log.info("job-cancelled")
            return
        study = find_study(session, job.workspace_id, job.scenario_id)
        about: dict[str, Any] = {"source": SOLVED, "job_id": job.id, "summary": summary_of(report)}
        plan = add_plan(session, study, job.scenario_version, files, created_by=job.created_by, **about)
        show_first_plan(session, study.id, plan.id)
        reason = report.stop_reason.value if report.stop_reason else None
        outcome = {"solution_status": report.status.value, "stop_reason": reason, "plan_id": plan.id}
        end_attempt(session, job.id, job.attempt, SUCCEEDED, **outcome)
    log.info("job-done", **outcome, seconds=report.timing.seconds, gap=report.gap)


def _fail(store: Store, job: Job, stop_reason: str, error: Json, log: BoundLogger) -> None:
    with store.transaction() as session:
        end_attempt(session, job.id, job.attempt, FAILED, stop_reason=stop_reason, error=error)
    log.warning("job-failed", code=error["code"])
