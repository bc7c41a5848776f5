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
