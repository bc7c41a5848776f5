"""Exports: the present plan, or another one, in every further form there is."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.http import show
from api.http.files import file_response
from api.http.models.base import Id
from api.http.models.exports import ChangesShown
from api.http.models.plans import ExportGiven, FormShown
from api.http.service import Asked, Call
from api.plans.compared import Chosen
from api.plans.exports import exported, forms_of, made_form
from scenarios.store.errors import NotFoundError
from scenarios.store.plans import find_plan, need_plan_id
from scenarios.store.studies import find_study

router = APIRouter(prefix="/v1/scenarios/{scenario_id}/exports", tags=["exports"])
MOST_ROWS = 1000
"""Changes that are told; all of them are in the files."""
PlanId = Annotated[Id | None, Query(description="A plan of the scenario; the present one by default.")]


@router.get("")
def get_forms(call: Asked, scenario_id: str, plan_id: PlanId = None) -> list[FormShown]:
    """List the forms, each with what it still needs."""
    return [
        FormShown(
            name=form.name,
            group=form.group,
            title=form.title,
            about=form.about,
            file=form.file,
            needs=[*lacks],
            takes=[*form.takes],
            is_slow=is_slow,
        )
        for form, lacks, is_slow in forms_of(call.service, _plan(call, scenario_id, plan_id))
    ]


@router.get("/{form}", response_class=Response)
def get_export(
    call: Asked,
    scenario_id: str,
    form: str,
    plan_id: PlanId = None,
    earlier_plan_id: Annotated[Id | None, Query(description="An earlier plan, for forms that need one.")] = None,
) -> Response:
    """Return a plan in a form; a zip where the form has several files."""
    earlier = None if earlier_plan_id is None else _any(call, earlier_plan_id)
    return file_response(*exported(call.service, _plan(call, scenario_id, plan_id), form, earlier))


@router.post("", response_class=Response)
def make_export(call: Asked, scenario_id: str, given: ExportGiven) -> Response:
    """Return a plan in a form that takes a document, such as the mapping to a CRM's columns; nothing is kept."""
    return file_response(*exported(call.service, *_asked(call, scenario_id, given)))


@router.post("/changes")
def get_changes(call: Asked, scenario_id: str, given: ExportGiven) -> ChangesShown:
    """Tell what loading a form would change elsewhere, and what is to be seen to; nothing is kept."""
    made = made_form(call.service, *_asked(call, scenario_id, given))
    columns, cells = ((), ()) if made.changes is None else (made.changes.columns, made.changes.cells)
    return ChangesShown(
        files={name: len(data) for name, data in made.files.items()},
        columns=list(columns),
        rows=[["" if cell is None else str(cell) for cell in row] for row in cells[:MOST_ROWS]],
        total=len(cells),
        findings=show.findings(made.findings),
    )


def _asked(call: Call, scenario_id: str, given: ExportGiven) -> tuple[Chosen, str, Chosen | None, bytes | None]:
    earlier = None if given.earlier_plan_id is None else _any(call, given.earlier_plan_id)
    mapping = None if given.mapping is None else given.mapping.encode("utf-8", "replace")
    return _plan(call, scenario_id, given.plan_id), given.form, earlier, mapping


def _plan(call: Call, scenario_id: str, plan_id: str | None) -> Chosen:
    """Return a plan of a scenario, the present one by default; raises NotFoundError, ConflictError without one."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        plan = find_plan(session, call.who.workspace_id, plan_id or need_plan_id(study))
        if plan.scenario_id != study.id:
            raise NotFoundError("plan", f"{plan.id} of scenario {study.id}")
        return study, plan


def _any(call: Call, plan_id: str) -> Chosen:
    with call.transaction() as session:
        plan = find_plan(session, call.who.workspace_id, plan_id)
        return find_study(session, call.who.workspace_id, plan.scenario_id), plan
