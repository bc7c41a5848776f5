"""The service as an ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from api.http import credentials, examples, problems
from api.http.access import unlisted
from api.http.authorise import Passed, is_known
from api.http.gate import ANY, Gate
from api.http.meters import Meters
from api.http.middleware import Watched
from api.http.rate import Rate
from api.http.routes import (
    cells,
    comments,
    comparisons,
    datasets,
    drafts,
    exports,
    jobs,
    locks,
    moves,
    operation,
    packs,
    people,
    plans,
    rebase,
    review,
    samples,
    scenarios,
    sessions,
    solve,
    sweeps,
    why,
)
from api.http.service import Service
from api.jobs.queue import Queue
from api.jobs.small import SmallSolver
from api.jobs.worker import prepare_database
from api.plans.cases import Cases
from api.settings import LOOPBACK, Settings
from api.web.assets import read_assets, serve_assets
from api.web.pages import answer_missing, pages_router, renderer
from scenarios.report.provenance import DISTRIBUTION
from scenarios.store.database import Store
from scenarios.store.people import local_principal

ROUTERS = (
    operation,
    datasets,
    scenarios,
    rebase,
    samples,
    drafts,
    cells,
    review,
    comments,
    plans,
    moves,
    locks,
    why,
    comparisons,
    exports,
    packs,
    jobs,
    sweeps,
    solve,
    sessions,
    people,
)
BYTES_PER_MB = 1_000_000


def create_app(settings: Settings) -> FastAPI:
    """Return the application; its database is opened when it starts.

    Raises
    ------
    ValueError
        Where the settings would open a service without authentication to others.
    """
    if settings.refusal():
        raise ValueError(settings.refusal())

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        app.state.service = open_service(settings)
        yield
        app.state.service.close()

    app = FastAPI(
        title="territory-optimizer",
        version=version(DISTRIBUTION),
        lifespan=running,
        dependencies=[Passed],
        responses=problems.DESCRIBED,
        docs_url=None,
        generate_unique_id_function=lambda route: route.name,
        redoc_url=None,
    )
    assets = read_assets()
    show = renderer(settings, assets)
    routers = [*(routes.router for routes in ROUTERS), pages_router(show)]
    for router in routers:
        app.include_router(router)
    serve_assets(app, assets)
    problems.install(app)
    problems.describe(app)
    examples.describe(app)
    credentials.describe(app)
    answer_missing(app, show)
    app.state.meters = Meters()
    most = settings.body_limit_mb * BYTES_PER_MB
    app.add_middleware(Gate, hosts=_hosts(settings), body_limit_bytes=most, knows=is_known)
    app.add_middleware(Watched, meters=app.state.meters)
    if strays := unlisted(routers):
        raise ValueError(f"calls without a role, or roles without a call: {sorted(strays)}")
    return app


def open_service(settings: Settings) -> Service:
    """Open the database, brought up to date, and all that the calls share."""
    store = Store(settings.database_url.get_secret_value())
    prepare_database(store)
    with store.transaction() as session:
        local = local_principal(session) if settings.auth == "off" else None
    return Service(
        settings=settings,
        store=store,
        queue=Queue(store),
        cases=Cases(store, settings.cases_kept, settings.units_limit),
        rate=Rate(settings.requests_per_minute),
        sign_in_rate=Rate(settings.sign_ins_per_minute),
        small=SmallSolver(
            settings.small_units_limit, settings.territories_limit, settings.small_time_limit_s, settings.small_grace_s
        ),
        local=local,
    )


def _hosts(settings: Settings) -> tuple[str, ...]:
    """Return the host names that requests may name."""
    given = tuple(name.strip() for name in settings.hosts.split(",") if name.strip())
    return given or ((ANY,) if settings.auth == "keys" else LOOPBACK)
