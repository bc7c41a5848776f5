"""Which table of a scenario a new file replaces."""

from collections.abc import Iterable
from pathlib import Path

from geodata.findings import Finding, InputError, Level, has_errors
from geodata.layers.layers import is_map_file
from scenarios.accounts.crm_ids import bare_id
from scenarios.document.scenario import Accounts, Units
from scenarios.near_names import maybe
from scenarios.prepare.reading import Inputs
from scenarios.prepare.unit_rows import UnitRows, read_rows
from scenarios.reading.source import Source
from scenarios.refresh.document import ACCOUNTS, UNITS, NewFile


def recognise_file(path: Path, sheet: str | None, source: Source, earlier: Inputs) -> NewFile:
    """Return the new file and the section of the scenario that it is for.

    It is for the one of units and accounts with more of its ids, accounts among equals; a section whose id column it
    does not have is out of the question.

    Raises
    ------
    InputError
        Where the file cannot be read, or has the id column of neither.
    """
    scenario = source.scenario
    sections = {ACCOUNTS: scenario.accounts, UNITS: scenario.units}
    given = {name: section for name, section in sections.items() if section is not None}
    rows = {name: _rows(path, sheet, section) for name, section in given.items()}
    fitting = [name for name, section in given.items() if section.id in rows[name].frame.columns]
    if not fitting:
        asked = {name: section.id for name, section in given.items()}
        raise InputError([_without_ids(path, asked, next(iter(rows.values())))])
    known = {ACCOUNTS: _account_ids(earlier), UNITS: {*earlier.table.ids, *earlier.table.units["geography"]}}
    shared = {name: _shared(rows[name].frame[given[name].id], known[name]) for name in fitting}
    best = max(fitting, key=shared.__getitem__)
    keeps = best == UNITS and _keeps_shapes(scenario.units, source.folder, rows[best])
    return NewFile(path, best, sheet, keeps_shapes=keeps)


def _rows(path: Path, sheet: str | None, section: Units | Accounts) -> UnitRows:
    rows, findings = read_rows(path, path.name, sheet or section.sheet)
    if has_errors(findings):
        raise InputError(findings)
    return rows


def _account_ids(earlier: Inputs) -> set[str]:
    return set() if earlier.accounts is None else {bare_id(str(name)) for name in earlier.accounts["account"]}


def _shared(ids: Iterable[str], known: set[str]) -> int:
    return sum(name in known or bare_id(name) in known for name in ids)


def _keeps_shapes(units: Units | None, folder: Path, rows: UnitRows) -> bool:
    """Return whether a table without places comes in the place of a map."""
    if units is None or units.geography is not None or rows.geometry is not None:
        return False
    has_place = {units.lat or "lat", units.lon or "lon"} <= set(rows.frame.columns)
    return not has_place and is_map_file(folder / units.file)


def _without_ids(path: Path, asked: dict[str, str], rows: UnitRows) -> Finding:
    wanted = " or ".join(f"{header} ({name}.id)" for name, header in asked.items())
    message = f"{path.name} has no column {wanted}, so it can't replace any table of the scenario."
    hint = maybe(next(iter(asked.values())), [str(name) for name in rows.frame.columns])
    return Finding(Level.ERROR, "unknown-column", message, hint, path.name, value=", ".join(asked.values()))
