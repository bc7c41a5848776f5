"""The pages of the workspace: an address, its template, and where it stands in the menu."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from api.http.problems import problem
from api.settings import Settings
from api.web.assets import PREFIX, Assets

HTML = "text/html; charset=utf-8"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'",
    "Cache-Control": "no-cache",
    "Referrer-Policy": "same-origin",
}
API = ("/v1/", "/openapi.json", PREFIX)
"""Where machines ask: what is missing there is a problem document, never a page."""
NOT_FOUND = "not_found.html"


@dataclass(frozen=True)
class PageAt:
    """A page; `menu` is its words in the menu, "" for none. Its role stands in `access.ACCESS`."""

    path: str
    template: str
    menu: str = ""


PAGES = (
    PageAt("/", "scenarios.html", "Scenarios"),
    PageAt("/new", "wizard.html"),
    PageAt("/scenarios/{scenario_id}/settings", "wizard.html"),
    PageAt("/data", "data.html", "Data"),
    PageAt("/compare", "compare.html", "Compare"),
    PageAt("/scenarios/{scenario_id}", "scenario.html"),
    PageAt("/runs", "runs.html", "Runs"),
    PageAt("/scenarios/{scenario_id}/run", "run.html"),
    PageAt("/signin", "sign_in.html"),
    PageAt("/people", "people.html"),
    PageAt("/scenarios/{scenario_id}/review", "review.html"),
    PageAt("/scenarios/{scenario_id}/history", "history.html"),
    PageAt("/scenarios/{scenario_id}/exports", "exports.html"),
    PageAt("/scenarios/{scenario_id}/pack", "pack.html"),
    PageAt("/scenarios/{scenario_id}/sweeps", "sweeps.html"),
)
Show = Callable[[str, str, int], Response]
"""From a template, the page's path and a status to the page."""


def renderer(settings: Settings, assets: Assets) -> Show:
    """Return what makes pages of templates."""
    templates = Environment(loader=PackageLoader("api.web"), autoescape=True, undefined=StrictUndefined)
    templates.globals |= {
        "static": assets.address,
        "modules": cache(assets.modules),
        "auth": settings.auth,
        "menu": [page for page in PAGES if page.menu],
    }

    def show(template: str, path: str, status: int) -> Response:
        return Response(templates.get_template(template).render(here=path), status, HEADERS, media_type=HTML)

    return show


def pages_router(show: Show) -> APIRouter:
    """Return the routes of all pages; the API's description leaves them out."""
    router = APIRouter(include_in_schema=False, default_response_class=Response)
    for page in PAGES:
        router.add_api_route(page.path, _endpoint(show, page), methods=["GET"])
    return router


def answer_missing(app: FastAPI, show: Show) -> None:
    """Answer people who ask for a page that is not there with a page."""

    @app.exception_handler(404)
    def missing(request: Request, error: Any) -> Response:
        if request.url.path.startswith(API) or "text/html" not in request.headers.get("accept", ""):
            return problem(request, "not-found", str(error.detail))
        return show(NOT_FOUND, request.url.path, 404)


def _endpoint(show: Show, page: PageAt) -> Callable[[], Response]:
    return lambda: show(page.template, page.path, 200)
