"""The commands that look at a plan from a further side; they join those of `app`."""

from typing import Annotated

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


@planning.command()
def size(
    context: typer.Context,
    *,
    scenario: its.ScenarioPath,
    reps: Annotated[str, typer.Option("--reps", metavar="N..M", help="Numbers of reps, e.g. 18..24.")],
    out: its.Out,
    time_limit_s: Annotated[
        float | None, typer.Option("--time-limit", metavar="SECONDS", help="Of each solve, instead of --effort.")
    ] = None,
    effort: Annotated[
        float | None, typer.Option("--effort", help="Of each solve, without a clock; 0.05 by default.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Instead of solve.seed.")] = None,
    workers: Annotated[int | None, typer.Option("--workers", help="Instead of solve.workers.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """How many reps: contribution against headcount, who is missed least, where to hire next."""

    def work(screen: Screen) -> int:
        from api.cli.size import SizeWish, size_scenario

        changes = {"time_limit_s": time_limit_s, "effort": effort, "seed": seed, "workers": workers}
        return size_scenario(screen, scenario, SizeWish(reps, out, changes))

    run_work(context, as_json, quiet, work)


@planning.command()
def robust(
    context: typer.Context,
    *,
    place: its.Study,
    plan: its.StudiedPlan = None,
    measure: its.RobustMeasure = "potential",
    spread: its.Spreads = "0.1,0.2",
    common: its.CommonSpread = None,
    by: its.CommonColumn = None,
    draws: Annotated[int, typer.Option("--draws", help="Number of draws.")] = 200,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the draws.")] = 0,
    out: its.OptionalOut = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Tell whether a plan stays in band when a measure is off, and which territories break first."""

    def work(screen: Screen) -> int:
        from api.cli.robust import Where, show_robustness
        from scenarios.robust.study import RobustWish

        return show_robustness(screen, Where(place, plan, out), RobustWish(measure, spread, common, by, draws, seed))

    run_work(context, as_json, quiet, work)
