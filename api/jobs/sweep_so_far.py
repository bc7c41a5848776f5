"""What is known of a sweep: what was asked, its points, and the answers of those that have ended."""

from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from geodata.findings import Finding, Level
from scenarios.store.job_files import job_bytes
from scenarios.store.jobs import FAILED, SUCCEEDED
from scenarios.store.parts import POINT, START, parts_of
from scenarios.store.tables.base import Json
from scenarios.store.tables.work import Job
from scenarios.sweep.points import Point, point_name
from scenarios.sweep.proposals import MOST_PROPOSALS
from scenarios.sweep.solve_point import PointAnswer, Refused
from scenarios.sweep.sweep import SweepWish
from scenarios.sweep.vary import Vary

ANSWER = "answer.json"
"""File of a point that holds its answer."""
ANSWERS: TypeAdapter[PointAnswer] = TypeAdapter(PointAnswer)


@dataclass(frozen=True)
class SoFar:
    """Points in their order, and the answers by their numbers; a point that has not ended, or was stopped, has none."""

    points: tuple[Point, ...]
    answers: dict[int, PointAnswer]


def wish_of_sweep(whole: Job) -> SweepWish:
    """Return what a job of the kind `sweep` asks for."""
    varies = tuple(Vary(path, tuple(values)) for path, values in whole.task.get("vary", {}).items())
    return SweepWish(varies, whole.task.get("proposals", MOST_PROPOSALS), whole.options)


def task_of_point(point: Point) -> Json:
    """Return a point as the task of its part."""
    return {"values": dict(point.values), START: point.start, "why": point.why, "limits": dict(point.limits)}


def point_of_task(part: Job) -> Point:
    """Return the point that a part solves."""
    return Point(point_name(part.part), **part.task)


def so_far(session: Session, whole: Job) -> SoFar:
    """Return what is known of a sweep."""
    parts = parts_of(session, whole.id, POINT)
    answers = {part.part: answer for part in parts if (answer := answer_of(session, part)) is not None}
    return SoFar(tuple(map(point_of_task, parts)), answers)


def answer_of(session: Session, part: Job) -> PointAnswer | None:
    """Return the answer of a point, None where it has none yet; one that failed is answered by the reason."""
    if part.status == SUCCEEDED:
        return ANSWERS.validate_json(job_bytes(session, part.id, ANSWER) or b"")
    if part.status == FAILED and part.error is not None:
        hint = "Maybe it needs more memory, or retry the sweep."
        return Refused(part.part, (Finding(Level.ERROR, part.error["code"], part.error["message"], hint),))
    return None
