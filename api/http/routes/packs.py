"""Managers' packs: sent out as archives, and read back as requests that a planner accepts or drops."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, File, Query, Response, UploadFile

from api.http import show
from api.http.files import file_response
from api.http.models.exports import ConflictShown, RequestShown, RequestsShown, TeamShown
from api.http.problems import ProblemError
from api.http.service import Asked, Call
from api.plans.compared import Chosen
from api.plans.exports import written
from scenarios.export.pack.pack import make_pack
from scenarios.export.pack.read import PackRequests, Request, read_packs
from scenarios.export.pack.teams import file_names, teams
from scenarios.export.written import WrittenPlan
from scenarios.store.errors import NotFoundError
from scenarios.store.plans import find_plan, need_plan_id
from scenarios.store.studies import find_study

router = APIRouter(prefix="/v1/scenarios/{scenario_id}", tags=["exports"])
MOST_FILES = 100


@router.get("/packs")
def get_packs(call: Asked, scenario_id: str) -> list[TeamShown]:
    """List whom packs of the present plan are for: each manager, or each region where the reps have no managers."""
    with written(call.service, _present(call, scenario_id)) as plan:
        found = teams(plan)
        names = file_names(found)
        return [
            TeamShown(kind=one.kind, name=one.name, territories=list(one.territories), file=f"{names[one.name]}.zip")
            for one in found
        ]


@router.get("/pack", response_class=Response)
def get_pack(call: Asked, scenario_id: str, team: Annotated[str, Query(max_length=500)] = "") -> Response:
    """Return the pack of a manager or region: a map, and a workbook to ask for changes in, as a zip."""
    with written(call.service, _present(call, scenario_id)) as plan:
        found = {one.name: one for one in teams(plan)}
        if team not in found:
            raise NotFoundError("manager or region", team[:100])
        return file_response(f"{file_names(found.values())[team]}.zip", make_pack(plan, found[team]))


@router.post("/pack-requests")
def read_requests(call: Asked, scenario_id: str, files: Annotated[list[UploadFile], File()]) -> RequestsShown:
    """Read workbooks that came back and tell what they ask for; nothing is kept or changed."""
    stored = _present(call, scenario_id)
    books = {file.filename or "": file.file.read() for file in files[:MOST_FILES]}
    if len(books) < len(files):
        message = f"Two files have one name, or there are more than {MOST_FILES}. Maybe rename them or send fewer."
        raise ProblemError("invalid-request", message)
    with written(call.service, stored) as plan:
        return _told(stored[1].id, plan, read_packs(plan, books))


def _present(call: Call, scenario_id: str) -> Chosen:
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        return study, find_plan(session, call.who.workspace_id, need_plan_id(study))


def _told(plan_id: str, plan: WrittenPlan, found: PackRequests) -> RequestsShown:
    accounts = plan.accounts
    units = {} if accounts is None else dict(zip(accounts["account"], accounts["unit"], strict=True))

    def shown(request: Request) -> RequestShown:
        unit = request.id if request.kind == "unit" else units[request.id]
        return RequestShown(**asdict(request), unit=unit)

    return RequestsShown(
        plan_id=plan_id,
        requests=[shown(request) for request in found.requests],
        conflicts=[ConflictShown(unit=one.unit, message=one.message) for one in found.conflicts],
        findings=show.findings(found.findings),
    )
