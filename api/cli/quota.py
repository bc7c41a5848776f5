"""`territory quota`: the quotas of a plan, computed again without solving."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.table import Table
from rich.text import Text

from api.cli.exits import Exit
from api.cli.screen import Screen
from geodata.draw.text import clean
from scenarios.export.files import QUOTAS
from scenarios.export.folder import prepare_folder, write_files
from scenarios.export.quota_tables import quota_rows
from scenarios.export.tables import Cell
from scenarios.export.text import csv_bytes
from scenarios.quotas.again import quotas_again
from scenarios.quotas.model import LevelQuota, QuotaFigure, SeatQuota
from scenarios.quotas.words import quota_sentence

SEAT_TITLES = ("territory", "rep", "quota", "held by", "growth %", "index", "incumbent", "open")
LEVEL_TITLES = ("level", "name", "quota", "sum below", "over-assigned", "incumbents", "open")


def show_quotas(screen: Screen, place: Path, plan: Path | None, out: Path | None) -> int:
    """Spread the quotas over a plan; exit code 3 where floors, caps and target cannot hold together."""
    figures, findings = quotas_again(place, plan)
    screen.findings(findings)
    for figure in figures:
        _show(screen, figure)
    rows, names = quota_rows(figures), []
    if out is not None and rows is not None:
        prepare_folder(out)
        write_files(out, {QUOTAS: csv_bytes(rows)})
        names = [QUOTAS]
        screen.say(f"Written to {out}: {QUOTAS}")
    code = Exit.DONE if all(figure.possible for figure in figures) else Exit.INFEASIBLE
    fields = [figure.model_dump(mode="json") for figure in figures]
    told = [asdict(finding) for finding in findings]
    screen.answer({"exit_code": int(code), "quotas": fields, "files": names, "findings": told})
    return code


def _show(screen: Screen, figure: QuotaFigure) -> None:
    screen.say(quota_sentence(figure))
    if not figure.possible:
        return
    screen.say(_table(SEAT_TITLES, [_seat_cells(seat) for seat in figure.territories]))
    screen.say(_table(LEVEL_TITLES, [_level_cells(node) for node in figure.levels]))


def _seat_cells(seat: SeatQuota) -> tuple[Cell, ...]:
    why = (seat.held or "", seat.growth_percent, seat.index)
    return (seat.territory, seat.rep or "-", seat.quota, *why, seat.incumbent_quota, seat.open_quota)


def _level_cells(node: LevelQuota) -> tuple[Cell, ...]:
    name = " / ".join(part for part in (node.region, node.manager) if part)
    sums = (node.quota, node.below, node.over_assignment)
    return (node.level, name, *sums, node.incumbent_quota, node.open_quota)


def _table(titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, title in enumerate(titles):
        table.add_column(title, justify="left" if at < 2 or title == "held by" else "right")
    for row in rows:
        table.add_row(*(Text(_cell(cell, title)) for cell, title in zip(row, titles, strict=True)))
    return table


def _cell(cell: Cell, title: str) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, str):
        return clean(cell)
    return f"{cell:,.1f}" if title in ("growth %", "index") else f"{cell:,.12g}"
