"""Plans side by side, with today's."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from api.http.files import MEDIA_TYPES, file_response
from api.http.models.base import Id
from api.http.service import Asked, Call
from api.jobs.comparing import BOOK
from api.plans.compared import Chosen, Compared, StoredComparison, compared
from scenarios.export.comparison.book import comparison_book
from scenarios.export.comparison.page import comparison_page
from scenarios.export.comparison.tables import tables
from scenarios.export.files import PLAN
from scenarios.export.text import csv_bytes, json_bytes
from scenarios.store.errors import ConflictError
from scenarios.store.plans import find_plan, need_plan_id, plan_bytes
from scenarios.store.studies import find_study

router = APIRouter(prefix="/v1", tags=["comparisons"])
Ids = Annotated[list[Id], Query(max_length=4)]
Table = Literal["plans", "figures", "reps", "moves", "inputs"]
FORMS = {MEDIA_TYPES[kind]: {"schema": {"type": "string"}} for kind in ("csv", "html", "xlsx")}


@router.get("/comparisons", response_model=StoredComparison, responses={200: {"content": FORMS}})
def get_comparison(
    call: Asked,
    base: Annotated[Id | None, Query(description="Scenario that the others are held against.")] = None,
    scenario: Annotated[Ids, Query(description="Other scenarios, by their present plans.")] = [],  # noqa: B006
    plan: Annotated[Ids, Query(description="Plans, whether present or not.")] = [],  # noqa: B006
    format: Literal["json", "csv", "xlsx", "html"] = "json",
    table: Annotated[Table, Query(description="Which table, in CSV.")] = "figures",
) -> Response:
    """Hold one to four plans side by side, and all of them against today's; large ones are for a compare job."""
    with call.transaction() as session:
        chosen = _chosen(call, session, [*([base] if base else []), *scenario], plan)
        _need_small(call, session, chosen)
    found = compared(call.service, chosen)
    return _as(found, format, table)


def _chosen(call: Call, session: Session, scenarios: list[str], plans: list[str]) -> list[Chosen]:
    """Return the plans to be compared, each once, in the order they were named."""
    studies = [find_study(session, call.who.workspace_id, name) for name in scenarios]
    names = dict.fromkeys([*(need_plan_id(study) for study in studies), *plans])
    rows = [find_plan(session, call.who.workspace_id, name) for name in names]
    return [(find_study(session, call.who.workspace_id, row.scenario_id), row) for row in rows]


def _need_small(call: Call, session: Session, chosen: list[Chosen]) -> None:
    most = call.service.settings.comparison_units_limit
    rows = sum((plan_bytes(session, plan.id, PLAN) or b"").count(b"\n") - 1 for _, plan in chosen)
    if rows > most:
        message = f"The plans have {rows:,} units together; up to {most:,} are compared at once."
        raise ConflictError("needs-job", f"{message} Maybe submit a job of the kind compare.")


def _as(found: Compared, form: str, table: Table) -> Response:
    comparison = found.comparison
    if form == "csv":
        return file_response(f"{table}.csv", csv_bytes(tables(comparison)[table]))
    if form == "xlsx":
        return file_response(BOOK, comparison_book(comparison))
    if form == "html":
        return Response(comparison_page(comparison, found.sides), media_type=MEDIA_TYPES["html"])
    return Response(json_bytes(comparison.model_dump(mode="json")), media_type=MEDIA_TYPES["json"])
