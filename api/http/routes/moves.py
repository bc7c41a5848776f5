"""Changes by hand: moves and their undoing."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from api.http import show
from api.http.models.plans import Moved, MoveGiven, MoveShown
from api.http.pages import Page, Wanted
from api.http.regional import seen_move, seen_units
from api.http.replies import Expected, Identity, Reply, etag, once
from api.http.service import Asked, Call
from scenarios.by_hand import judged, move_all
from scenarios.export.files import PLAN, plan_tables
from scenarios.store.errors import ConflictError, StaleError
from scenarios.store.moves import add_move, list_moves, redo_last, undo_last
from scenarios.store.plans import MOVED, add_plan, find_plan, plan_bytes, share_file, summary_of
from scenarios.store.studies import find_study, need_editable
from scenarios.store.tables.studies import Move, Study
from scenarios.workspace.files import ALIGNMENT, CELLS, alignment_bytes

Step = Callable[[Session, Study, int, str], Move]
"""What goes back or forth in the moves: the session, the scenario, its revision and the user."""

router = APIRouter(prefix="/v1/scenarios/{scenario_id}", tags=["moves"])


@router.get("/moves")
def get_moves(
    call: Asked,
    scenario_id: str,
    wanted: Wanted,
    changes: Annotated[bool, Query(description="Whether to tell the units of each move.")] = True,
) -> Page[MoveShown]:
    """List the moves of a scenario in their order."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        rows = list_moves(session, scenario_id, wanted.number, wanted.limit)
    units = seen_units(call, study, study.version)
    shown = show.move if changes else show.step
    return wanted.page(rows, lambda row: seen_move(shown(row), units), key="number")


@router.post("/moves", status_code=201, response_model=Moved)
def move(call: Asked, scenario_id: str, given: MoveGiven, expected: Expected, identity: Identity) -> Response:
    """Give units to a territory: a new present plan with all its figures. Locked units do not move."""

    def work(session: Session) -> Reply:
        study, text = _movable(call, session, scenario_id, expected)
        prepared = call.service.cases.get(study, study.version)
        plan, findings = call.service.cases.plan(prepared, str(study.plan_id), text)
        moved, changes = move_all(prepared.case, plan, given.pairs)
        answer, report = judged(prepared.case, moved, findings, prepared.sha256, "scenario.json")
        about = {"source": MOVED, "summary": summary_of(report), "created_by": call.who.user_id}
        files = {**plan_tables(answer, report), ALIGNMENT: alignment_bytes(answer)}
        row = add_plan(session, study, study.version, files, **about)
        share_file(session, str(study.plan_id), row.id, CELLS)
        call.service.cases.keep_plan(row.id, moved)
        listed = [asdict(change) for change in changes]
        logged = add_move(session, study, expected, call.who.user_id, row.id, listed)
        call.record(session, "scenario.move", study.id, move=logged.id, units=len(changes))
        return _moved(session, study, logged, 201)

    return once(call, identity, work)


@router.post("/undo", status_code=201, response_model=Moved)
def undo(call: Asked, scenario_id: str, expected: Expected, identity: Identity) -> Response:
    """Take the last move back; the plan before it is the present one again, figures and all."""
    return once(call, identity, lambda session: _stepped(call, session, scenario_id, expected, undo_last, "undo"))


@router.post("/redo", status_code=201, response_model=Moved)
def redo(call: Asked, scenario_id: str, expected: Expected, identity: Identity) -> Response:
    """Make the move again that was taken back last; its plan is the present one again, figures and all."""
    return once(call, identity, lambda session: _stepped(call, session, scenario_id, expected, redo_last, "redo"))


def _stepped(call: Call, session: Session, scenario_id: str, expected: int, step: Step, name: str) -> Reply:
    """Go one step back or forth in the moves of a scenario."""
    study, _ = _movable(call, session, scenario_id, expected)
    logged = step(session, study, expected, call.who.user_id)
    call.record(session, f"scenario.{name}", study.id, move=logged.id)
    return _moved(session, study, logged, 201)


def _movable(call: Call, session: Session, scenario_id: str, expected: int) -> tuple[Study, bytes]:
    """Return a scenario that may be changed now, and its present plan.csv."""
    study = find_study(session, call.who.workspace_id, scenario_id)
    need_editable(study)
    if study.revision != expected:
        raise StaleError(study.revision)
    text = None if study.plan_id is None else plan_bytes(session, study.plan_id, PLAN)
    if text is None:
        raise ConflictError("no-plan", "The scenario has no plan yet. Maybe solve it: POST /v1/jobs.")
    return study, text


def _moved(session: Session, study: Study, logged: Move, status: int) -> Reply:
    fresh = find_study(session, study.workspace_id, study.id)
    plan = find_plan(session, study.workspace_id, logged.after_plan_id)
    body = Moved(move=show.move(logged), plan=show.plan(session, plan), revision=fresh.revision)
    return Reply(body, status, {"ETag": etag(fresh.revision)})
