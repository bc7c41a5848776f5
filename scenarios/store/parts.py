"""Jobs that are done in parts: workers share the parts, and the one that ends last brings the whole job on.

A sweep is done by two kinds of parts. A choice looks at what is known so far: it adds the next points, or ends the job
where there are none left. A point solves one what-if, and may wait for the point from which it starts.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios.store.jobs import ACTIVE, CANCEL, CANCELLED, ENDED, QUEUED, end_attempt
from scenarios.store.tables.base import new_id
from scenarios.store.tables.work import Job

CHOICE, POINT = "choice", "point"
START = "start"
"""Field of a point's task: number of the point from which it starts, None for none."""


def add_part(session: Session, whole: Job, kind: str, part: int, **task: Any) -> Job:
    """Keep a part of a job; it is not in the queue yet."""
    job = Job(
        id=new_id(),
        workspace_id=whole.workspace_id,
        created_by=whole.created_by,
        kind=kind,
        scenario_id=whole.scenario_id,
        scenario_version=whole.scenario_version,
        options=whole.options,
        priority=whole.priority,
        status=QUEUED,
        parent_id=whole.id,
        part=part,
        task=task,
    )
    session.add(job)
    session.flush()
    return job


def parts_of(session: Session, whole_id: str, kind: str) -> list[Job]:
    """Return the parts of a kind by their numbers."""
    query = select(Job).where(Job.parent_id == whole_id, Job.kind == kind)
    return list(session.scalars(query.order_by(Job.part).execution_options(populate_existing=True)))


def whole_of(session: Session, part: Job) -> Job:
    """Return the job that a part belongs to."""
    whole = session.get(Job, part.parent_id, populate_existing=True)
    assert whole is not None
    return whole


def bring_on(session: Session, whole: Job, ended: Job | None) -> list[Job]:
    """Return the parts whose turn has come, to be put into the queue, now that a part has ended.

    `ended` is None where the parts were asked to end. A job that has no active part left is cancelled where that was
    asked, else it goes on with a choice. Call it with the whole job held.
    """
    if whole.status in ENDED:
        return []
    query = select(Job).where(Job.parent_id == whole.id, Job.status.in_(ACTIVE))
    left = list(session.scalars(query.order_by(Job.part).execution_options(populate_existing=True)))
    if not left and whole.wish == CANCEL:
        end_attempt(session, whole.id, whole.attempt, CANCELLED, stop_reason="cancelled")
        return []
    if not left:
        return [add_part(session, whole, CHOICE, 0)]
    return [part for part in left if part.status == QUEUED and ended is not None and _follows(part, ended, left)]


def _follows(part: Job, ended: Job, left: list[Job]) -> bool:
    """Return whether a part waited for the one that ended: for its point, or for being chosen."""
    start = part.task.get(START)
    if ended.kind == POINT:
        return bool(start == ended.part)
    return start not in {other.part for other in left}
