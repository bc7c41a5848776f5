"""`territory pack read`: what managers ask for, on the screen and as a table."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

from rich.table import Table
from rich.text import Text

from api.cli.exits import Exit
from api.cli.screen import Screen
from geodata.draw.text import clean
from geodata.findings import InputError
from scenarios.export.folder import prepare_folder, write_files
from scenarios.export.pack.read import PackRequests, Request, read_packs
from scenarios.export.tables import Rows
from scenarios.export.text import csv_bytes
from scenarios.export.written import read_written
from scenarios.reading.files import read_bytes

COLUMNS = tuple(field.name for field in fields(Request))


def read_workbooks(screen: Screen, folder: Path, workbooks: Sequence[Path], out: Path | None) -> int:
    """List the requests of workbooks, and write them where that is asked for."""
    plan = read_written(folder)
    found = read_packs(plan, {str(path): _bytes(path) for path in workbooks})
    if out is not None:
        prepare_folder(out.parent)
        write_files(out.parent, {out.name: csv_bytes(_rows(found))})
    _show(screen, found)
    if out is not None:
        screen.say(f"The requests are in {out}.")
    screen.answer({"exit_code": Exit.DONE, **asdict(found)})
    return Exit.DONE


def _bytes(path: Path) -> bytes:
    data, findings = read_bytes(path, path.name)
    if data is None:
        raise InputError(findings)
    return data


def _rows(found: PackRequests) -> Rows:
    return Rows(COLUMNS, tuple(tuple(getattr(request, name) for name in COLUMNS) for request in found.requests))


def _show(screen: Screen, found: PackRequests) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    titles = ("what", "id", "name", "from", "to", "who asks", "reason")
    for title in titles:
        table.add_column(title)
    for one in found.requests:
        cells = (one.kind, one.id, one.name, one.from_rep, one.to_rep, one.who, one.reason)
        table.add_row(*(Text(clean(cell)) for cell in cells))
    screen.say(table if found.requests else "Nobody asks for a change.")
    for conflict in found.conflicts:
        screen.say(conflict.message)
    screen.findings(found.findings)
