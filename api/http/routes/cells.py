"""The units of a scenario and their shapes, also before it has a plan."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.http.files import file_response
from api.http.service import Asked
from scenarios.store.studies import document_text, find_study
from scenarios.workspace.files import CELLS, cells_bytes

router = APIRouter(prefix="/v1/scenarios/{scenario_id}", tags=["scenarios"])


@router.get("/cells", response_class=Response)
def get_cells(
    call: Asked,
    scenario_id: str,
    version: Annotated[
        int | None, Query(ge=1, le=10**9, description="Of the document; the present one without.")
    ] = None,
) -> Response:
    """Return cells.json: the units, their shapes and all that no plan changes."""
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        wanted = study.version if version is None else version
        document_text(session, study, wanted)
    return file_response(CELLS, cells_bytes(call.service.cases.get(study, wanted).case))
