"""Files as answers."""

from fastapi import Response

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
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
