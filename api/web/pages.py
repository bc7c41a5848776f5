"""The pages of the workspace: an address, its template, and where it stands in the menu."""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.http.problems import problem
from api.settings import Settings
from api.web.assets import MEDIA_TYPES, PREFIX, Assets, read_assets

HTML = "text/html; charset=utf-8"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
FOR_GOOD = "public, max-age=31536000, immutable"
API = ("/v1/", "/openapi.json", PREFIX)
"""Where machines ask: what is missing there is a problem document, never a page."""
NOT_FOUND = "not_found.html"


@dataclass(frozen=True)
class PageAt:
    """A page; `menu` is its words in the menu, "" for none."""

    path: str
    template: str
    menu: str = ""


PAGES = (
    PageAt("/", "scenarios.html", "Scenarios"),
    PageAt("/sign-in", "sign_in.html"),
)


def add_workspace(app: FastAPI, settings: Settings) -> None:
    """Add the pages, their files, and a page for what is not there."""
    assets = read_assets()
    templates = Environment(loader=PackageLoader("api.web"), autoescape=True, undefined=StrictUndefined)
    templates.globals |= {
        "static": assets.address,
        "auth": settings.auth,
        "menu": [page for page in PAGES if page.menu],
    }

    def show(template: str, path: str, status: int = 200) -> Response:
        text = templates.get_template(template).render(here=path)
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        return Response(text, status, headers, media_type=HTML)

    def add(page: PageAt) -> None:
        app.add_route(page.path, lambda _request: show(page.template, page.path), include_in_schema=False)

    for page in PAGES:
        add(page)
    app.add_route(PREFIX + "/{digest}/{name:path}", _file_server(assets), include_in_schema=False)

    @app.exception_handler(404)
    def missing(request: Request, error: Any) -> Response:
        if request.url.path.startswith(API) or "text/html" not in request.headers.get("accept", ""):
            return problem(request, "not-found", str(error.detail))
        return show(NOT_FOUND, request.url.path, 404)


def _file_server(assets: Assets) -> Any:
    def serve(request: Request) -> Response:
        name, etag = request.path_params["name"], f'"{assets.digest}"'
        data = assets.files.get(name)
        if data is None:
            raise HTTPException(404, "There is no such file.")
        is_present = request.path_params["digest"] == assets.digest
        headers = {"ETag": etag, "Cache-Control": FOR_GOOD if is_present else "no-cache"}
        if request.headers.get("if-none-match") == etag:
            return Response(b"", 304, headers)
        return Response(data, headers=headers, media_type=MEDIA_TYPES[name.rpartition(".")[2]])

    return serve
