"""One attempt at a job: begun, done, ended; or given up with the reason."""

from collections.abc import Callable
from dataclasses import asdict

from sqlalchemy.orm import Session
from structlog.stdlib import BoundLogger

from api.jobs.bench import Bench, Keep
from api.jobs.kinds import DONE
from api.jobs.watcher import Watcher
from api.logs import logger
from geodata.findings import InputError
from scenarios.store.errors import FencedError
from scenarios.store.jobs import (
    CANCELLED,
    FAILED,
    SUCCEEDED,
    begin_attempt,
    count_active,
    end_attempt,
    hold_whole,
    is_given_up,
)
from scenarios.store.parts import CHOICE, bring_on, whole_of
from scenarios.store.patience import PASSING, patiently
from scenarios.store.tables.base import Json
from scenarios.store.tables.work import Job

Leave = Callable[[str], None]


def run_attempt(bench: Bench, job_id: str, worker_id: str, leave: Leave) -> None:
    """Take a job over and bring it to its end, though the database be away meanwhile.

    `leave` ends the process where another worker took the job over, or its end cannot be kept.
    """
    log = logger().bind(job=job_id, worker=worker_id)
    job = patiently(bench.store, lambda: _begin(bench, job_id, worker_id), log.warning)
    if job is None:
        return
    log = log.bind(kind=job.kind, attempt=job.attempt)
    log.info("job-begun")
    try:
        patiently(bench.store, lambda: _bring_to_end(bench, job, leave, log), log.warning)
    except FencedError as error:
        leave(str(error))
    except Exception:
        log.exception("job-error")
        leave("the end of a job could not be kept")


def _begin(bench: Bench, job_id: str, worker_id: str) -> Job | None:
    with bench.store.transaction() as session:
        return begin_attempt(session, job_id, worker_id)


def _bring_to_end(bench: Bench, job: Job, leave: Leave, log: BoundLogger) -> None:
    if job.crashes >= bench.settings.attempts:
        message = f"{job.crashes} workers died of this job. Maybe it needs more memory: try fewer units."
        return _fail(bench, job, "worker_lost", {"code": "worker-lost", "message": message}, log)
    try:
        with Watcher(bench.store, job.id, job.attempt, bench.settings.stop_grace_s, leave, log) as watcher:
            keep = DONE[job.kind](bench, job, watcher)
    except InputError as error:
        findings = [asdict(finding) for finding in error.findings]
        failure: Json = {"code": "invalid-scenario", "message": str(error), "findings": findings}
        return _fail(bench, job, "error", failure, log)
    except (FencedError, *PASSING):
        raise
    except MemoryError:
        return _fail(bench, job, "error", {"code": "out-of-memory", "message": "Maybe try fewer units."}, log)
    except Exception as error:
        log.exception("job-error")
        return _fail(bench, job, "error", {"code": "internal", "message": f"Our fault: {type(error).__name__}."}, log)
    return patiently(bench.store, lambda: _keep(bench, job, keep, log), log.warning)


def _keep(bench: Bench, job: Job, keep: Keep, log: BoundLogger) -> None:
    """Keep what was found, unless it was given up meanwhile."""
    with bench.store.transaction() as session:
        hold_whole(session, job)
        if is_given_up(session, job):
            end_attempt(session, job.id, job.attempt, CANCELLED, stop_reason="cancelled")
            log.info("job-cancelled")
        else:
            outcome = keep(session)
            end_attempt(session, job.id, job.attempt, SUCCEEDED, **outcome)
            log.info("job-done", **{name: outcome[name] for name in outcome if name != "summary"})
        _go_on(bench, session, job)


def _fail(bench: Bench, job: Job, stop_reason: str, error: Json, log: BoundLogger) -> None:
    """End a job, or a part of one; without its choices a whole job cannot go on either."""
    with bench.store.transaction() as session:
        hold_whole(session, job)
        end_attempt(session, job.id, job.attempt, FAILED, stop_reason=stop_reason, error=error)
        if job.kind == CHOICE:
            whole = whole_of(session, job)
            end_attempt(session, whole.id, whole.attempt, FAILED, stop_reason=stop_reason, error=error)
        _go_on(bench, session, job)
    log.warning("job-failed", code=error["code"])


def _go_on(bench: Bench, session: Session, ended: Job) -> None:
    """Put the parts into the queue whose turn has come with the end of one."""
    if ended.parent_id is not None:
        others = count_active(session, ended.created_by) - 1
        for part in bring_on(session, whole_of(session, ended), ended):
            bench.queue.put(session, part, others + part.part)
