"""`territory robust`: whether a plan stays in band when a measure is off."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text

from api.cli.exits import Exit
from api.cli.screen import Screen
from geodata.draw.text import clean
from scenarios.export.folder import prepare_folder, write_files
from scenarios.export.robust_table import ROBUST, robust_rows
from scenarios.export.text import csv_bytes
from scenarios.robust.model import Robustness
from scenarios.robust.study import RobustWish, robust_study

MOST_ROWS = 25
"""Territories listed on the screen, those that break most often first."""


@dataclass(frozen=True)
class Where:
    """What is looked at, and the folder for the table."""

    place: Path
    plan: Path | None
    out: Path | None


def show_robustness(screen: Screen, where: Where, wish: RobustWish) -> int:
    """Draw errors and say what becomes of the bands."""
    figures, findings = robust_study(where.place, where.plan, wish)
    screen.findings(findings)
    for figure in figures:
        _show(screen, figure)
    names: list[str] = []
    if where.out is not None:
        prepare_folder(where.out)
        write_files(where.out, {ROBUST: csv_bytes(robust_rows(figures))})
        names = [ROBUST]
        screen.say(f"Written to {where.out}: {ROBUST}")
    fields = [figure.model_dump(mode="json") for figure in figures]
    screen.answer({"exit_code": int(Exit.DONE), "robustness": fields, "files": names})
    return Exit.DONE


def _show(screen: Screen, figure: Robustness) -> None:
    common = f" and up to {100 * figure.common_spread:g} % by {figure.common_column}" if figure.common_column else ""
    screen.say(
        f"{figure.measure} off by up to {100 * figure.spread:g} % a unit{common}: every territory is in band "
        f"(+-{100 * figure.tolerance:g} %) in {100 * figure.kept:.1f} % of {figure.draws} draws; on average "
        f"{figure.expected_out:.1f} territories are out. The index furthest from 100 is {figure.expected_worst:.1f} "
        f"off on average, {figure.worst_deviation:.1f} at worst."
    )
    screen.say(_table(figure))


def _table(figure: Robustness) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("territory", no_wrap=True)
    for title in ("index", "5 %", "95 %", "mean off", "worst off", "in band", "breaks first", "safe up to"):
        table.add_column(title, justify="right")
    weakest = sorted(figure.territories, key=lambda row: (row.kept, row.safe_spread))
    for row in weakest[:MOST_ROWS]:
        shown: Sequence[str] = (
            clean(row.territory),
            *(f"{value:.1f}" for value in (row.index, row.index_low, row.index_high)),
            *(f"{value:.1f}" for value in (row.expected_deviation, row.worst_deviation)),
            f"{100 * row.kept:.1f} %",
            f"{row.first}",
            f"+-{100 * row.safe_spread:.1f} %",
        )
        table.add_row(*map(Text, shown))
    return table
