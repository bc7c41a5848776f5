"""What a caller shows to be let in, in the API's description: generated clients then send it."""

from typing import Any

from fastapi import FastAPI

from api.http.access import ACCESS, ANYBODY
from api.http.authorise import COOKIE

SCHEMES = {
    "key": {"type": "http", "scheme": "bearer", "description": "An API key. With TERRITORY_AUTH=off none is needed."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "A browser session of POST /v1/sessions; what changes something needs X-CSRF-Token too.",
    },
}
"""By their names in the description."""


def describe(app: FastAPI) -> None:
    """Let the API's description tell which calls need a key or a session."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        document["components"]["securitySchemes"] = SCHEMES
        for path, calls in document["paths"].items():
            for method, operation in calls.items():
                is_open = ACCESS[f"{method.upper()} {path}"] == ANYBODY
                operation["security"] = [] if is_open else [{name: []} for name in SCHEMES]
        return document

    app.openapi = openapi  # type: ignore[method-assign]
