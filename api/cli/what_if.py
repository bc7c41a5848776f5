"""The commands of what-if planning: merging planners' parts and comparing plans."""

import typer

from api.cli import arguments as its
from api.cli.arguments import Json, Out, Quiet
from api.cli.screen import Screen
from api.cli.work import run_work


def merge(context: typer.Context, parts: its.Parts, *, out: Out, as_json: Json = False, quiet: Quiet = False) -> None:
    """Merge the plans of several planners and list what they disagree on."""

    def work(screen: Screen) -> int:
        from api.cli.merge import merge_parts

        return merge_parts(screen, parts, out)

    run_work(context, as_json, quiet, work)


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
    """Hold two to four plans side by side: figures, who gains and loses, what changes hands, what differs."""

    def work(screen: Screen) -> int:
        from api.cli.compare import Wish, compare_plans

        return compare_plans(screen, plans, scenario, Wish(csv, xlsx, html))

    run_work(context, as_json, quiet, work)
