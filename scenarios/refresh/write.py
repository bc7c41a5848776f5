"""The files of a refreshed scenario: the document, its own rules and links, the plan, and the list of changes."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geodata.findings import Finding, InputError, Level
from scenarios.document.scenario import Scenario
from scenarios.export.tables import Cell, Rows
from scenarios.export.text import csv_bytes, json_bytes
from scenarios.reading.rule_files import RuleLists
from scenarios.reading.source import dump
from scenarios.refresh.links import CarriedLinks
from scenarios.refresh.model import Change, Refresh
from scenarios.refresh.travel import TRAVEL, CarriedTravel

SCENARIO, PLAN, JSON, CSV = "scenario.yaml", "plan.csv", "refresh.json", "refresh.csv"
RULE_FILES = {kind: f"{kind}.csv" for kind in ("lock", "forbid", "together", "apart")}
TRAVEL_FILE = f"{TRAVEL}.csv"
LINK_FILES = {of: f"{of}.csv" for of in ("neighbours", "bridges", "barriers")}
ALL = (SCENARIO, PLAN, *RULE_FILES.values(), *LINK_FILES.values(), TRAVEL_FILE, CSV, JSON)
"""Every file a refresh may write, the list of changes last."""
_LISTED = ";"
_HEAD = "# Refreshed by `territory refresh`; refresh.json and refresh.csv beside it tell what changed.\n"


def document_bytes(scenario: Scenario) -> bytes:
    """Return scenario.yaml."""
    return (_HEAD + dump(scenario)).encode()


def change_files(refresh: Refresh) -> dict[str, bytes]:
    """Return refresh.csv and refresh.json."""
    columns = tuple(Change.model_fields)
    rows = [change.model_dump(mode="json") for change in refresh.changes]
    cells = tuple(tuple(row[name] for name in columns) for row in rows)
    return {CSV: csv_bytes(Rows(columns, cells)), JSON: json_bytes(refresh.model_dump(mode="json"))}


def fits_csv(rules: RuleLists, kind: str) -> bool:
    """Return whether rules of a kind can be written as CSV: no id in a list holds the mark between ids."""
    return not any(
        _LISTED in unit for placed in getattr(rules, kind) for unit in getattr(placed.rule, "units", None) or ()
    )


def rule_bytes(rules: RuleLists, kind: str) -> bytes:
    """Return the rules of one kind as the CSV that the scenario may name."""
    placed = getattr(rules, kind)
    columns = tuple(type(placed[0].rule).model_fields)
    written = [each.rule.model_dump(mode="json") for each in placed]
    return csv_bytes(Rows(columns, tuple(tuple(_cell(rule[name]) for name in columns) for rule in written)))


def own_files(
    carried: Iterable[CarriedLinks], travel: CarriedTravel | None
) -> tuple[dict[str, str | None], dict[str, bytes]]:
    """Return the file of each kind of links and travel that changed, None where no link is left, and their bytes."""
    changed = [links for links in carried if links.changes]
    names: dict[str, str | None]
    names = {links.of: LINK_FILES[links.of] if links.pairs else None for links in changed}
    files = {LINK_FILES[links.of]: csv_bytes(Rows(("a", "b"), links.pairs)) for links in changed if links.pairs}
    if travel is not None:
        names[TRAVEL] = TRAVEL_FILE
        files[TRAVEL_FILE] = travel.matrix.to_csv(index=False, lineterminator="\n").encode()
    return names, files


def check_room(out: Path, names: Sequence[str], inputs: Mapping[Path, str]) -> None:
    """Raise InputError where a file would be written over an input, or over somebody's own file."""
    wrong = [_over_input(name, inputs[(out / name).resolve()]) for name in names if (out / name).resolve() in inputs]
    ours = (out / JSON).exists()
    wrong += [_taken(out / name) for name in names if not ours and not wrong and (out / name).exists()]
    if wrong:
        raise InputError(wrong)


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        return _LISTED.join(value)
    if isinstance(value, dict):
        return _LISTED.join(f"{name}={text}" for name, text in value.items())
    return None if value is None else str(value)


def _over_input(name: str, what: str) -> Finding:
    message = f"{name} would be written over {what}, which the refresh reads."
    return Finding(Level.ERROR, "file-exists", message, "Maybe choose another folder with --out.", name, value=name)


def _taken(path: Path) -> Finding:
    message = f"{path} is there already and was not written by a refresh."
    hint = "Maybe choose another folder with --out, or remove it first."
    return Finding(Level.ERROR, "file-exists", message, hint, str(path), value=path.name)
