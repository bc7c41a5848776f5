"""Locks of a scenario: who keeps which unit, whatever a solve finds."""

import json
from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Path, Response
from sqlalchemy.orm import Session

from api.http import show
from api.http.models.plans import LockGiven, LocksGiven, LockShown
from api.http.models.scenarios import ScenarioShown
from api.http.regional import is_seen, seen_units
from api.http.replies import Expected, Identity, Reply, etag, once
from api.http.service import Asked, Call
from scenarios.document.rules import PairRule
from scenarios.document.scenario import Scenario
from scenarios.store.errors import ConflictError, NotFoundError
from scenarios.store.source import canonical, document_of, read_document
from scenarios.store.studies import document_text, find_study, need_editable, revise
from scenarios.store.tables.studies import Study

router = APIRouter(prefix="/v1/scenarios/{scenario_id}/locks", tags=["locks"])
Unit = Annotated[str, Path(max_length=500)]
Rule = dict[str, str]


@router.get("")
def get_locks(call: Asked, scenario_id: str) -> list[LockShown]:
    """List the locks of the document."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        rules = _rules(_scenario(session, study))
    units = seen_units(call, study, study.version)
    return [_lock(rule) for rule in rules if is_seen(call, rule, units)]


@router.post("", response_model=ScenarioShown)
def change_locks(call: Asked, scenario_id: str, given: LocksGiven, expected: Expected, identity: Identity) -> Response:
    """Lock and unlock many units at once: one new version of the document. Units without a lock may be unlocked."""

    def work(session: Session) -> Reply:
        added = [lock.model_dump(exclude_defaults=True) for lock in given.lock]
        gone = {rule["unit"] for rule in added} | set(given.unlock)
        return _changed(call, session, scenario_id, expected, gone, added)

    return once(call, identity, work)


@router.put("/{unit}", response_model=ScenarioShown)
def lock(call: Asked, scenario_id: str, unit: Unit, given: LockGiven, expected: Expected) -> Response:
    """Lock a unit to a rep: a new version of the document."""
    rule = {"unit": unit, **given.model_dump(exclude_defaults=True)}
    with call.transaction() as session:
        return _changed(call, session, scenario_id, expected, {unit}, [rule]).response()


@router.delete("/{unit}", response_model=ScenarioShown)
def unlock(call: Asked, scenario_id: str, unit: Unit, expected: Expected) -> Response:
    """Remove the lock of a unit: a new version of the document."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        if not any(rule.unit == unit for rule in _rules(_scenario(session, study))):
            raise NotFoundError("lock", f"of unit {unit[:100]}")
        return _changed(call, session, scenario_id, expected, {unit}, []).response()


def _changed(
    call: Call, session: Session, scenario_id: str, expected: int, gone: Collection[str], added: list[Rule]
) -> Reply:
    """Replace the locks of some units by the `added` ones."""
    study = find_study(session, call.who.workspace_id, scenario_id)
    need_editable(study)
    scenario = _scenario(session, study)
    kept = [rule.model_dump(mode="json", exclude_defaults=True) for rule in _rules(scenario) if rule.unit not in gone]
    document = document_of(scenario)
    document["rules"] = {**document.get("rules", {}), "lock": [*kept, *added]}
    changed, _ = read_document(session, study.workspace_id, json.dumps(document), is_json=True)
    text, before = canonical(changed), study.version
    study = revise(session, study, expected, call.who.user_id, text, changed.name)
    call.service.cases.relock(study, before, changed, text)
    call.record(session, "scenario.lock" if added else "scenario.unlock", study.id, units=len(gone))
    return Reply(show.scenario(study), headers={"ETag": etag(study.revision)})


def _scenario(session: Session, study: Study) -> Scenario:
    return read_document(session, study.workspace_id, document_text(session, study), is_json=True)[0]


def _rules(scenario: Scenario) -> list[PairRule]:
    rules = scenario.rules.lock
    if isinstance(rules, str):
        raise ConflictError("locks-in-dataset", f"The locks stand in {rules}. Maybe send another data set of them.")
    return rules


def _lock(rule: PairRule) -> LockShown:
    return LockShown(unit=rule.unit, where=rule.where, rep=rule.rep, reason=rule.reason)
