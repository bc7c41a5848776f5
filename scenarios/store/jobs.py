"""Jobs from acceptance to their end; an attempt that was taken over can write nothing any more.

Whoever adds an event changes the job's row first: the row's lock makes the order of the events' ids the order in which
they become visible, so that a reader who goes on after an id misses none.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import CursorResult, Select, case, delete, func, select, update
from sqlalchemy.orm import Session

from scenarios.store.errors import ConflictError, FencedError, NotFoundError
from scenarios.store.tables.base import Json, new_id, now
from scenarios.store.tables.studies import Study
from scenarios.store.tables.work import Job, JobEvent

QUEUED, RUNNING, STOPPING = "queued", "running", "stopping"
SUCCEEDED, FAILED, CANCELLED = "succeeded", "failed", "cancelled"
ACTIVE = (QUEUED, RUNNING, STOPPING)
BEGUN = (RUNNING, STOPPING)
ENDED = (SUCCEEDED, FAILED, CANCELLED)
STOP, CANCEL = "stop", "cancel"


def add_job(session: Session, workspace_id: str, user_id: str, **about: Any) -> Job:
    """Keep a job; `about` holds kind, scenario_id and _version, start_plan_id, task, options, priority, retry_of."""
    job = Job(id=new_id(), workspace_id=workspace_id, created_by=user_id, status=QUEUED, **about)
    session.add(job)
    session.flush()
    add_event(session, job.id, QUEUED, {})
    return job


def find_job(session: Session, workspace_id: str, name: str) -> Job:
    """Return a job; raises NotFoundError, also for a part of one."""
    job = session.get(Job, name, populate_existing=True)
    if job is None or job.workspace_id != workspace_id or job.parent_id is not None:
        raise NotFoundError("job", name)
    return job


def list_jobs(
    session: Session, workspace_id: str, after: str, limit: int, *, scenario_id: str | None = None, newest: bool = False
) -> list[Job]:
    """Return jobs made after the one with the id `after`, oldest first; of all or one scenario.

    With `newest` the last made comes first, and those before `after` follow.
    """
    query = select(Job).where(Job.workspace_id == workspace_id, Job.parent_id.is_(None))
    if scenario_id is not None:
        query = query.where(Job.scenario_id == scenario_id)
    if after:
        query = query.where(Job.id < after if newest else Job.id > after)
    return list(session.scalars(query.order_by(Job.id.desc() if newest else Job.id).limit(limit)))


def count_ahead(session: Session, job: Job) -> int | None:
    """Return about how many jobs are done before one that waits: those that run, and those more urgent or older."""
    if job.status != QUEUED:
        return None
    earlier = (Job.priority < job.priority) | ((Job.priority == job.priority) & (Job.id < job.id))
    ahead = Job.status.in_(BEGUN) | ((Job.status == QUEUED) & earlier)
    return session.scalar(select(func.count()).select_from(Job).where(Job.parent_id.is_(None), ahead)) or 0


def latest_jobs(session: Session, studies: Sequence[Study]) -> dict[str, Job]:
    """Return the last job of each scenario that has one, by the scenario's id."""
    ids = [study.id for study in studies]
    whole = select(func.max(Job.id)).where(Job.scenario_id.in_(ids), Job.parent_id.is_(None))
    last = whole.group_by(Job.scenario_id)
    return {job.scenario_id: job for job in session.scalars(select(Job).where(Job.id.in_(last)))}


def count_active(session: Session, user_id: str) -> int:
    """Return how many jobs of a user are not over."""
    whole = Job.parent_id.is_(None)
    query = select(func.count()).select_from(Job).where(Job.created_by == user_id, whole, Job.status.in_(ACTIVE))
    return session.scalar(query) or 0


def ask(session: Session, job: Job, wish: str) -> Job:
    """Ask a job and its parts to stop or cancel; what waits ends at once. Raises ConflictError where it is over.

    A cancel may follow a stop, never the other way round.
    """
    if _change(session, job.id, Job.status == QUEUED, status=CANCELLED, stop_reason="cancelled", ended_at=now()):
        add_event(session, job.id, "end", {"status": CANCELLED})
    elif _change(
        session,
        job.id,
        Job.status.in_(BEGUN),
        status=STOPPING,
        wish=case((Job.wish == CANCEL, CANCEL), else_=wish),
    ):
        add_event(session, job.id, STOPPING, {"wish": wish})
    else:
        raise ConflictError("job-over", f"The job has {job.status} already. Maybe retry it.")
    _ask_parts(session, job.id, wish)
    return find_job(session, job.workspace_id, job.id)


def begin_attempt(session: Session, job_id: str, worker_id: str) -> Job | None:
    """Take a job, or a part of one, over for a worker; return it, or None where it is over already."""
    _begin_whole(session, job_id)
    taken = _change(
        session,
        job_id,
        Job.status.in_(ACTIVE),
        status=case((Job.status == STOPPING, STOPPING), else_=RUNNING),
        attempt=Job.attempt + 1,
        worker_id=worker_id,
        started_at=func.coalesce(Job.started_at, now()),
    )
    job = session.get(Job, job_id, populate_existing=True)
    if not taken or job is None:
        return None
    add_event(session, job_id, RUNNING, {"attempt": job.attempt})
    return job


def hold(session: Session, job_id: str, attempt: int) -> None:
    """Make sure that an attempt still holds its job until the transaction ends; raises FencedError."""
    if not _change(session, job_id, Job.status.in_(BEGUN), Job.attempt == attempt, attempt=attempt):
        raise FencedError(f"attempt {attempt} of job {job_id} has been taken over")


def end_attempt(session: Session, job_id: str, attempt: int, status: str, **outcome: Any) -> None:
    """End a job; raises FencedError where the attempt was taken over."""
    hold(session, job_id, attempt)
    _change(session, job_id, status=status, worker_id=None, ended_at=now(), **outcome)
    add_event(session, job_id, "end", {"status": status, **_plain(outcome)})


def hold_whole(session: Session, part: Job) -> None:
    """Let no other part of the same job end until the transaction ends, and nobody ask anything of the job.

    Whoever changes a part changes the whole job's row first: in one order, so that nobody waits in a circle.
    """
    if part.parent_id is not None:
        _change(session, part.parent_id, parent_id=None)


def is_given_up(session: Session, job: Job) -> bool:
    """Return whether nothing of a job is to be kept: it was cancelled, or it is a part that was stopped half-way."""
    wish = wish_of(session, job.id)
    return wish == CANCEL or (wish is not None and job.parent_id is not None)


def wish_of(session: Session, job_id: str) -> str | None:
    """Return what was asked of a job, if anything."""
    return session.scalar(select(Job.wish).where(Job.id == job_id))


def is_over(session: Session, job_id: str) -> bool:
    """Return whether a job has ended."""
    return session.scalar(select(Job.status).where(Job.id == job_id)) in ENDED


def add_event(session: Session, job_id: str, kind: str, data: Json) -> None:
    """Tell what happened to a job."""
    session.add(JobEvent(job_id=job_id, kind=kind, data=data))
    session.flush()


def events_after(session: Session, job_id: str, after: int, limit: int) -> list[JobEvent]:
    """Return the next events of a job."""
    query = select(JobEvent).where(JobEvent.job_id == job_id, JobEvent.id > after)
    return list(session.scalars(query.order_by(JobEvent.id).limit(limit)))


def forget_events(session: Session, days: int) -> None:
    """Remove the events of jobs that were over so many days ago; how each ended stays with the job."""
    session.execute(delete(JobEvent).where(JobEvent.job_id.in_(over_for(days))))


def over_for(days: int) -> Select[str]:
    """Return a query for the ids of jobs that ended so many days ago."""
    return select(Job.id).where(Job.status.in_(ENDED), Job.ended_at < now() - timedelta(days=days))


def _begin_whole(session: Session, part_id: str) -> None:
    """Tell that a job has begun once its first part begins."""
    parent_id = session.scalar(select(Job.parent_id).where(Job.id == part_id))
    if parent_id and _change(session, parent_id, Job.status == QUEUED, status=RUNNING, started_at=now()):
        add_event(session, parent_id, RUNNING, {})


def _ask_parts(session: Session, job_id: str, wish: str) -> None:
    parts = update(Job).where(Job.parent_id == job_id).execution_options(synchronize_session=False)
    session.execute(parts.where(Job.status.in_(BEGUN)).values(status=STOPPING, wish=wish))
    session.execute(parts.where(Job.status == QUEUED).values(status=CANCELLED, ended_at=now()))


def _plain(outcome: dict[str, Any]) -> Json:
    return {name: outcome[name] for name in ("solution_status", "stop_reason", "plan_id") if name in outcome}


def _change(session: Session, job_id: str, *where: Any, **values: Any) -> bool:
    done = session.execute(
        update(Job).where(Job.id == job_id, *where).values(**values).execution_options(synchronize_session=False)
    )
    return isinstance(done, CursorResult) and done.rowcount > 0
