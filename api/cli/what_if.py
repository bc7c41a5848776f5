"""The commands of annual planning: what else could be, and why the plan is as it is. Nothing heavy is imported here."""

from typing import Annotated

import typer

from api.cli import arguments as its
from api.cli.arguments import Json, NoMap, Out, Quiet, ScenarioPath
from api.cli.screen import Screen
from api.cli.work import run_work

what_if = typer.Typer()


@what_if.command()
def merge(context: typer.Context, parts: its.Parts, *, out: Out, as_json: Json = False, quiet: Quiet = False) -> None:
    """Merge the plans of several planners and list what they disagree on."""

    def work(screen: Screen) -> int:
        from api.cli.merge import merge_parts

        return merge_parts(screen, parts, out)

    run_work(context, as_json, quiet, work)


@what_if.command()
def compare(
    context: typer.Context,
    plans: its.Plans,
    *,
    scenario: its.ScenarioOfPlans = None,
    csv: its.CsvFolder = None,
    xlsx: its.XlsxFile = None,
    html: its.HtmlFile = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Hold up to four plans side by side, and against today: figures, who gains and loses, what changes hands."""

    def work(screen: Screen) -> int:
        from api.cli.compare import Wish, compare_plans

        return compare_plans(screen, plans, scenario, Wish(csv, xlsx, html))

    run_work(context, as_json, quiet, work)


@what_if.command()
def sweep(
    context: typer.Context,
    *,
    scenario: ScenarioPath,
    out: Out,
    vary: its.Vary = None,
    file: its.SweepFile = None,
    proposals: its.Proposals = None,
    no_map: NoMap = False,
    time_limit_s: its.PointTime = None,
    effort: its.Effort = None,
    gap: its.Gap = None,
    seed: its.Seed = None,
    workers: Annotated[int | None, typer.Option("--workers", help="Points solved at a time, each on a core.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Solve many what-ifs of a scenario and propose a few plans of the front they make."""

    def work(screen: Screen) -> int:
        from api.cli.sweep import Asked, sweep_scenario

        changes = its.solve_changes(time_limit_s, effort, gap, seed, workers)
        asked = Asked(out, tuple(vary or ()), file, proposals, draws_maps=not no_map, changes=changes)
        return sweep_scenario(screen, scenario, asked)

    run_work(context, as_json, quiet, work)


@what_if.command()
def explain(
    context: typer.Context,
    *,
    target: its.PlanOrScenario,
    plan: its.PlanToExplain = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="ID", help="Why this rep; what a swap costs.")] = None,
    rep: Annotated[str | None, typer.Option("--rep", metavar="ID", help="What was gained and lost, and why.")] = None,
    limit: its.LimitPath = None,
    time_limit_s: its.SolveTime = None,
    effort: its.SolveEffort = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Explain a plan: why a unit belongs to its rep, what changed for a rep, what a limit costs."""

    def work(screen: Screen) -> int:
        from api.cli.explain import Question, explain_plan

        changes = its.solve_changes(time_limit_s, effort, None, None, None)
        return explain_plan(screen, target, plan, Question(unit, rep, limit), changes)

    run_work(context, as_json, quiet, work)
