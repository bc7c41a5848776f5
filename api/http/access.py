"""Who may call what: one role for each call, and the check that every call passes."""

from typing import Annotated

from fastapi import Depends, FastAPI, Header, Request

from api.http.problems import ProblemError
from api.http.service import Service, service_of
from scenarios.store.people import ADMIN, APPROVER, PLANNER, VIEWER, Principal, authenticate, local_principal

ANYBODY = "anybody"
ACCESS = {
    "GET /healthz": ANYBODY,
    "GET /readyz": ANYBODY,
    "GET /version": ANYBODY,
    "GET /metrics": VIEWER,
    "GET /v1/me": VIEWER,
    "GET /v1/datasets": VIEWER,
    "POST /v1/datasets": PLANNER,
    "GET /v1/datasets/{dataset_id}": VIEWER,
    "GET /v1/datasets/{dataset_id}/content": VIEWER,
    "GET /v1/scenarios": VIEWER,
    "POST /v1/scenarios": PLANNER,
    "GET /v1/scenarios/{scenario_id}": VIEWER,
    "PATCH /v1/scenarios/{scenario_id}": PLANNER,
    "GET /v1/scenarios/{scenario_id}/versions/{version}": VIEWER,
    "GET /v1/scenarios/{scenario_id}/findings": VIEWER,
    "POST /v1/scenarios/{scenario_id}/fork": PLANNER,
    "POST /v1/scenarios/{scenario_id}/archive": PLANNER,
    "POST /v1/scenarios/{scenario_id}/submit": PLANNER,
    "POST /v1/scenarios/{scenario_id}/approve": APPROVER,
    "POST /v1/scenarios/{scenario_id}/reject": APPROVER,
    "GET /v1/scenarios/{scenario_id}/assignments": VIEWER,
    "GET /v1/scenarios/{scenario_id}/metrics": VIEWER,
    "GET /v1/scenarios/{scenario_id}/map": VIEWER,
    "GET /v1/scenarios/{scenario_id}/moves": VIEWER,
    "POST /v1/scenarios/{scenario_id}/moves": PLANNER,
    "POST /v1/scenarios/{scenario_id}/undo": PLANNER,
    "GET /v1/scenarios/{scenario_id}/locks": VIEWER,
    "PUT /v1/scenarios/{scenario_id}/locks/{unit}": PLANNER,
    "DELETE /v1/scenarios/{scenario_id}/locks/{unit}": PLANNER,
    "GET /v1/scenarios/{scenario_id}/plans": VIEWER,
    "POST /v1/scenarios/{scenario_id}/plans": PLANNER,
    "PUT /v1/scenarios/{scenario_id}/plan": PLANNER,
    "GET /v1/plans/{plan_id}": VIEWER,
    "GET /v1/plans/{plan_id}/files/{name}": VIEWER,
    "GET /v1/jobs": VIEWER,
    "POST /v1/jobs": PLANNER,
    "GET /v1/jobs/{job_id}": VIEWER,
    "POST /v1/jobs/{job_id}/stop": PLANNER,
    "POST /v1/jobs/{job_id}/cancel": PLANNER,
    "POST /v1/jobs/{job_id}/retry": PLANNER,
    "GET /v1/jobs/{job_id}/events": VIEWER,
    "GET /v1/jobs/{job_id}/incumbents": VIEWER,
    "GET /v1/jobs/{job_id}/result": VIEWER,
    "POST /v1/solve": PLANNER,
    "GET /v1/users": ADMIN,
    "POST /v1/users": ADMIN,
    "PATCH /v1/users/{user_id}": ADMIN,
    "GET /v1/api-keys": ADMIN,
    "POST /v1/api-keys": ADMIN,
    "DELETE /v1/api-keys/{key_id}": ADMIN,
    "GET /v1/audit-events": ADMIN,
}
"""The least role for each call."""
SAFE = ("GET", "HEAD", "OPTIONS")
BEARER = "Bearer "


def authorise(request: Request, authorization: Annotated[str | None, Header(include_in_schema=False)] = None) -> None:
    """Let a request pass or answer it with a problem; `request.state.who` is then who asks."""
    if any("\x00" in value for value in request.path_params.values()):
        raise ProblemError("not-found", "No name holds a NUL.")  # PostgreSQL would not even look for it
    service = service_of(request)
    role = ACCESS[f"{request.method} {request.scope['route'].path}"]
    if role == ANYBODY:
        return
    _refuse_foreign_pages(request)
    who = _principal(service, authorization or "")
    if not who.may(role):
        raise ProblemError("forbidden", f"This call needs the role {role}; {who.name} is {who.role}.")
    wait_s = service.rate.wait_s(who.user_id)
    if wait_s:
        message = f"More than {service.settings.requests_per_minute} requests a minute."
        raise ProblemError("rate-limited", message, {"Retry-After": str(wait_s)})
    request.state.who = who


def unlisted(app: FastAPI) -> set[str]:
    """Return the calls of an app that stand in no row of ACCESS, and rows that no call has."""
    paths = app.openapi()["paths"].items()
    calls = {f"{method.upper()} {path}" for path, methods in paths for method in methods}
    return calls ^ set(ACCESS)


def _principal(service: Service, header: str) -> Principal:
    with service.store.transaction() as session:
        if service.settings.auth == "off":
            return local_principal(session)
        token = header.removeprefix(BEARER) if header.startswith(BEARER) else ""
        who = authenticate(session, token)
    if who is None:
        message = "This call needs a valid API key. Maybe add the header `Authorization: Bearer territory_...`."
        raise ProblemError("unauthenticated", message, {"WWW-Authenticate": "Bearer"})
    return who


def _refuse_foreign_pages(request: Request) -> None:
    """Refuse what a page of another site may have a browser send: without authentication it would be obeyed."""
    origin = request.headers.get("origin")
    if origin is not None and request.method not in SAFE and origin.split("://")[-1] != request.headers.get("host"):
        raise ProblemError("foreign-origin", f"{origin[:100]} may not call this service.")


Passed = Depends(authorise)
