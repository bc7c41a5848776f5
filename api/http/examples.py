"""An example for every call in the API's description, made by a walk through the API (tests/api/service/walk.py)."""

import json
from importlib.resources import files
from typing import Any

from fastapi import FastAPI

KEPT = "examples.json"
ANY = "*/*"
"""Files come in other forms, too."""


def describe(app: FastAPI) -> None:
    """Let the API's description have an example of the body and of the answer of each call."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _add(plain()["paths"])
        return plain()

    app.openapi = openapi  # type: ignore[method-assign]


def examples() -> dict[str, dict[str, Any]]:
    """Return by call, e.g. "POST /v1/jobs", an example of its `request` and `answer`, where it has them."""
    found: dict[str, dict[str, Any]] = json.loads(files("api.http").joinpath(KEPT).read_text(encoding="utf-8"))
    return found


def _add(paths: dict[str, Any]) -> None:
    for call, example in examples().items():
        method, path = call.split()
        operation = paths[path][method.lower()]
        if "request" in example:
            next(iter(operation["requestBody"]["content"].values()))["example"] = example["request"]
        if "answer" in example:
            for success in (answer for status, answer in operation["responses"].items() if status.startswith("2")):
                content = success.setdefault("content", {example["type"]: {"schema": {}}, ANY: {"schema": {}}})
                next(iter(content.values()))["example"] = example["answer"]
