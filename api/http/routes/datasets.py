"""Data sets: files that scenarios name as `dataset:<id>`."""

from typing import Annotated

from fastapi import APIRouter, File, Query, Response, UploadFile

from api.http import show
from api.http.models.scenarios import DatasetListed, DatasetRows, DatasetShown
from api.http.pages import Page, Wanted
from api.http.replies import Reply
from api.http.service import Asked
from scenarios.store.datasets import add_dataset, dataset_bytes, dataset_rows, dataset_uses, find_dataset, list_datasets
from scenarios.store.uploads import MapLimits, inspect_upload

router = APIRouter(prefix="/v1/datasets", tags=["data sets"])
MOST_ROWS = 100


@router.post("", status_code=201, response_model=DatasetShown, responses={200: {"model": DatasetShown}})
def send_dataset(
    call: Asked,
    file: Annotated[
        UploadFile,
        File(
            description="A table (CSV, XLSX) or a map (GeoJSON, TopoJSON, KML, GeoPackage, zipped shapefile ...).",
            json_schema_extra={"format": "binary"},
        ),
    ],
) -> Response:
    """Send a file. The same content is the same data set: 200 where it is there already."""
    settings = call.service.settings
    limits = MapLimits(settings.units_limit, settings.vertices_limit)
    upload = inspect_upload(file.filename or "", file.file.read(), limits)
    with call.transaction() as session:
        row, is_new = add_dataset(session, call.who.workspace_id, call.who.user_id, upload)
        if is_new:
            call.record(session, "dataset.add", row.id, name=row.name)
    place = {"Location": f"/v1/datasets/{row.id}"}
    return Reply(show.dataset(row), 201 if is_new else 200, place).response()


@router.get("")
def get_datasets(call: Asked, wanted: Wanted) -> Page[DatasetListed]:
    """List the data sets of the workspace with the scenarios that name them, in the order of their ids."""
    with call.transaction() as session:
        uses = dataset_uses(session, call.who.workspace_id)
        rows = list_datasets(session, call.who.workspace_id, wanted.after, wanted.limit)
        return wanted.page(rows, lambda row: show.dataset_listed(row, uses.get(row.id, [])))


@router.get("/{dataset_id}")
def get_dataset(call: Asked, dataset_id: str) -> DatasetShown:
    """Tell of a data set: columns, rows, findings."""
    with call.transaction() as session:
        return show.dataset(find_dataset(session, call.who.workspace_id, dataset_id))


@router.get("/{dataset_id}/rows")
def get_rows(call: Asked, dataset_id: str, limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 20) -> DatasetRows:
    """Return the first rows as texts."""
    with call.transaction() as session:
        row = find_dataset(session, call.who.workspace_id, dataset_id)
        rows = dataset_rows(session, call.who.workspace_id, row.id, limit)
    return DatasetRows(columns=row.columns["names"], rows=rows)


@router.get("/{dataset_id}/content", response_class=Response)
def get_content(call: Asked, dataset_id: str) -> Response:
    """Return the file."""
    with call.transaction() as session:
        data = dataset_bytes(session, call.who.workspace_id, dataset_id)
    headers = {"Content-Disposition": f'attachment; filename="{dataset_id}"'}
    return Response(data, headers=headers, media_type="application/octet-stream")
