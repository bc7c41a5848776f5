"""Why a unit belongs to its rep, who might have it instead, and what that costs."""

from pathlib import Path as FilePath
from time import monotonic
from typing import Annotated

from fastapi import APIRouter, Path

from api.http.problems import ProblemError
from api.http.service import Asked as AskedBy
from api.http.service import Call
from geodata.findings import Finding, InputError, Level
from optimizer.options import SolveOptions
from optimizer.problem import NOBODY
from scenarios.export.files import PLAN
from scenarios.reading.source import Source
from scenarios.report.answer import given_answer
from scenarios.store.errors import ConflictError
from scenarios.store.plans import find_plan, plan_bytes
from scenarios.store.studies import find_study
from scenarios.why.model import UnitAnswer
from scenarios.why.question import Asked
from scenarios.why.unit import explain_unit

router = APIRouter(prefix="/v1/scenarios/{scenario_id}/units", tags=["plans"])
TIME_LIMIT_S = 10.0
"""After which no further swap is solved."""
EFFORT, GAP = 0.02, 1e-4
"""Of each swap."""
BUSY_S = "5"


@router.get("/{unit}/why")
def get_why(call: AskedBy, scenario_id: str, unit: Annotated[str, Path(max_length=500)]) -> UnitAnswer:
    """Tell why a unit of the present plan belongs to its rep, the next best reps, and what a swap costs."""
    if not call.service.explaining.acquire(blocking=False):
        raise ProblemError("busy", "Another explanation is being worked out.", {"Retry-After": BUSY_S})
    try:
        asked = _asked(call, scenario_id)
        end = monotonic() + TIME_LIMIT_S
        options = SolveOptions(time_limit_s=None, effort=EFFORT, gap=GAP, workers=1)
        return explain_unit(asked, unit, options, lambda: monotonic() > end)
    finally:
        call.service.explaining.release()


def _asked(call: Call, scenario_id: str) -> Asked:
    """Return the present plan, in which every unit has a rep; raises InputError, ConflictError or NotFoundError."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        if study.plan_id is None:
            raise ConflictError("no-plan", "The scenario has no plan yet. Maybe solve it: POST /v1/jobs.")
        stored = find_plan(session, call.who.workspace_id, study.plan_id)
        text = plan_bytes(session, stored.id, PLAN) or b""
    prepared = call.service.cases.get(study, stored.scenario_version)
    plan, findings = call.service.cases.plan(prepared, stored.id, text)
    call.service.cases.keep_plan(stored.id, plan)
    if (plan.owner == NOBODY).any():
        message, hint = "The plan leaves units to nobody, so it cannot be explained.", "Maybe give them to somebody."
        raise InputError([Finding(Level.ERROR, "unassigned-unit", message, hint)])
    source = Source(prepared.case.scenario, FilePath(), prepared.sha256, ())
    return Asked(source, given_answer(prepared.case, plan, findings))
