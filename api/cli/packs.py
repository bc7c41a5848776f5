"""The commands about packs; they join those of `app`. `territory export DIR packs` writes them."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.arguments import Folder, Json, Quiet
from api.cli.screen import Screen
from api.cli.work import run_work

packs = typer.Typer(help="Read managers' packs that came back.", no_args_is_help=True)


@packs.callback()
def pack() -> None:
    """Read managers' packs that came back."""


@packs.command()
def read(
    context: typer.Context,
    folder: Folder,
    workbooks: Annotated[
        list[Path], typer.Argument(metavar="WORKBOOK...", help="Filled workbooks.", show_default=False)
    ],
    *,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the requests as CSV.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """List what managers ask for in their workbooks, where they contradict each other, and what cannot be taken."""

    def work(screen: Screen) -> int:
        from api.cli.pack_read import read_workbooks

        return read_workbooks(screen, folder, workbooks, out)

    run_work(context, as_json, quiet, work)
