"""Leases of workers: who is alive, and which jobs a dead one has left."""

from datetime import timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from scenarios.store.jobs import BEGUN
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


def orphans(session: Session) -> list[Job]:
    """Return the begun jobs whose worker is gone."""
    query = select(Job).outerjoin(Worker, Worker.id == Job.worker_id)
    gone = or_(Worker.id.is_(None), Worker.expires_at <= now())
    return list(session.scalars(query.where(Job.status.in_(BEGUN), gone)))


def forget_dead(session: Session) -> None:
    """Remove workers that have been dead for a day."""
    session.execute(delete(Worker).where(Worker.expires_at < now() - timedelta(days=1)))
