"""Files as answers."""

from fastapi import Request, Response

from api.http.service import Service
from api.plans.files import made_file
from scenarios.store.blobs import get_blob, packed_blob
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
    kind = MEDIA_TYPES.get(name.rsplit(".", 1)[-1], "application/octet-stream")
    return Response(data, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=kind)


def whole_file(service: Service, study: Study, plan: StoredPlan, name: str, request: Request) -> Response:
    """Return a file of a plan as it is kept: compressed for those who take that, nothing to those who have it."""
    with service.store.transaction() as session:
        is_made = file_digest(session, plan.id, name) is not None
    if not is_made:
        made_file(service, study, plan, name)
    with service.store.transaction() as session:
        digest = str(file_digest(session, plan.id, name))
        headers = {"ETag": f'"{digest}"', "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        packs = "deflate" in request.headers.get("accept-encoding", "")
        answer = file_response(name, packed_blob(session, digest) if packs else get_blob(session, digest))
    answer.headers.update(headers | ({"Content-Encoding": "deflate"} if packs else {}))
    return answer
