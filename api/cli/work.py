"""How every command runs: its switches, its screen, and its exit code."""

from collections.abc import Callable

import typer

from api.cli.guard import guarded
from api.cli.screen import Screen


def run_work(context: typer.Context, as_json: bool, quiet: bool, work: Callable[[Screen], int]) -> None:
    """Run a command's work; --json and --quiet may stand before or after the command's name."""
    before_json, before_quiet = context.obj
    raise typer.Exit(guarded(Screen(as_json or before_json, quiet or before_quiet), work))
