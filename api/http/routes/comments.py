"""What people say about a scenario, and what happened to it."""

from collections.abc import Iterable

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from api.http import show
from api.http.models.review import CommentGiven, CommentShown, HistoryShown
from api.http.pages import Page, Wanted
from api.http.problems import ProblemError
from api.http.regional import seen_file, seen_units
from api.http.replies import Identity, Reply, once
from api.http.service import Asked, Call
from scenarios.store.audit import events_of
from scenarios.store.comments import (
    SCENARIO,
    Remark,
    add_comment,
    find_comment,
    list_comments,
    names_of,
    reopen,
    resolve,
)
from scenarios.store.errors import ConflictError
from scenarios.store.people import PLANNER
from scenarios.store.plans import find_plan
from scenarios.store.studies import find_study
from scenarios.store.subjects import FILES, need_subject
from scenarios.store.tables.review import Comment
from scenarios.store.tables.studies import Study

router = APIRouter(prefix="/v1/scenarios/{scenario_id}", tags=["review"])


@router.get("/comments")
def get_comments(call: Asked, scenario_id: str, wanted: Wanted) -> Page[CommentShown]:
    """List the comments on a scenario, oldest first."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        rows = list_comments(session, scenario_id, wanted.after, wanted.limit)
        names = _names(session, rows)
    units = seen_units(call, study, study.version)
    page = wanted.page(rows, lambda row: show.comment(row, names))
    seen = [one for one, row in zip(page.items, rows, strict=True) if _is_seen(call, row, units)]
    return page.model_copy(update={"items": seen})


@router.post("/comments", status_code=201, response_model=CommentShown)
def write_comment(call: Asked, scenario_id: str, given: CommentGiven, identity: Identity) -> Response:
    """Comment on a scenario, or on a unit, account or territory of it, in whatever state it is."""

    def work(session: Session) -> Reply:
        study = find_study(session, call.who.workspace_id, scenario_id)
        _need_subject(call, session, study, given)
        comment = add_comment(session, study, call.who.user_id, Remark(**given.model_dump()))
        call.record(session, "comment.add", study.id, comment=comment.id, about=given.about, on=given.subject)
        return Reply(show.comment(comment, _names(session, [comment])), 201)

    return once(call, identity, work)


@router.post("/comments/{comment_id}/resolve")
def resolve_comment(call: Asked, scenario_id: str, comment_id: str) -> CommentShown:
    """Mark a comment as dealt with: its author may, and every planner."""
    return _mark(call, scenario_id, comment_id, is_resolved=True)


@router.post("/comments/{comment_id}/reopen")
def reopen_comment(call: Asked, scenario_id: str, comment_id: str) -> CommentShown:
    """Open a comment again: its author may, and every planner."""
    return _mark(call, scenario_id, comment_id, is_resolved=False)


@router.get("/history")
def get_history(call: Asked, scenario_id: str, wanted: Wanted) -> Page[HistoryShown]:
    """List who did what to a scenario, its plans and its jobs, oldest first."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        rows = events_of(session, study, wanted.number, wanted.limit)
        names = names_of(session, {row.user_id for row in rows})
        return wanted.page(rows, lambda row: show.history(row, names))


def _mark(call: Call, scenario_id: str, comment_id: str, *, is_resolved: bool) -> CommentShown:
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        comment = find_comment(session, study, comment_id)
        if comment.created_by != call.who.user_id and not call.who.may(PLANNER):
            raise ProblemError("forbidden", "Only its author and planners resolve a comment. Maybe ask one of them.")
        if is_resolved:
            resolve(comment, call.who.user_id)
        else:
            reopen(comment)
        action = "comment.resolve" if is_resolved else "comment.reopen"
        call.record(session, action, study.id, comment=comment.id, about=comment.about, on=comment.subject)
        return show.comment(comment, _names(session, [comment]))


def _need_subject(call: Call, session: Session, study: Study, given: CommentGiven) -> None:
    """Refuse a comment on something that its writer does not see in the present plan."""
    if given.about == SCENARIO:
        return
    if study.plan_id is None:
        raise ConflictError("no-plan", "The scenario has no plan yet. Maybe comment on the scenario as a whole.")
    plan = find_plan(session, call.who.workspace_id, study.plan_id)
    need_subject(given.about, given.subject, seen_file(call, study, plan, FILES[given.about]))


def _is_seen(call: Call, comment: Comment, units: frozenset[str] | None) -> bool:
    """Return whether somebody sees a comment; with a region that is their own, and those on units of the region."""
    if units is None or comment.created_by == call.who.user_id:
        return True
    return comment.about == "unit" and comment.subject in units


def _names(session: Session, comments: Iterable[Comment]) -> dict[str, str]:
    return names_of(session, {name for row in comments for name in (row.created_by, row.resolved_by) if name})
