"""Steps of a scenario from draft to approval: nobody decides on their own submission."""

from fastapi import APIRouter, Response

from api.http import show
from api.http.models.review import Decision
from api.http.models.scenarios import ScenarioShown
from api.http.replies import Expected, Reply, etag
from api.http.service import Asked, Call
from scenarios.store.comments import SCENARIO, Remark, add_comment
from scenarios.store.errors import ConflictError
from scenarios.store.studies import (
    APPROVED,
    ARCHIVED,
    EDITABLE,
    REJECTED,
    SUBMITTED,
    change_study,
    find_study,
)
from scenarios.store.tables.studies import Study

router = APIRouter(prefix="/v1/scenarios/{scenario_id}", tags=["review"])
SAYS_NOTHING = Decision()


@router.post("/submit", response_model=ScenarioShown)
def submit_scenario(call: Asked, scenario_id: str, expected: Expected, said: Decision = SAYS_NOTHING) -> Response:
    """Ask for approval of the present plan; nothing is edited until it is rejected."""
    study = _found(call, scenario_id)
    if study.status not in EDITABLE:
        raise ConflictError("wrong-state", f"The scenario is {study.status}. Maybe fork it.")
    if study.plan_id is None:
        raise ConflictError("no-plan", "The scenario has no plan yet. Maybe solve it: POST /v1/jobs.")
    return _step(call, study, expected, SUBMITTED, said, submitted_by=call.who.user_id)


@router.post("/approve", response_model=ScenarioShown)
def approve_scenario(call: Asked, scenario_id: str, expected: Expected, said: Decision = SAYS_NOTHING) -> Response:
    """Approve what somebody else submitted."""
    return _decide(call, scenario_id, expected, APPROVED, said)


@router.post("/reject", response_model=ScenarioShown)
def reject_scenario(call: Asked, scenario_id: str, expected: Expected, said: Decision = SAYS_NOTHING) -> Response:
    """Reject what somebody else submitted, so that it can be edited again."""
    return _decide(call, scenario_id, expected, REJECTED, said)


@router.post("/archive", response_model=ScenarioShown)
def archive_scenario(call: Asked, scenario_id: str, expected: Expected) -> Response:
    """Close a scenario for good; it stays readable."""
    return _step(call, _found(call, scenario_id), expected, ARCHIVED, SAYS_NOTHING)


def _decide(call: Call, scenario_id: str, expected: int, status: str, said: Decision) -> Response:
    study = _found(call, scenario_id)
    if study.status != SUBMITTED:
        raise ConflictError("wrong-state", f"The scenario is {study.status}, not submitted.")
    if study.submitted_by == call.who.user_id:
        raise ConflictError("own-submission", "You submitted it yourself. Maybe ask another approver.")
    return _step(call, study, expected, status, said)


def _found(call: Call, scenario_id: str) -> Study:
    with call.transaction() as session:
        return find_study(session, call.who.workspace_id, scenario_id)


def _step(call: Call, study: Study, expected: int, status: str, said: Decision, **values: str) -> Response:
    """Change the status of a scenario that is still as it was read; why it is rejected is an open comment."""
    with call.transaction() as session:
        changed = change_study(session, study, min(expected, study.revision), status=status, **values)
        comment = said.comment.strip()
        if comment and status == REJECTED:
            add_comment(session, changed, call.who.user_id, Remark(SCENARIO, "", comment))
        call.record(session, f"scenario.{status}", study.id, **({"said": comment} if comment else {}))
        return Reply(show.scenario(changed), headers={"ETag": etag(changed.revision)}).response()
