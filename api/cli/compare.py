"""`territory compare`: plans side by side, on the screen and in files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text

from api.cli.exits import Exit
from api.cli.screen import Screen
from geodata.draw.text import clean
from scenarios.compare.align import aligned
from scenarios.compare.build import compare
from scenarios.compare.model import TODAY, Comparison, Figure, Shift
from scenarios.compare.side import read_sides
from scenarios.export.comparison.book import comparison_book
from scenarios.export.comparison.forms import csv_files
from scenarios.export.comparison.page import comparison_page
from scenarios.export.comparison.tables import called, value_text
from scenarios.export.folder import prepare_folder, write_files

MOST_LINES = 12
"""Reps, or differences of the input, listed on the screen; all of them are in the files."""


@dataclass(frozen=True)
class Wish:
    """The forms wanted beside the screen's."""

    csv: Path | None = None
    xlsx: Path | None = None
    html: Path | None = None


def compare_plans(screen: Screen, paths: Sequence[Path], scenario: Path | None, wish: Wish) -> int:
    """Compare plans, write the files wanted and return the exit code."""
    sides = aligned(read_sides(paths, scenario))
    comparison = compare(sides)
    written: list[Path] = []
    if wish.csv is not None:
        prepare_folder(wish.csv)
        files = csv_files(comparison)
        write_files(wish.csv, files)
        written += [wish.csv / name for name in files]
    if wish.xlsx is not None:
        written.append(_write(wish.xlsx, comparison_book(comparison)))
    if wish.html is not None:
        written.append(_write(wish.html, comparison_page(comparison, sides).encode()))
    _show(screen, comparison)
    if written:
        screen.say(f"Files: {', '.join(map(str, written))}")
    screen.answer(
        {"exit_code": int(Exit.DONE), "files": [str(path) for path in written], **comparison.model_dump(mode="json")}
    )
    return Exit.DONE


def _write(path: Path, data: bytes) -> Path:
    prepare_folder(path.parent)
    write_files(path.parent, {path.name: data})
    return path


def _show(screen: Screen, comparison: Comparison) -> None:
    screen.say("")
    screen.say(Text(clean(comparison.verdict.headline), style="bold"))
    screen.say(Text(clean(comparison.verdict.text)))
    screen.say("")
    screen.say(_figures(comparison))
    for shift in comparison.shifts:
        if shift.before != TODAY:
            _reps(screen, comparison, shift)
    _inputs(screen, comparison)
    for note in comparison.notes:
        screen.say(f"Note: {note}")


def _figures(comparison: Comparison) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("figure")
    names, keys = called(comparison), [plan.key for plan in comparison.plans]
    for key in (TODAY, *keys):
        table.add_column(Text(clean(names[key])), justify="right")
    for key in keys[1:]:
        table.add_column(f"{key} - {keys[0]}", justify="right")
    for figure in comparison.figures:
        amounts = [figure.today, *(figure.amounts[key] for key in keys)]
        cells = [_amount(figure, amount) for amount in amounts]
        cells += [_amount(figure, figure.differences[key], signed=True) for key in keys[1:]]
        table.add_row(Text(f"{figure.label}{f', {figure.unit}' if figure.unit else ''}"), *cells)
    return table


def _amount(figure: Figure, amount: float | None, *, signed: bool = False) -> Text:
    if amount is None:
        return Text("-")
    rounded = round(amount, figure.decimals) + 0.0
    return Text(f"{rounded:{'+' if signed and rounded else ''},.{figure.decimals}f}")


def _reps(screen: Screen, comparison: Comparison, shift: Shift) -> None:
    """List the reps who gain or lose most between two plans."""
    names = called(comparison)
    changed = [rep for rep in shift.reps if rep.gained.units or rep.lost.units]
    changed.sort(key=lambda rep: -max(rep.gained.units, rep.lost.units))
    screen.say("")
    screen.say(
        f"From {names[shift.before]} to {names[shift.after]}: {shift.moved_units} units change hands, "
        f"{shift.unavoidable_units} of them unavoidably; {shift.people} reps gain or lose."
    )
    for rep in changed[:MOST_LINES]:
        loads = _loads(rep.gained.loads, rep.lost.loads)
        screen.say(f"  {rep.rep} {rep.name}: +{rep.gained.units} units, -{rep.lost.units}{loads}")
    if len(changed) > MOST_LINES:
        screen.say(f"  ... and {len(changed) - MOST_LINES} more")


def _loads(gained: dict[str, float], lost: dict[str, float]) -> str:
    return "".join(f"; {name} +{gained[name]:,.0f} -{lost[name]:,.0f}" for name in gained)


def _inputs(screen: Screen, comparison: Comparison) -> None:
    if not comparison.inputs:
        screen.say("The input is the same.")
        return
    names = called(comparison)
    screen.say("")
    screen.say(f"What differs from the input of {names[comparison.plans[0].key]}:")
    for change in comparison.inputs[:MOST_LINES]:
        before, after = value_text(change.before) or "-", value_text(change.after) or "-"
        screen.say(f"  {names[change.plan]}: {change.place}: {before} -> {after}")
    if len(comparison.inputs) > MOST_LINES:
        screen.say(f"  ... and {len(comparison.inputs) - MOST_LINES} more")
