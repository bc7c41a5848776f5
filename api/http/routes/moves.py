"""Changes by hand: moves with their undo, and locks."""

import json
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path, Response
from sqlalchemy.orm import Session

from api.http import show
from api.http.models.plans import LockGiven, LockShown, Moved, MoveGiven, MoveShown
from api.http.models.scenarios import ScenarioShown
from api.http.pages import Page, Wanted
from api.http.regional import is_seen, seen_move, seen_units
from api.http.replies import Expected, Identity, Reply, etag, once
from api.http.service import Asked, Call
from scenarios.by_hand import judged, move_units, plan_from_text
from scenarios.document.rules import PairRule
from scenarios.document.scenario import Scenario
from scenarios.export.files import PLAN, plan_tables
from scenarios.store.errors import ConflictError, NotFoundError, StaleError
from scenarios.store.moves import add_move, list_moves, undo_last
from scenarios.store.plans import MOVED, add_plan, find_plan, plan_bytes, share_file, summary_of
from scenarios.store.source import canonical, document_of, read_document
from scenarios.store.studies import document_text, find_study, need_editable, revise
from scenarios.store.tables.studies import Move, Study
from scenarios.workspace.files import ALIGNMENT, CELLS, alignment_bytes

router = APIRouter(prefix="/v1/scenarios/{scenario_id}", tags=["moves and locks"])
Unit = Annotated[str, Path(max_length=500)]


@router.get("/moves")
def get_moves(call: Asked, scenario_id: str, wanted: Wanted) -> Page[MoveShown]:
    """List the moves of a scenario in their order."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        rows = list_moves(session, scenario_id, wanted.number, wanted.limit)
    units = seen_units(call, study, study.version)
    return wanted.page(rows, lambda row: seen_move(show.move(row), units), key="number")


@router.post("/moves", status_code=201, response_model=Moved)
def move(call: Asked, scenario_id: str, given: MoveGiven, expected: Expected, identity: Identity) -> Response:
    """Give units to a territory: a new present plan with all its figures. Locked units do not move."""

    def work(session: Session) -> Reply:
        study, text = _movable(call, session, scenario_id, expected)
        prepared = call.service.cases.get(study, study.version)
        plan, findings = plan_from_text(prepared.case, text)
        moved, changes = move_units(prepared.case, plan, given.units, given.territory)
        answer, report = judged(prepared.case, moved, findings, prepared.sha256, "scenario.json")
        about = {"source": MOVED, "summary": summary_of(report), "created_by": call.who.user_id}
        files = {**plan_tables(answer, report), ALIGNMENT: alignment_bytes(answer)}
        row = add_plan(session, study, study.version, files, **about)
        share_file(session, str(study.plan_id), row.id, CELLS)
        listed = [asdict(change) for change in changes]
        logged = add_move(session, study, expected, call.who.user_id, row.id, listed)
        call.record(session, "scenario.move", study.id, move=logged.id, units=len(changes))
        return _moved(session, study, logged, 201)

    return once(call, identity, work)


@router.post("/undo", status_code=201, response_model=Moved)
def undo(call: Asked, scenario_id: str, expected: Expected, identity: Identity) -> Response:
    """Take the last move back; the plan before it is the present one again, figures and all."""

    def work(session: Session) -> Reply:
        study, _ = _movable(call, session, scenario_id, expected)
        logged = undo_last(session, study, expected, call.who.user_id)
        call.record(session, "scenario.undo", study.id, move=logged.id)
        return _moved(session, study, logged, 201)

    return once(call, identity, work)


@router.get("/locks")
def get_locks(call: Asked, scenario_id: str) -> list[LockShown]:
    """List the locks of the document."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        rules = _rules(_scenario(session, study))
    units = seen_units(call, study, study.version)
    return [_lock(rule) for rule in rules if is_seen(call, rule, units)]


@router.put("/locks/{unit}", response_model=ScenarioShown)
def lock(call: Asked, scenario_id: str, unit: Unit, given: LockGiven, expected: Expected) -> Response:
    """Lock a unit to a rep: a new version of the document."""
    rule = {"unit": unit, **given.model_dump(exclude_defaults=True)}
    return _locked(call, scenario_id, expected, unit, [rule])


@router.delete("/locks/{unit}", response_model=ScenarioShown)
def unlock(call: Asked, scenario_id: str, unit: Unit, expected: Expected) -> Response:
    """Remove the lock of a unit: a new version of the document."""
    return _locked(call, scenario_id, expected, unit, [])


def _locked(call: Call, scenario_id: str, expected: int, unit: str, added: list[dict[str, str]]) -> Response:
    """Replace the lock of a unit by the `added` ones; raises NotFoundError where neither is there."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        scenario = _scenario(session, study)
        rules = _rules(scenario)
        kept = [rule.model_dump(mode="json", exclude_defaults=True) for rule in rules if rule.unit != unit]
        if not added and len(kept) == len(rules):
            raise NotFoundError("lock", f"of unit {unit[:100]}")
        document = document_of(scenario)
        document["rules"] = {**document.get("rules", {}), "lock": [*kept, *added]}
        changed, _ = read_document(session, study.workspace_id, json.dumps(document), is_json=True)
        study = revise(session, study, expected, call.who.user_id, canonical(changed), changed.name)
        call.record(session, "scenario.lock" if added else "scenario.unlock", study.id, unit=unit)
        return Reply(show.scenario(study), headers={"ETag": etag(study.revision)}).response()


def _scenario(session: Session, study: Study) -> Scenario:
    return read_document(session, study.workspace_id, document_text(session, study), is_json=True)[0]


def _rules(scenario: Scenario) -> list[PairRule]:
    rules = scenario.rules.lock
    if isinstance(rules, str):
        raise ConflictError("locks-in-dataset", f"The locks stand in {rules}. Maybe send another data set of them.")
    return rules


def _lock(rule: PairRule) -> LockShown:
    return LockShown(unit=rule.unit, where=rule.where, rep=rule.rep, reason=rule.reason)


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
