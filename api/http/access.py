"""Who may call what: the least role for each call and page."""

from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.routing import APIRoute

from scenarios.store.people import ADMIN, APPROVER, PLANNER, VIEWER

ANYBODY = "anybody"
ACCESS = {
    "GET /": VIEWER,
    "GET /new": VIEWER,
    "GET /data": VIEWER,
    "GET /scenarios/{scenario_id}/settings": VIEWER,
    "GET /scenarios/{scenario_id}": VIEWER,
    "GET /signin": ANYBODY,
    "GET /compare": VIEWER,
    "GET /scenarios/{scenario_id}/review": VIEWER,
    "GET /scenarios/{scenario_id}/history": VIEWER,
    "GET /healthz": ANYBODY,
    "GET /readyz": ANYBODY,
    "GET /version": ANYBODY,
    "GET /metrics": VIEWER,
    "POST /v1/sessions": ANYBODY,
    "GET /v1/sessions/current": VIEWER,
    "DELETE /v1/sessions/current": VIEWER,
    "GET /v1/me": VIEWER,
    "GET /v1/datasets": VIEWER,
    "POST /v1/datasets": PLANNER,
    "GET /v1/datasets/{dataset_id}": VIEWER,
    "GET /v1/datasets/{dataset_id}/content": VIEWER,
    "GET /v1/datasets/{dataset_id}/rows": VIEWER,
    "GET /v1/samples": VIEWER,
    "POST /v1/samples/{name}": PLANNER,
    "POST /v1/scenario-drafts": PLANNER,
    "POST /v1/scenario-checks": PLANNER,
    "GET /v1/scenarios": VIEWER,
    "POST /v1/scenarios": PLANNER,
    "GET /v1/scenarios/{scenario_id}": VIEWER,
    "PATCH /v1/scenarios/{scenario_id}": PLANNER,
    "GET /v1/scenarios/{scenario_id}/versions/{version}": VIEWER,
    "GET /v1/scenarios/{scenario_id}/findings": VIEWER,
    "POST /v1/scenarios/{scenario_id}/fork": PLANNER,
    "POST /v1/scenarios/{scenario_id}/rebase": PLANNER,
    "POST /v1/scenarios/{scenario_id}/archive": PLANNER,
    "POST /v1/scenarios/{scenario_id}/submit": PLANNER,
    "POST /v1/scenarios/{scenario_id}/approve": APPROVER,
    "POST /v1/scenarios/{scenario_id}/reject": APPROVER,
    "GET /v1/scenarios/{scenario_id}/comments": VIEWER,
    "POST /v1/scenarios/{scenario_id}/comments": VIEWER,
    "POST /v1/scenarios/{scenario_id}/comments/{comment_id}/resolve": VIEWER,
    "POST /v1/scenarios/{scenario_id}/comments/{comment_id}/reopen": VIEWER,
    "GET /v1/scenarios/{scenario_id}/history": VIEWER,
    "GET /v1/scenarios/{scenario_id}/assignments": VIEWER,
    "GET /v1/scenarios/{scenario_id}/metrics": VIEWER,
    "GET /v1/scenarios/{scenario_id}/map": VIEWER,
    "GET /v1/scenarios/{scenario_id}/moves": VIEWER,
    "POST /v1/scenarios/{scenario_id}/moves": PLANNER,
    "POST /v1/scenarios/{scenario_id}/undo": PLANNER,
    "GET /v1/scenarios/{scenario_id}/locks": VIEWER,
    "POST /v1/scenarios/{scenario_id}/locks": PLANNER,
    "PUT /v1/scenarios/{scenario_id}/locks/{unit}": PLANNER,
    "DELETE /v1/scenarios/{scenario_id}/locks/{unit}": PLANNER,
    "GET /v1/scenarios/{scenario_id}/units/{unit}/why": VIEWER,
    "GET /v1/scenarios/{scenario_id}/plans": VIEWER,
    "POST /v1/scenarios/{scenario_id}/plans": PLANNER,
    "PUT /v1/scenarios/{scenario_id}/plan": PLANNER,
    "GET /v1/plans/{plan_id}": VIEWER,
    "GET /v1/plans/{plan_id}/files/{name}": VIEWER,
    "GET /v1/scenarios/{scenario_id}/exports": VIEWER,
    "GET /v1/scenarios/{scenario_id}/exports/{form}": VIEWER,
    "POST /v1/scenarios/{scenario_id}/exports": VIEWER,
    "GET /v1/comparisons": VIEWER,
    "GET /v1/jobs": VIEWER,
    "POST /v1/jobs": PLANNER,
    "GET /v1/jobs/{job_id}": VIEWER,
    "POST /v1/jobs/{job_id}/stop": PLANNER,
    "POST /v1/jobs/{job_id}/cancel": PLANNER,
    "POST /v1/jobs/{job_id}/retry": PLANNER,
    "GET /v1/jobs/{job_id}/events": VIEWER,
    "GET /v1/jobs/{job_id}/incumbents": VIEWER,
    "GET /v1/jobs/{job_id}/points": VIEWER,
    "POST /v1/jobs/{job_id}/points/{point}/scenario": PLANNER,
    "GET /v1/jobs/{job_id}/result": VIEWER,
    "GET /v1/jobs/{job_id}/files/{name}": VIEWER,
    "POST /v1/solve": PLANNER,
    "GET /v1/users": ADMIN,
    "POST /v1/users": ADMIN,
    "PATCH /v1/users/{user_id}": ADMIN,
    "GET /v1/api-keys": ADMIN,
    "POST /v1/api-keys": ADMIN,
    "DELETE /v1/api-keys/{key_id}": ADMIN,
    "GET /v1/audit-events": ADMIN,
}
"""A page is a route that the API's description leaves out: it holds no data, and without a session leads to /signin."""
REGIONAL = frozenset(
    {
        "GET /v1/sessions/current",
        "DELETE /v1/sessions/current",
        "GET /v1/me",
        "GET /v1/scenarios",
        "GET /v1/scenarios/{scenario_id}",
        "GET /v1/scenarios/{scenario_id}/comments",
        "POST /v1/scenarios/{scenario_id}/comments",
        "POST /v1/scenarios/{scenario_id}/comments/{comment_id}/resolve",
        "POST /v1/scenarios/{scenario_id}/comments/{comment_id}/reopen",
        "GET /v1/scenarios/{scenario_id}/assignments",
        "GET /v1/scenarios/{scenario_id}/metrics",
        "GET /v1/scenarios/{scenario_id}/moves",
        "GET /v1/scenarios/{scenario_id}/locks",
        "GET /v1/scenarios/{scenario_id}/plans",
        "GET /v1/plans/{plan_id}",
        "GET /v1/plans/{plan_id}/files/{name}",
    }
)
"""Calls that a viewer limited to a region may make, besides pages: each leaves out what is not of that region."""


def unlisted(routers: Iterable[APIRouter]) -> set[str]:
    """Return the calls that stand in no row of ACCESS, and rows that no call has."""
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    return {f"{method} {route.path}" for route in routes for method in route.methods or ()} ^ set(ACCESS)
