"""Leases of workers: who is alive, and which jobs a dead one has left."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import CursorResult, Update, delete, or_, select, update
from sqlalchemy.orm import Session

from scenarios.store.jobs import BEGUN, QUEUED
from scenarios.store.tables.base import now
from scenarios.store.tables.work import Job, Worker


def enlist(session: Session, worker_id: str, host: str, process: int, lease_s: float) -> None:
    """Tell that a worker is there."""
    session.add(Worker(id=worker_id, host=host, process=process, expires_at=now() + timedelta(seconds=lease_s)))


def renew(session: Session, worker_id: str, lease_s: float) -> None:
    """Tell that a worker is still alive."""
    session.execute(update(Worker).where(Worker.id == worker_id).values(expires_at=now() + timedelta(seconds=lease_s)))


def leave(session: Session, worker_id: str) -> None:
    """Tell that a worker goes; its job is free at once."""
    session.execute(delete(Worker).where(Worker.id == worker_id))


def alive(session: Session) -> list[Worker]:
    """Return the workers whose lease has not expired."""
    return list(session.scalars(select(Worker).where(Worker.expires_at > now())))


def crash(session: Session, worker_id: str) -> None:
    """Tell that a worker ends because of its job."""
    session.execute(update(Worker).where(Worker.id == worker_id).values(expires_at=now() - timedelta(seconds=1)))


def adopt_orphans(session: Session, worker_id: str) -> list[str]:
    """Make a worker the keeper of the begun jobs whose own worker is gone; return their ids.

    Only one keeper wins each. A job whose worker did not take its leave has crashed once more.
    """
    gone = or_(Worker.id.is_(None), Worker.expires_at <= now())
    query = select(Job.id, Job.worker_id, Worker.id).outerjoin(Worker, Worker.id == Job.worker_id)
    query = query.where(Job.worker_id.is_not(None))  # a job that is done in parts has no worker of its own
    return [
        job_id
        for job_id, before, crashed in session.execute(query.where(Job.status.in_(BEGUN), gone)).all()
        if _won(
            session,
            update(Job)
            .where(Job.id == job_id, Job.worker_id == before, Job.status.in_(BEGUN))
            .values(worker_id=worker_id, crashes=Job.crashes + int(crashed is not None)),
        )
    ]


def adopt_untouched(session: Session, worker_id: str, takers: Mapping[str, str]) -> list[str]:
    """Make a worker the keeper of the jobs that another took from the queue and died before it began them; return them.

    `takers` are the workers by the jobs that they have taken. A keeper may adopt again what it has adopted.
    """
    living = [worker.id for worker in alive(session)]
    free = or_(Job.worker_id.is_(None), Job.worker_id.not_in(living), Job.worker_id == worker_id)
    free_still = update(Job).where(Job.status == QUEUED, free).values(worker_id=worker_id)
    left = [job_id for job_id, taker in takers.items() if taker not in living]
    return [job_id for job_id in left if _won(session, free_still.where(Job.id == job_id))]


def forget_dead(session: Session) -> None:
    """Remove workers that have been dead for a day."""
    session.execute(delete(Worker).where(Worker.expires_at < now() - timedelta(days=1)))


def _won(session: Session, change: Update) -> bool:
    """Return whether a change of one job found it as expected: only one of several keepers does."""
    done = session.execute(change.execution_options(synchronize_session=False))
    return isinstance(done, CursorResult) and done.rowcount > 0
