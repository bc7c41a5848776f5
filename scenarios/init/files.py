"""Which of somebody's files holds what."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.findings import Finding, InputError, Level, has_errors
from scenarios.init.columns import Profile, anything, likely, profiles
from scenarios.prepare.unit_rows import read_rows

_REP_WORDS = ("capacity", "status", "email", "manager", "employee", "hire date", "quota", "rep id", "home")
_ACCOUNT_WORDS = ("account", "customer", "parent", "owner id", "billing", "annual revenue", "industry")


@dataclass(frozen=True, eq=False)
class GivenFile:
    """A file as it will be named in the scenario, and its columns."""

    label: str
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
    reps = _best(files, ("rep", "team", "seller", "people", "staff"), _REP_WORDS)
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
        rows, found = read_rows(path, label)
        files.append(GivenFile(label, profiles(rows.frame), rows.geometry is not None))
        findings += found
    if has_errors(findings):
        raise InputError(findings)
    return files, findings


def _best(files: Sequence[GivenFile], names: Sequence[str], words: Sequence[str]) -> GivenFile | None:
    """Return the table that looks most like a list of this kind; None where none has two signs of it."""

    def signs(file: GivenFile) -> int:
        named = any(name in Path(file.label).name.casefold() for name in names)
        headers = sum(likely(file.columns, [word], anything) is not None for word in words)
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
