"""Scenarios: documents in versions, and their state."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Request, Response
from sqlalchemy.orm import Session

from api.http import show
from api.http.models.scenarios import Checked, ScenarioListed, ScenarioWhole
from api.http.pages import Page, Wanted
from api.http.problems import ProblemError
from api.http.regional import seen_scenario
from api.http.replies import Expected, Identity, Reply, etag, once
from api.http.service import Asked
from geodata.findings import Finding, InputError, has_errors
from scenarios.document.merge import merged
from scenarios.document.scenario import Scenario
from scenarios.store.forks import fork_study
from scenarios.store.jobs import latest_jobs
from scenarios.store.plans import present_plans
from scenarios.store.source import canonical, read_document
from scenarios.store.studies import add_study, document_text, find_study, list_studies, revise
from scenarios.store.tables.studies import Study

router = APIRouter(prefix="/v1/scenarios", tags=["scenarios"])
YAML = ("application/yaml", "application/x-yaml", "text/yaml")
Fields = dict[str, Any]
DOCUMENT_BODY = {
    "requestBody": {
        "required": True,
        "description": "The scenario document of docs/scenario.md, with `dataset:<id>` in place of files.",
        "content": {"application/json": {"schema": {"type": "object"}}, "application/yaml": {"schema": {}}},
    }
}


async def _text(request: Request) -> tuple[str, bool]:
    """Return the body as text and whether it is JSON."""
    kind = request.headers.get("content-type", "application/json").split(";")[0].strip().lower()
    if kind not in ("application/json", *YAML):
        raise ProblemError("unsupported-media-type", f"{kind[:60]} is not read. Maybe application/json.")
    try:
        return (await request.body()).decode("utf-8-sig"), kind == "application/json"
    except UnicodeDecodeError as error:
        raise ProblemError("invalid-request", "The body is not UTF-8. Maybe save it again as UTF-8.") from error


Written = Annotated[tuple[str, bool], Depends(_text)]


@router.post("", status_code=201, response_model=ScenarioWhole, openapi_extra=DOCUMENT_BODY)
def create_scenario(call: Asked, written: Written, identity: Identity) -> Response:
    """Create a scenario from its document, in JSON or YAML."""
    text, is_json = written

    def work(session: Session) -> Reply:
        scenario, findings = read_document(session, call.who.workspace_id, text, is_json=is_json)
        study = add_study(session, call.who.workspace_id, call.who.user_id, scenario.name, canonical(scenario))
        call.record(session, "scenario.create", study.id, name=study.name)
        return show.whole(study, scenario, findings, 201)

    return once(call, identity, work)


@router.get("")
def get_scenarios(call: Asked, wanted: Wanted) -> Page[ScenarioListed]:
    """List the scenarios of the workspace with what became of them, oldest first, archived ones included."""
    with call.transaction() as session:
        rows = list_studies(session, call.who.workspace_id, wanted.after, wanted.limit)
        plans, jobs = present_plans(session, rows), latest_jobs(session, rows)
        return wanted.page(rows, lambda row: show.listed(row, plans.get(row.id), jobs.get(row.id)))


@router.get("/{scenario_id}", response_model=ScenarioWhole)
def get_scenario(call: Asked, scenario_id: str, request: Request) -> Response:
    """Return a scenario with its document and ETag; nothing to those who have it already."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        if request.headers.get("if-none-match") == etag(study.revision):
            return Response(status_code=304, headers={"ETag": etag(study.revision)})
        scenario, findings = _stored(session, study)
        return seen_scenario(call, show.whole(study, scenario, findings)).response()


@router.get("/{scenario_id}/versions/{version}")
def get_scenario_version(call: Asked, scenario_id: str, version: Annotated[int, Path(ge=1, le=10**9)]) -> Fields:
    """Return an earlier document."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        document: Fields = json.loads(document_text(session, study, version))
        return document


@router.patch("/{scenario_id}", response_model=ScenarioWhole)
def change_scenario(
    call: Asked,
    scenario_id: str,
    expected: Expected,
    identity: Identity,
    patch: Annotated[Fields, Body(description="JSON Merge Patch (RFC 7396) of the document: null removes a field.")],
) -> Response:
    """Change the document: a new version."""

    def work(session: Session) -> Reply:
        study = find_study(session, call.who.workspace_id, scenario_id)
        before = json.loads(document_text(session, study))
        text = json.dumps(merged(before, patch))
        scenario, findings = read_document(session, call.who.workspace_id, text, is_json=True)
        study = revise(session, study, expected, call.who.user_id, canonical(scenario), scenario.name)
        call.record(session, "scenario.change", study.id, version=study.version)
        return show.whole(study, scenario, findings)

    return once(call, identity, work)


@router.get("/{scenario_id}/findings")
def check_scenario(call: Asked, scenario_id: str) -> Checked:
    """Read the data and list everything wrong or doubtful, as `territory check` does."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
    try:
        case = call.service.cases.get(study, study.version).case
    except InputError as error:
        return Checked(usable=False, units=None, territories=None, findings=show.findings(error.findings))
    return Checked(
        usable=not has_errors(case.findings),
        units=len(case.units),
        territories=case.problem.n_reps,
        findings=show.findings(case.findings),
    )


@router.post("/{scenario_id}/fork", status_code=201, response_model=ScenarioWhole)
def fork_scenario(call: Asked, scenario_id: str, identity: Identity) -> Response:
    """Copy a scenario into a new draft: its document and its present plan, which the first solve replaces."""

    def work(session: Session) -> Reply:
        origin = find_study(session, call.who.workspace_id, scenario_id)
        scenario, findings = _stored(session, origin)
        study = fork_study(session, origin, call.who.user_id)
        call.record(session, "scenario.fork", study.id, origin=origin.id)
        return show.whole(study, scenario, findings, 201)

    return once(call, identity, work)


def _stored(session: Session, study: Study) -> tuple[Scenario, tuple[Finding, ...]]:
    return read_document(session, study.workspace_id, document_text(session, study), is_json=True)
