"""Files as answers."""

from fastapi import Request, Response

from api.http.answers import cached, is_known_to, packed_response
from api.http.service import Service
from api.plans.files import made_file
from scenarios.store.blobs import packed_blob
from scenarios.store.plans import file_digest
from scenarios.store.tables.studies import StoredPlan, Study

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "parquet": "application/vnd.apache.parquet",
    "kml": "application/vnd.google-earth.kml+xml",
}
"""By the ending of a file."""


def file_response(name: str, data: bytes) -> Response:
    """Return a file as an answer."""
    return Response(data, headers=_named(name), media_type=media_type(name))


def whole_file(service: Service, study: Study, plan: StoredPlan, name: str, request: Request) -> Response:
    """Return a file of a plan as it is kept: compressed for those who take that, nothing to those who have it."""
    packed, digest = packed_file(service, study, plan, name)
    headers = cached(f'"{digest}"')
    if is_known_to(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return packed_response(request, packed, media_type(name), headers | _named(name))


def packed_file(service: Service, study: Study, plan: StoredPlan, name: str) -> tuple[bytes, str]:
    """Return a file of a plan as it is kept and its SHA-256, made where nobody has asked for it before."""
    with service.store.transaction() as session:
        is_made = file_digest(session, plan.id, name) is not None
    if not is_made:
        made_file(service, study, plan, name)
    with service.store.transaction() as session:
        digest = str(file_digest(session, plan.id, name))
        return packed_blob(session, digest), digest


def media_type(name: str) -> str:
    """Return the media type of a file, by its ending."""
    return MEDIA_TYPES.get(name.rsplit(".", 1)[-1], "application/octet-stream")


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
