"""The commands of `territory`: names, arguments and help. What they do is in the files beside this one.

Nothing heavy is imported here, so that `territory --help` answers at once.
"""

import io
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.cli import arguments as its
from api.cli.arguments import Folder, Json, NoMap, Out, PlanPath, Quiet, ScenarioPath
from api.cli.packs import packs
from api.cli.planning import planning
from api.cli.screen import Screen
from api.cli.service import service
from api.cli.what_if import what_if
from api.cli.work import run_work

app = typer.Typer(
    name="territory",
    help="Design sales territories: balanced, contiguous, close to their reps, with a proven gap.",
    epilog="Exit codes: 0 a plan that keeps every hard rule; 2 bad input; 3 proven infeasible; 4 none found in the "
    "time given; 5 the given plan breaks a hard rule or does not hold; 1 our fault; 130 second Ctrl-C.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def territory(
    context: typer.Context,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Design sales territories: balanced, contiguous, close to their reps, with a proven gap."""
    context.obj = (as_json, quiet)


@app.command()
def check(context: typer.Context, scenario: ScenarioPath, as_json: Json = False, quiet: Quiet = False) -> None:
    """Read a scenario and list everything that is wrong or doubtful in it."""

    def work(screen: Screen) -> int:
        from api.cli.check import check_scenario

        return check_scenario(screen, scenario)

    run_work(context, as_json, quiet, work)


@app.command()
def solve(
    context: typer.Context,
    *,
    scenario: ScenarioPath,
    out: Out,
    start: its.Start = None,
    no_map: NoMap = False,
    accept_nearest: its.AcceptNearest = False,
    time_limit_s: its.TimeLimit = None,
    effort: its.Effort = None,
    gap: its.Gap = None,
    seed: its.Seed = None,
    workers: Annotated[int | None, typer.Option("--workers", help="Instead of solve.workers.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find the best plan for a scenario and write its files."""

    def work(screen: Screen) -> int:
        from api.cli.solve import Wish, solve_scenario

        changes = its.solve_changes(time_limit_s, effort, gap, seed, workers)
        wish = Wish(out, start, draws_map=not no_map, accepts_nearest=accept_nearest, changes=changes)
        return solve_scenario(screen, scenario, wish)

    run_work(context, as_json, quiet, work)


@app.command()
def score(
    context: typer.Context,
    *,
    scenario: ScenarioPath,
    plan: PlanPath,
    out: Out,
    no_map: NoMap = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Judge a hand-made plan by the rules of a scenario and write the same files as solve."""

    def work(screen: Screen) -> int:
        from api.cli.score import score_plan

        return score_plan(screen, scenario, plan, out, draws_map=not no_map)

    run_work(context, as_json, quiet, work)


@app.command()
def verify(
    context: typer.Context,
    folder: Folder,
    scenario: Annotated[
        Path | None, typer.Option("--scenario", help="Scenario document, where it is not at the recorded place.")
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Re-check plan, figures and certificate of a folder without a solver."""

    def work(screen: Screen) -> int:
        from api.cli.verify import verify_folder

        return verify_folder(screen, folder, scenario)

    run_work(context, as_json, quiet, work)


@app.command("map")
def draw(context: typer.Context, folder: Folder, as_json: Json = False, quiet: Quiet = False) -> None:
    """Draw map.html again from the files of a folder."""

    def work(screen: Screen) -> int:
        from api.cli.map import redraw

        return redraw(screen, folder)

    run_work(context, as_json, quiet, work)


@app.command()
def export(
    context: typer.Context,
    *,
    folder: Folder,
    forms: its.Forms = None,
    out: its.FormsOut = None,
    earlier: its.EarlierFolder = None,
    mapping: its.MappingFile = None,
    dry_run: its.DryRun = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write a plan in further forms: pictures, slides, packs, CRM files, tables for analysis, map layers.

    Without a form all are listed, and which of them this plan can be written in. See docs/exports.md.
    """

    def work(screen: Screen) -> int:
        from api.cli.export import Wish, export_plan

        return export_plan(screen, folder, Wish(tuple(forms or ()), out, earlier, mapping, dry_run))

    run_work(context, as_json, quiet, work)


@app.command()
def demo(context: typer.Context, out: Out, no_map: NoMap = False, as_json: Json = False, quiet: Quiet = False) -> None:
    """Copy the bundled Texas scenario beside its results and solve it."""

    def work(screen: Screen) -> int:
        from api.cli.demo import solve_demo

        return solve_demo(screen, out, draws_map=not no_map)

    run_work(context, as_json, quiet, work)


@app.command()
def init(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Tables and maps, in any order.", show_default=False)],
    *,
    out: its.ScenarioToWrite = Path("scenario.yaml"),
    mapped: its.Mapped = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take the guess without asking.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Guess a scenario from your own files, show it, write it and check it."""

    def work(screen: Screen) -> int:
        from api.cli.init import init_scenario

        return init_scenario(screen, files, out, mapped or (), asks=not yes)

    run_work(context, as_json, quiet, work)


@app.command()
def refresh(
    context: typer.Context,
    *,
    scenario: its.ScenarioOrFolder,
    new_file: its.NewFile,
    out: Out,
    plan: its.EarlierPlan = None,
    sheet: its.NewSheet = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Put a new data file into a scenario, carry its edits and plan by id, and list what changed."""

    def work(screen: Screen) -> int:
        from api.cli.refresh import refresh_scenario
        from scenarios.refresh.refresh import Wish

        return refresh_scenario(screen, Wish(scenario, new_file, out, plan, sheet))

    run_work(context, as_json, quiet, work)


@app.command()
def schema(
    context: typer.Context,
    document: Annotated[
        Literal["scenario", "report", "certificate", "comparison"], typer.Argument(help="What the schema is of.")
    ] = "scenario",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Print the JSON Schema of the scenario document, or of a result."""

    def work(screen: Screen) -> int:
        from api.cli.schema import print_schema

        return print_schema(screen, document)

    run_work(context, as_json, quiet, work)


app.add_typer(packs, name="pack")
app.add_typer(planning)
app.add_typer(what_if)
app.add_typer(service)


def run() -> None:
    """Run the command line of this process; signs that the terminal cannot show become question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()
