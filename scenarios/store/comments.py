"""Comments on scenarios: written, listed, resolved and opened again."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios.store.errors import NotFoundError
from scenarios.store.tables.base import new_id, now
from scenarios.store.tables.people import User
from scenarios.store.tables.review import Comment
from scenarios.store.tables.studies import Study

SCENARIO = "scenario"
"""What a comment is about that names nothing else."""


@dataclass(frozen=True)
class Remark:
    """What is said, and about what: a scenario, or a unit, account or territory of it."""

    about: str
    subject: str
    text: str


def add_comment(session: Session, study: Study, user_id: str, remark: Remark) -> Comment:
    """Keep a comment on a scenario and its present plan."""
    comment = Comment(
        id=new_id(),
        scenario_id=study.id,
        about=remark.about,
        subject=remark.subject,
        text=remark.text,
        plan_id=study.plan_id,
        created_by=user_id,
    )
    session.add(comment)
    session.flush()
    return comment


def find_comment(session: Session, study: Study, name: str) -> Comment:
    """Return a comment of a scenario; raises NotFoundError."""
    comment = session.get(Comment, name)
    if comment is None or comment.scenario_id != study.id:
        raise NotFoundError("comment", name)
    return comment


def list_comments(session: Session, scenario_id: str, after: str, limit: int) -> list[Comment]:
    """Return comments made after the one with the id `after`, oldest first."""
    query = select(Comment).where(Comment.scenario_id == scenario_id, Comment.id > after)
    return list(session.scalars(query.order_by(Comment.id).limit(limit)))


def resolve(comment: Comment, user_id: str) -> None:
    """Mark a comment as dealt with; one that is stays as it is."""
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = now(), user_id


def reopen(comment: Comment) -> None:
    """Open a comment again."""
    comment.resolved_at, comment.resolved_by = None, None


def names_of(session: Session, user_ids: set[str]) -> dict[str, str]:
    """Return the names of users by their ids."""
    rows = session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row[0]: row[1] for row in rows}
