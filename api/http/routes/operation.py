"""What operators and their machines ask: is it alive, is it ready, which version, how much."""

from importlib.metadata import version

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from api.http.problems import ProblemError
from api.http.service import service_of
from scenarios.report.provenance import DISTRIBUTION
from scenarios.store.database import newest_version

router = APIRouter(tags=["operation"])


class Alive(BaseModel):
    """The process answers."""

    status: str = "ok"


class Version(BaseModel):
    """What runs."""

    product: str
    api: str = "v1"
    tables: str | None


@router.get("/healthz")
def healthz() -> Alive:
    """Tell that the process answers."""
    return Alive()


@router.get("/readyz")
def readyz(request: Request) -> Alive:
    """Tell that the database answers, can be written to, and has the tables of this version."""
    store = service_of(request).store
    if store.version() != newest_version():
        raise ProblemError("unavailable", "The tables are of another version. Maybe restart the service.")
    store.check_room()
    return Alive()


@router.get("/version")
def get_version() -> Version:
    """Return the versions of the product, the API and the tables."""
    return Version(product=f"{DISTRIBUTION} {version(DISTRIBUTION)}", tables=newest_version())


@router.get("/metrics", response_class=Response)
def metrics(request: Request) -> Response:
    """Return the metrics in Prometheus' text form."""
    data, kind = request.app.state.meters.text(service_of(request))
    return Response(data, media_type=kind)
