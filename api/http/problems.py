"""Whatever goes wrong, as a problem document (RFC 9457)."""

import errno
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from api.http.codes import CODES
from api.http.models.base import Problem
from api.logs import logger
from api.plans.turn import BusyError
from geodata.findings import Finding, InputError
from scenarios.store.errors import ConflictError, NotFoundError, StaleError

MEDIA_TYPE = "application/problem+json"
CONTENT = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
DESCRIBED: dict[int | str, dict[str, Any]] = {
    status: {"description": "A problem.", "content": CONTENT} for status in (422, "4XX", "5XX")
}
"""Answers that every call may give, for the OpenAPI document."""
BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "unsupported-media-type"}
RETRY_S = "5"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SIGN_IN = "/signin"


class ProblemError(Exception):
    """A request that is answered with a problem; `code` is one of CODES."""

    def __init__(self, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        self.code, self.detail, self.headers = code, detail, dict(headers or {})
        super().__init__(detail)


class SignInError(Exception):
    """A page that somebody asks for without a session: they are led to the page where they sign in."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        super().__init__(wanted)


def problem(
    request: Request,
    code: str,
    detail: str,
    errors: Iterable[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem as a response."""
    kind = CODES[code]
    body: dict[str, Any] = {
        "type": f"urn:territory:problem:{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": kind.status,
        "code": code,
        "detail": detail,
        "errors": list(errors),
        "trace_id": getattr(request.state, "request_id", ""),
    }
    # Pure ASCII: what people sent may hold half characters, which UTF-8 has no bytes for.
    return Response(json.dumps(body), kind.status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def finding_error(finding: Finding) -> dict[str, Any]:
    """Return a finding as an item of `errors`: with a JSON pointer where it has a field of the body."""
    return {**asdict(finding), "pointer": "" if finding.file else pointer(finding.field)}


def pointer(field: str) -> str:
    """Return the JSON pointer of a dotted field, e.g. #/rules/lock/0/rep."""
    parts = [part for part in re.split(r"[.\[\]]+", field) if part]
    return "#" + "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts) if parts else ""


def describe(app: FastAPI) -> None:
    """Let the API's description have one type of problems, which all calls share."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        document["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def install(app: FastAPI) -> None:
    """Make every error of an app a problem."""

    @app.exception_handler(ProblemError)
    def asked(request: Request, error: ProblemError) -> Response:
        return problem(request, error.code, error.detail, headers=error.headers)

    @app.exception_handler(SignInError)
    def stranger(_request: Request, error: SignInError) -> Response:
        return RedirectResponse(f"{SIGN_IN}?{urlencode({'next': error.wanted})}", 303)

    @app.exception_handler(InputError)
    def unusable(request: Request, error: InputError) -> Response:
        return problem(request, "invalid-input", str(error), map(finding_error, error.findings))

    @app.exception_handler(NotFoundError)
    def missing(request: Request, error: NotFoundError) -> Response:
        return problem(request, "not-found", str(error))

    @app.exception_handler(StaleError)
    def stale(request: Request, error: StaleError) -> Response:
        return problem(request, "stale", str(error), headers={"ETag": f'"{error.revision}"'})

    @app.exception_handler(ConflictError)
    def conflict(request: Request, error: ConflictError) -> Response:
        return problem(request, error.code, str(error))

    @app.exception_handler(BusyError)
    def busy(request: Request, error: BusyError) -> Response:
        return problem(request, "busy", str(error), headers={"Retry-After": RETRY_S})

    _install_foreign(app)


def _install_foreign(app: FastAPI) -> None:
    """Make the errors of the libraries problems."""

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        errors = [_validation_error(details) for details in error.errors()]
        return problem(request, "invalid-request", "The request is not as the documentation says.", errors)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        code = BY_STATUS.get(error.status_code, "invalid-request")
        return problem(request, code, str(error.detail), headers=error.headers)

    @app.exception_handler(IntegrityError)
    def raced(request: Request, error: IntegrityError) -> Response:
        logger().warning("integrity-error", error=str(error.orig))
        return problem(request, "conflict", "Somebody else changed the same thing. Maybe read it again and repeat.")

    @app.exception_handler(DataError)
    @app.exception_handler(RecursionError)
    def impossible(request: Request, _error: Exception) -> Response:
        return problem(request, "invalid-request", "A number is too large, or the body nests too deep.")

    @app.exception_handler(PoolTimeoutError)
    @app.exception_handler(DBAPIError)
    def away(request: Request, error: Exception) -> Response:
        logger().error("database-error", error=str(getattr(error, "orig", error)))
        return problem(request, "unavailable", "The database does not answer.", headers={"Retry-After": RETRY_S})

    @app.exception_handler(OSError)
    def full(request: Request, error: OSError) -> Response:
        if error.errno not in NO_ROOM:
            return ours(request, error)
        logger().error("no-room", error=str(error))
        return problem(request, "unavailable", "There is no room on the disk.", headers={"Retry-After": RETRY_S})

    @app.exception_handler(Exception)
    def ours(request: Request, error: Exception) -> Response:
        logger().error("internal-error", exc_info=error)
        return problem(request, "internal", "Our fault. Maybe tell the operator the trace_id.")


def _validation_error(details: Mapping[str, Any]) -> dict[str, Any]:
    where, *path = [str(part) for part in details["loc"]] or [""]
    place = "".join(f"/{part}" for part in path)
    return {
        "level": "error",
        "code": details["type"].replace("_", "-"),
        "message": f"{'.'.join(path) or where}: {details['msg']}.",
        "pointer": f"#{place}" if where == "body" else "",
        "field": ".".join(path) or where,
        "hint": "Maybe compare it with docs/api.md.",
    }
