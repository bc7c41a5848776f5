"""Which of somebody's files holds what."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from geodata.findings import Finding, InputError, Level, has_errors
from scenarios.init.columns import Profile, anything, header_words, likely, profiles
from scenarios.prepare.unit_rows import read_rows
from scenarios.reading.files import read_bytes
from scenarios.tables.xlsx_table import fullest_sheet

_REP_WORDS = ("capacity", "status", "email", "manager", "employee", "hire date", "quota", "rep id", "home")
_ACCOUNT_WORDS = ("account", "customer", "parent", "owner id", "billing", "annual revenue", "industry")

Role = Literal["units", "accounts", "reps", "map", "unused"]
ROLES: tuple[Role, ...] = get_args(Role)


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

    def role_of(self, file: GivenFile) -> Role:
        """Return the part that a file plays."""
        parts: dict[Role, GivenFile | None] = {
            "units": self.units,
            "accounts": self.accounts,
            "reps": self.reps,
            "map": self.map,
        }
        return next((role for role, part in parts.items() if part is file), "unused")


def assign_roles(
    files: Sequence[GivenFile], findings: Sequence[Finding], given: Mapping[str, Role] | None = None
) -> Roles:
    """Say what each file is: as given by its label, else by its name, its headers and whether it is a map.

    Raises
    ------
    InputError
        Where none of the files can hold units.
    """
    given = given or {}
    fixed = {role: next((file for file in files if given.get(file.label) == role), None) for role in ROLES}
    free = [file for file in files if file.label not in given]
    reps = fixed["reps"] or _best(free, ("rep", "team", "seller", "people", "staff", "employee"), _REP_WORDS)
    free = [file for file in free if file is not reps]
    accounts = fixed["accounts"] or _best(free, ("account", "customer", "crm", "client"), _ACCOUNT_WORDS)
    free = [file for file in free if file is not accounts]
    maps = [file for file in (fixed["map"], *free) if file is not None and file.is_map]
    tables = [file for file in free if not file.is_map]
    units = fixed["units"] or next(iter([*tables, *maps]), accounts)
    if units is None:
        hint = "Maybe add the table or map of your units."
        raise InputError([*findings, Finding(Level.ERROR, "no-units", "None of the files holds units.", hint)])
    geography = next((file for file in maps if file is not units), None)
    accounts = None if accounts is units else accounts
    used = [file for file in (units, accounts, reps, geography) if file is not None]
    left = [file for file in files if file not in used and given.get(file.label) != "unused"]
    return Roles(units, accounts, reps, geography, (*findings, *_left(left)))


def read_given(paths: Sequence[Path], folder: Path) -> tuple[list[GivenFile], list[Finding]]:
    """Read the files, with what was found in them; raises InputError where one cannot be read."""
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


def _left(files: Sequence[GivenFile]) -> list[Finding]:
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
    ]
