"""The commands that run the service: names, arguments and help."""

from typing import Annotated, Literal

import typer

from api.cli.arguments import Json, Quiet
from api.cli.screen import Screen
from api.cli.work import run_work

service = typer.Typer()
Role = Literal["viewer", "planner", "approver", "admin"]


@service.command()
def serve(
    context: typer.Context,
    *,
    host: Annotated[str | None, typer.Option("--host", help="Instead of TERRITORY_HOST.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Instead of TERRITORY_PORT.")] = None,
    workers: Annotated[int | None, typer.Option("--workers", help="Instead of TERRITORY_WORKERS.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Load and solve the bundled scenarios, once.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Serve the workspace and the HTTP API, with workers beside them. Settings: TERRITORY_..., see docs/service.md."""

    def work(screen: Screen) -> int:
        from api.cli.serve import serve as serve_until_signal
        from api.cli.settings import read_settings

        return serve_until_signal(screen, read_settings(host=host, port=port, workers=workers), demo=demo)

    run_work(context, as_json, quiet, work)


@service.command()
def worker(context: typer.Context, as_json: Json = False, quiet: Quiet = False) -> None:
    """Take jobs from the queue, one at a time, until SIGTERM."""

    def work(screen: Screen) -> int:
        from api.cli.settings import read_settings
        from api.jobs.worker import work as work_until_signal
        from api.logs import start_logs

        settings = read_settings()
        start_logs(settings.log_level)
        screen.say("Taking jobs; Ctrl-C ends it.")
        work_until_signal(settings)
        return 0

    run_work(context, as_json, quiet, work)


@service.command()
def doctor(context: typer.Context, as_json: Json = False, quiet: Quiet = False) -> None:
    """Look whether this machine is fit to run the service."""

    def work(screen: Screen) -> int:
        from api.cli.doctor import doctor as look
        from api.cli.settings import read_settings

        return look(screen, read_settings())

    run_work(context, as_json, quiet, work)


@service.command()
def key(
    context: typer.Context,
    *,
    user: Annotated[str, typer.Option("--user", help="Name of a new user who gets the key.")],
    role: Annotated[Role, typer.Option("--role", help="What the user may do.")] = "planner",
    workspace: Annotated[str, typer.Option("--workspace", help="Workspace of the user, made where missing.")] = "main",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make a user with an API key, and show the key this once."""

    def work(screen: Screen) -> int:
        from api.cli.key import make_key
        from api.cli.settings import read_settings

        return make_key(screen, read_settings(), workspace, user, role)

    run_work(context, as_json, quiet, work)
