"""The commands that look at a plan from a further side; they join those of `app`."""

import typer

from api.cli import arguments as its
from api.cli.arguments import Json, Quiet
from api.cli.screen import Screen
from api.cli.work import run_work

planning = typer.Typer()


@planning.command()
def quota(
    context: typer.Context,
    *,
    place: its.Study,
    plan: its.StudiedPlan = None,
    out: its.OptionalOut = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Spread the scenario's quotas over a plan again, without solving."""

    def work(screen: Screen) -> int:
        from api.cli.quota import show_quotas

        return show_quotas(screen, place, plan, out)

    run_work(context, as_json, quiet, work)
