"""From a planner's own files to a first scenario: guessed, commented, and free of errors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from geodata.findings import Finding, InputError, has_errors
from scenarios.init.columns import Profile, anything, is_degrees, is_id, likely, overlap, recognised
from scenarios.init.files import GivenFile, Roles, assign_roles, read_given
from scenarios.init.sections import (
    ACCOUNT_ID,
    CHECK,
    LAT,
    LON,
    NAME,
    OWNER,
    POSTAL,
    REP_ID,
    Choice,
    Chooser,
    choose_measures,
    choose_owner,
    choose_skills,
    choose_units,
    need_id,
    nested,
)
from scenarios.init.text import commented

_HEAD = """\
# A first scenario, guessed from your files. Read the lines with a comment, change what is wrong, then run
# `territory check` on it. Bands, rules and limits are yours to add; the scenario reference lists them all.
"""
_HOURS_A_YEAR = 1600.0


Chosen = TypeVar("Chosen")


@dataclass(frozen=True)
class Draft:
    """A guessed document, which may be unfinished.

    Attributes
    ----------
    document : dict
        The fields that could be guessed.
    choices : tuple of Choice
        Each of them, with why.
    findings : tuple of Finding
        Errors say what is missing.
    """

    document: dict[str, Any]
    choices: tuple[Choice, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Guess:
    """A guessed scenario.

    Attributes
    ----------
    text : str
        The document as commented YAML.
    mapping : tuple of Choice
        Every field that was set, with why; the same fields can be given by hand.
    findings : tuple of Finding
        Warnings and notes from reading the files.
    """

    text: str
    mapping: tuple[Choice, ...]
    findings: tuple[Finding, ...]


def guess(paths: Sequence[Path], folder: Path, mapped: Mapping[str, str]) -> Guess:
    """Guess a scenario from tables and maps of units, accounts and reps.

    Parameters
    ----------
    paths
        The files, in any order.
    folder
        Where the scenario will be written; file names in it are relative to that.
    mapped
        Columns chosen by hand, by dotted field, e.g. {"units.id": "GEOID"}.

    Raises
    ------
    InputError
        Where a file cannot be read or no units, ids, places or amounts can be found.
    """
    made = draft(assign_roles(*read_given(paths, folder)), mapped, folder.resolve().name or "Scenario")
    if has_errors(made.findings):
        raise InputError(made.findings)
    comments = {choice.path: choice.why for choice in made.choices if choice.why}
    return Guess(_HEAD + commented(made.document, comments), made.choices, made.findings)


def draft(roles: Roles, mapped: Mapping[str, str], name: str) -> Draft:
    """Guess as much of a scenario as the files allow; what cannot be guessed is an error among the findings."""
    people, work = Chooser(mapped), Chooser(mapped)
    errors: list[Finding] = []
    rep_ids = _tried(errors, lambda: _choose_reps(people, roles)) or frozenset()
    work.put(("schema_version",), 1)
    work.put(("name",), name)
    workload = _choose_work(work, roles, rep_ids, errors)
    if roles.reps is None:
        work.put(("reps", "count"), _team_size(roles, workload), f"{CHECK}how many territories you want")
    work.choices += people.choices
    if roles.reps is not None:
        choose_skills(work, roles.units, roles.reps)
    work.put(("neighbours", "bridges"), "nearest", "islands are linked to the nearest shore")
    if not errors:
        _tried(errors, work.check_mapped)
    return Draft(nested(work.choices), tuple(work.choices), (*roles.findings, *errors))


def _tried(errors: list[Finding], choose: Callable[[], Chosen]) -> Chosen | None:
    """Return what was chosen; None, with the errors noted, where that is not possible."""
    try:
        return choose()
    except InputError as error:
        errors += error.findings
        return None


def _choose_work(chooser: Chooser, roles: Roles, rep_ids: frozenset[str], errors: list[Finding]) -> Profile | None:
    """Choose units, accounts and measures; return the workload column, None where there is none."""
    _tried(errors, lambda: choose_units(chooser, roles.units, roles.map, rep_ids))
    accounts = roles.accounts
    if accounts is not None:
        _tried(errors, lambda: _choose_accounts(chooser, accounts, roles.units, rep_ids))
    return _tried(errors, lambda: choose_measures(chooser, accounts or roles.units))


def _choose_accounts(chooser: Chooser, accounts: GivenFile, units: GivenFile, rep_ids: frozenset[str]) -> None:
    chooser.file("accounts", accounts)
    need_id(chooser, ("accounts", "id"), accounts, ACCOUNT_ID)
    chooser.column(("accounts", "name"), accounts, NAME, lambda column: column.numbers is None)
    choose_owner(chooser, ("accounts", "owner"), accounts, rep_ids)
    chooser.column(("accounts", "parent"), accounts, ("parent", "parent id"), anything)
    lat = chooser.column(("accounts", "geography", "lat"), accounts, LAT, is_degrees(90))
    if lat is not None:
        chooser.column(("accounts", "geography", "lon"), accounts, LON, is_degrees(180))
        return
    unit_ids = next((column.values for column in units.columns if is_id(column)), frozenset())
    key = max(accounts.columns, key=lambda column: overlap(column, unit_ids))
    if overlap(key, unit_ids) < 0.5:
        key = likely(accounts.columns, POSTAL, anything) or key
    why = f"{CHECK}{100 * overlap(key, unit_ids):.0f} % of its values are units"
    chooser.put(("accounts", "geography"), key.name, why)


def _choose_reps(chooser: Chooser, roles: Roles) -> frozenset[str]:
    """Choose the section `reps`; return the ids in the list, none without one."""
    if roles.reps is None:
        return frozenset()
    chooser.file("reps", roles.reps)
    owners = [
        column
        for file in (roles.units, roles.accounts)
        for column in (file.columns if file else ())
        if likely([column], OWNER, anything)
    ]
    known = {
        column: max((recognised(owner, column.values) for owner in owners), default=0.0)
        for column in roles.reps.columns
        if is_id(column)
    }
    best = max(known, key=known.__getitem__, default=None)
    if best is not None and known[best] >= 0.5 and "reps.columns.id" not in chooser.mapped:
        why = f"{100 * known[best]:.0f} % of today's owners are in it"
        chooser.put(("reps", "columns", "id"), best.name, why)
        return best.values
    return need_id(chooser, ("reps", "columns", "id"), roles.reps, REP_ID).values


def _team_size(roles: Roles, workload: Profile | None) -> int:
    """Return a first number of territories: full years of hours, or a dozen units each."""
    n_units = len((workload or roles.units.columns[0]).cells)
    if workload is None or workload.numbers is None or "hour" not in workload.name.casefold():
        return max(n_units // 12, 1)
    return min(max(round(float(workload.numbers.sum()) / _HOURS_A_YEAR), 1), n_units)
