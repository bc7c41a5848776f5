"""`territory export`: a plan in further forms, or which forms there are."""

from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text

from api.cli.exits import Exit
from api.cli.screen import Screen
from geodata.draw.text import clean
from geodata.findings import InputError
from scenarios.export.form import Extras, Made
from scenarios.export.forms import make_forms, write_forms
from scenarios.export.registry import FORMS, HINTS, missing
from scenarios.export.tables import Rows
from scenarios.export.text import cell_text
from scenarios.export.written import read_written
from scenarios.reading.files import read_bytes

MOST_LINES = 40
"""Changes listed on the screen; all of them are in the files."""


@dataclass(frozen=True)
class Wish:
    """What is asked of an export.

    Attributes
    ----------
    forms : tuple of str
        Names of forms; none lists them all.
    out, earlier, mapping : Path or None
        Where to write; an earlier plan or Territory2 tables; the mapping document.
    dry_run : bool
        Show what loading the files would change and write nothing.
    """

    forms: tuple[str, ...]
    out: Path | None
    earlier: Path | None
    mapping: Path | None
    dry_run: bool


def export_plan(screen: Screen, folder: Path, wish: Wish) -> int:
    """Write a folder's plan in further forms, or list them."""
    extras = Extras(wish.earlier, None if wish.mapping is None else _document(wish.mapping))
    if not wish.forms:
        return _list_forms(screen, folder, extras)
    if wish.dry_run:
        names: list[str] = []
        made = make_forms(folder, wish.forms, extras)
    else:
        names, made = write_forms(folder, wish.forms, extras, wish.out)
    screen.findings([finding for form in made.values() for finding in form.findings])
    for name, form in made.items():
        if form.changes is not None and wish.dry_run:
            _show_changes(screen, name, form.changes)
    screen.say(f"Written to {wish.out or folder}: {', '.join(names)}." if names else "Nothing was written.")
    screen.answer({"exit_code": Exit.DONE, "files": names, "changes": _changes(made)})
    return Exit.DONE


def _list_forms(screen: Screen, folder: Path, extras: Extras) -> int:
    plan = read_written(folder)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("form", "what it is", "files", "still needs"):
        table.add_column(title)
    listed = []
    for form in FORMS:
        lacks = missing(form, plan, extras)
        table.add_row(form.name, form.about, form.file, ", ".join(lacks))
        listed.append({"name": form.name, "about": form.about, "file": form.file, "needs": [*lacks]})
    screen.say(table)
    for need in dict.fromkeys(need for form in FORMS for need in missing(form, plan, extras)):
        screen.say(f"{need}: {HINTS[need]}")
    screen.answer({"exit_code": Exit.DONE, "forms": listed})
    return Exit.DONE


def _document(path: Path) -> bytes:
    data, findings = read_bytes(path, path.name)
    if data is None:
        raise InputError(findings)
    return data


def _changes(made: dict[str, Made]) -> dict[str, list[dict[str, str]]]:
    found = {name: form.changes for name, form in made.items() if form.changes is not None}
    return {
        name: [dict(zip(rows.columns, map(cell_text, row), strict=True)) for row in rows.cells]
        for name, rows in found.items()
    }


def _show_changes(screen: Screen, form: str, rows: Rows) -> None:
    screen.say(f"{form}: {len(rows.cells):,} changes")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in rows.columns:
        table.add_column(column.replace("_", " "))
    for row in rows.cells[:MOST_LINES]:
        table.add_row(*(Text(clean(cell_text(cell))) for cell in row))
    screen.say(table)
    if len(rows.cells) > MOST_LINES:
        screen.say(f"... and {len(rows.cells) - MOST_LINES:,} more")
