"""Plans: judged alignments of a scenario, solved or made by hand, and their files."""

import csv
import io
import json
import zlib
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from api.http import show
from api.http.answers import cached, is_known_to, packed_response
from api.http.files import MEDIA_TYPES, file_response, packed_file, whole_file
from api.http.models.plans import PlanChosen, PlanShown
from api.http.models.scenarios import ScenarioShown
from api.http.pages import Page, Wanted
from api.http.problems import ProblemError
from api.http.regional import seen_file, seen_plan, seen_units
from api.http.replies import Expected, Identity, Reply, etag, once
from api.http.service import Asked, Call
from api.plans.files import made_file
from scenarios.by_hand import judged, plan_from_text
from scenarios.export.files import GEOJSON, MAP, PLAN, REPORT, plan_tables
from scenarios.export.within import figures_within
from scenarios.report.model import Report
from scenarios.store.errors import NotFoundError
from scenarios.store.plans import GIVEN, add_plan, find_plan, list_plans, plan_bytes, present_plan, summary_of
from scenarios.store.studies import change_study, find_study, need_editable
from scenarios.store.tables.studies import StoredPlan, Study
from scenarios.ways_out import WayOut, ways_out

router = APIRouter(prefix="/v1", tags=["plans"])
CSV, BYTES = "text/csv", "application/octet-stream"
Assignments = Literal["json", "csv", "geojson", "parquet"]
ASSIGNMENTS: dict[Assignments, str] = {"json": PLAN, "csv": PLAN, "geojson": GEOJSON, "parquet": "plan.parquet"}
"""The file that holds the assignments, by the format that is asked for."""
PLAN_BODY = {
    "requestBody": {
        "required": True,
        "description": "A table with the columns unit and rep or territory, as plan.csv.",
        "content": {CSV: {"schema": {"type": "string"}}, BYTES: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/scenarios/{scenario_id}/assignments", response_class=Response)
def get_assignments(call: Asked, scenario_id: str, request: Request, format: Assignments = "json") -> Response:
    """Return who has which unit in the present plan; parquet is GeoParquet, with the shapes."""
    name = ASSIGNMENTS[format]
    if call.who.region is None:
        pack = _pack_rows if format == "json" else _pack_file
        return _present_answer(call, request, scenario_id, MEDIA_TYPES[format], name, pack)
    study, plan = _present(call, scenario_id)
    data = seen_file(call, study, plan, name)
    data = _rows(plan.id, data) if format == "json" else data
    return Response(data, headers={"ETag": etag(study.revision)}, media_type=MEDIA_TYPES[format])


@router.get("/scenarios/{scenario_id}/metrics", response_model=dict[str, Any])
def get_metrics(call: Asked, scenario_id: str, request: Request) -> Response:
    """Return the report of the present plan: every figure of docs/reference/figures.md."""
    if call.who.region is None:
        return _present_answer(call, request, scenario_id, MEDIA_TYPES["json"], REPORT, _pack_file)
    study, plan = _present(call, scenario_id)
    units = seen_units(call, study, plan.scenario_version) or frozenset()
    report, plan_csv = (made_file(call.service, study, plan, name) for name in (REPORT, PLAN))
    figures = figures_within(json.loads(report), plan_csv, units)
    return Response(json.dumps(figures), media_type=MEDIA_TYPES["json"])


@router.get("/scenarios/{scenario_id}/map", response_class=Response)
def get_map(call: Asked, scenario_id: str) -> Response:
    """Return the map of the present plan: one page that needs no network."""
    study, plan = _present(call, scenario_id)
    return Response(made_file(call.service, study, plan, MAP), media_type=MEDIA_TYPES["html"])


@router.get("/scenarios/{scenario_id}/plans")
def get_plans(call: Asked, scenario_id: str, wanted: Wanted) -> Page[PlanShown]:
    """List the plans of a scenario, oldest first."""
    with call.transaction() as session:
        find_study(session, call.who.workspace_id, scenario_id)
        rows = list_plans(session, scenario_id, wanted.after, wanted.limit)
        return wanted.page(rows, lambda row: seen_plan(call, show.plan(session, row)))


async def _table(request: Request) -> bytes:
    kind = request.headers.get("content-type", CSV).split(";")[0].strip().lower()
    if kind not in (CSV, BYTES):
        raise ProblemError("unsupported-media-type", f"{kind[:60]} is not read. Maybe text/csv.")
    return await request.body()


@router.post("/scenarios/{scenario_id}/plans", status_code=201, response_model=PlanShown, openapi_extra=PLAN_BODY)
def judge_plan(call: Asked, scenario_id: str, table: Annotated[bytes, Depends(_table)], identity: Identity) -> Response:
    """Judge a plan made by hand, with the same figures as a solved one, and keep it."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
    prepared = call.service.cases.get(study, study.version)
    plan, findings = plan_from_text(prepared.case, table)
    answer, report = judged(prepared.case, plan, findings, prepared.sha256, "scenario.json")
    files = plan_tables(answer, report)

    def work(session: Session) -> Reply:
        about = {"source": GIVEN, "summary": summary_of(report), "created_by": call.who.user_id}
        row = add_plan(session, study, study.version, files, **about)
        call.service.cases.keep_plan(row.id, plan)
        call.record(session, "plan.add", row.id, scenario=study.id)
        return Reply(show.plan(session, row), 201, {"Location": f"/v1/plans/{row.id}"})

    return once(call, identity, work)


@router.put("/scenarios/{scenario_id}/plan", response_model=ScenarioShown)
def choose_plan(call: Asked, scenario_id: str, chosen: PlanChosen, expected: Expected) -> Response:
    """Make a plan of the scenario the present one."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        need_editable(study)
        plan = find_plan(session, call.who.workspace_id, chosen.plan_id)
        if plan.scenario_id != study.id:
            raise NotFoundError("plan", f"{plan.id} of scenario {study.id}")
        changed = change_study(session, study, expected, plan_id=plan.id)
        call.record(session, "scenario.choose-plan", study.id, plan=plan.id)
        return Reply(show.scenario(changed), headers={"ETag": etag(changed.revision)}).response()


@router.get("/plans/{plan_id}")
def get_plan(call: Asked, plan_id: str) -> PlanShown:
    """Return a plan's summary and the names of its files."""
    with call.transaction() as session:
        return seen_plan(call, show.plan(session, find_plan(session, call.who.workspace_id, plan_id)))


@router.get("/plans/{plan_id}/ways-out")
def get_ways_out(call: Asked, plan_id: str) -> list[WayOut]:
    """List changes of the scenario that help where no plan keeps every hard rule; none of a plan that does."""
    with call.transaction() as session:
        plan = find_plan(session, call.who.workspace_id, plan_id)
        report = plan_bytes(session, plan.id, REPORT)
    return [] if report is None else ways_out(Report.model_validate_json(report))


@router.get("/plans/{plan_id}/files/{name}", response_class=Response)
def get_file(call: Asked, plan_id: str, name: str, request: Request) -> Response:
    """Return a file of a plan; maps, workbooks, pictures and map layers are made when first asked for."""
    study, plan = _of_plan(call, plan_id)
    if call.who.region is None:
        return whole_file(call.service, study, plan, name, request)
    return file_response(name, seen_file(call, study, plan, name))


def _present_answer(
    call: Call, request: Request, scenario_id: str, kind: str, name: str, pack: Callable[[Call, str, str], bytes]
) -> Response:
    """Return an answer about the present plan, packed by `pack`; 304 to whoever has it already."""
    with call.transaction() as session:
        revision, plan_id = present_plan(session, call.who.workspace_id, scenario_id)
    headers = cached(etag(revision))
    if is_known_to(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    packed = call.service.answers.get(plan_id, f"{kind} {name}", lambda: pack(call, plan_id, name))
    return packed_response(request, packed, kind, headers)


def _pack_file(call: Call, plan_id: str, name: str) -> bytes:
    study, plan = _of_plan(call, plan_id)
    return packed_file(call.service, study, plan, name)[0]


def _pack_rows(call: Call, plan_id: str, name: str) -> bytes:
    study, plan = _of_plan(call, plan_id)
    return zlib.compress(_rows(plan_id, made_file(call.service, study, plan, name)))


def _rows(plan_id: str, table: bytes) -> bytes:
    """Return a table as JSON."""
    items = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    return json.dumps({"plan_id": plan_id, "items": items}, ensure_ascii=False).encode()


def _of_plan(call: Call, plan_id: str) -> tuple[Study, StoredPlan]:
    """Return a plan and its scenario."""
    with call.transaction() as session:
        plan = find_plan(session, call.who.workspace_id, plan_id)
        return find_study(session, call.who.workspace_id, plan.scenario_id), plan


def _present(call: Call, scenario_id: str) -> tuple[Study, StoredPlan]:
    with call.transaction() as session:
        _, plan_id = present_plan(session, call.who.workspace_id, scenario_id)
    return _of_plan(call, plan_id)
