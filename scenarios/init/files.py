"""Which of somebody's files holds what."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.findings import Finding, InputError, Level, has_errors
from scenarios.init.columns import Profile, anything, header_words, likely, profiles
from scenarios.prepare.unit_rows import read_rows
from scenarios.reading.files import read_bytes
from scenarios.tables.xlsx_table import fullest_sheet

_REP_WORDS = ("capacity", "status", "email", "manager", "employee", "hire date", "quota", "rep id", "home")
_ACCOUNT_WORDS = ("account", "customer", "parent", "owner id", "billing", "annual revenue", "industry")


@dataclass(frozen=True, eq=False)
class GivenFile:
    """A file as it will be named in the scenario, its columns, and the sheet of several that has them."""

    label: str
    sheet: str | None
    columns: Sequence[Profile]
    is_map: bool


@dataclass(frozen=True, eq=False)
class Roles:
    """The part each file plays.

    `map` is a geography whose rows are not the units themselves; accounts that come without units are the units.
    """

    units: GivenFile
    accounts: GivenFile | None
    reps: GivenFile | None
    map: GivenFile | None
    findings: tuple[Finding, ...]


def assign_roles(paths: Sequence[Path], folder: Path) -> Roles:
    """Read the files and say what each is, by its name, its headers and whether it is a map.

    Raises
    ------
    InputError
        Where a file cannot be read or none of them can hold units.
    """
    files, findings = _read(paths, folder)
    reps = _best(files, ("rep", "team", "seller", "people", "staff", "employee"), _REP_WORDS)
    others = [file for file in files if file is not reps]
    accounts = _best(others, ("account", "customer", "crm", "client"), _ACCOUNT_WORDS)
    others = [file for file in others if file is not accounts]
    maps = [file for file in others if file.is_map]
    tables = [file for file in others if not file.is_map]
    units = next(iter([*tables, *maps]), accounts)
    if units is None:
        hint = "Maybe add the table or map of your units."
        raise InputError([*findings, Finding(Level.ERROR, "no-units", "None of the files holds units.", hint)])
    geography = next((file for file in maps if file is not units), None)
    accounts = None if accounts is units else accounts
    used = [file for file in (units, accounts, reps, geography) if file is not None]
    return Roles(units, accounts, reps, geography, (*findings, *_left(files, used)))


def _read(paths: Sequence[Path], folder: Path) -> tuple[list[GivenFile], list[Finding]]:
    files = []
    findings: list[Finding] = []
    for path in paths:
        label = Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
        sheet = _sheet(path)
        rows, found = read_rows(path, label, sheet)
        files.append(GivenFile(label, sheet, profiles(rows.frame), rows.geometry is not None))
        findings += found
    if has_errors(findings):
        raise InputError(findings)
    return files, findings


def _sheet(path: Path) -> str | None:
    data = read_bytes(path, path.name)[0] if path.suffix.lower() in (".xlsx", ".xlsm") else None
    return None if data is None else fullest_sheet(data)


def _best(files: Sequence[GivenFile], names: Sequence[str], headings: Sequence[str]) -> GivenFile | None:
    """Return the table that looks most like a list of this kind; None where none has two signs of it."""

    def signs(file: GivenFile) -> int:
        words = header_words(Path(file.label).stem)
        named = any(word.removesuffix("s") == name for word in words for name in names)
        headers = sum(likely(file.columns, [sign], anything) is not None for sign in headings)
        return headers + 3 * named

    tables = [file for file in files if not file.is_map]
    best = max(tables, key=signs, default=None)
    return best if best is not None and signs(best) >= 2 else None


def _left(files: Sequence[GivenFile], used: Sequence[GivenFile]) -> list[Finding]:
    return [
        Finding(
            Level.WARNING,
            "unused-file",
            f"{file.label} was not needed for the scenario.",
            "Maybe add it by hand, or leave it out.",
            file=file.label,
            value=file.label,
        )
        for file in files
        if file not in used
    ]
