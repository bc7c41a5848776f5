"""Best plans so far, from the attempt that holds the job only."""

import zlib

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, undefer

from optimizer.plan import Plan
from optimizer.result import Progress
from scenarios.report.figures import finite
from scenarios.store.errors import NotFoundError
from scenarios.store.jobs import add_event, hold, over_for
from scenarios.store.tables.base import Json
from scenarios.store.tables.work import Incumbent


def add_progress(session: Session, job_id: str, attempt: int, progress: Progress, best: Progress | None) -> None:
    """Tell how far a solve is and keep its new best plan, if any; raises FencedError."""
    hold(session, job_id, attempt)
    if best is not None and best.plan is not None:
        session.add(
            Incumbent(
                job_id=job_id,
                attempt=attempt,
                seconds=best.seconds,
                value=finite(best.value),
                violation=finite(best.violation),
                bound=finite(best.bound),
                owner=zlib.compress(best.plan.owner.tobytes()),
            )
        )
    add_event(session, job_id, "progress", progress_json(progress))


def progress_json(progress: Progress) -> Json:
    """Return a progress event as plain values; what is not finite is null."""
    return {
        "seconds": round(progress.seconds, 3),
        "phase": progress.phase,
        "value": finite(progress.value),
        "violation": finite(progress.violation),
        "bound": finite(progress.bound),
    }


def last_plan(session: Session, job_id: str, n_units: int) -> Plan | None:
    """Return the last best plan, of whatever attempt; None where there is none for this number of units."""
    query = select(Incumbent.owner).where(Incumbent.job_id == job_id).order_by(Incumbent.id.desc()).limit(1)
    packed = session.scalar(query)
    if packed is None:
        return None
    owner = np.frombuffer(zlib.decompress(packed), dtype=np.int32)
    return Plan(owner) if len(owner) == n_units else None


def find_incumbent(session: Session, job_id: str, number: int | None) -> tuple[Incumbent, Plan]:
    """Return a best plan of a job, the last one where no number is given; raises NotFoundError."""
    query = select(Incumbent).where(Incumbent.job_id == job_id).options(undefer(Incumbent.owner))
    wanted = query if number is None else query.where(Incumbent.id == number)
    row = session.scalar(wanted.order_by(Incumbent.id.desc()).limit(1))
    if row is None:
        raise NotFoundError("incumbent", f"{'yet' if number is None else number} of job {job_id}")
    return row, Plan(np.frombuffer(zlib.decompress(row.owner), dtype=np.int32))


def list_incumbents(session: Session, job_id: str, after: int, limit: int) -> list[Incumbent]:
    """Return the best plans of a job, in the order they were found."""
    query = select(Incumbent).where(Incumbent.job_id == job_id, Incumbent.id > after)
    return list(session.scalars(query.order_by(Incumbent.id).limit(limit)))


def forget_incumbents(session: Session, days: int) -> None:
    """Remove the best plans on the way of jobs that were over so many days ago; the plan each ended with stays."""
    session.execute(delete(Incumbent).where(Incumbent.job_id.in_(over_for(days))))
