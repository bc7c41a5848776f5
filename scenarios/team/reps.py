"""The list of reps: any table to Rep rows."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.findings import Finding, has_errors
from scenarios.case import Rep
from scenarios.document.scenario import Reps
from scenarios.tables.columns import Column
from scenarios.tables.ids import check_ids
from scenarios.tables.table import Table, read_table
from scenarios.team.columns import REP_FIELDS, rep_columns
from scenarios.team.edits import Edited, edited
from scenarios.team.fields import (
    check_territories,
    parse_capacity,
    parse_date,
    parse_fits,
    parse_optional_amount,
    parse_places,
    parse_status,
)


def read_rep_table(reps: Reps, folder: Path, extra: Collection[str] = ()) -> tuple[Edited, tuple[Finding, ...]]:
    """Return the table that `reps.file` names with the scenario's edits in it, and what is wrong with either.

    It is empty where there is neither; `extra` are names of columns beside the fields of a rep.
    """
    table = Table(pd.DataFrame(), ()) if reps.file is None else read_table(folder / reps.file, reps.file, reps.sheet)
    if has_errors(table.findings):
        return Edited(pd.DataFrame()), table.findings
    edits = edited(table.frame, reps, extra)
    return edits, (*table.findings, *edits.findings)


def read_reps(
    reps: Reps, folder: Path, skill_values: Collection[str], target_columns: Collection[str] = ()
) -> tuple[tuple[Rep, ...], tuple[Finding, ...]]:
    """Read the list of reps, with the scenario's edits; empty where it has neither a file nor reps of its own.

    Parameters
    ----------
    skill_values
        Values of the units' skill columns: a column of that name holds each rep's fit, 0..1; blank is 0. A value
        without a column is left to the caller (Rep.skills lacks it).
    target_columns
        Further columns that the scenario uses, so that they are not called unused.
    """
    table, found = read_rep_table(reps, folder, [*skill_values, *target_columns])
    if table.frame.columns.empty:
        return (), found
    columns, findings = rep_columns(table.frame, reps, skill_values, target_columns)
    if has_errors(findings):
        return (), (*found, *findings)
    people, wrong = _people(columns, [value for value in sorted(skill_values) if value in columns])
    return people, (*found, *findings, *table.placed(wrong, reps.file or ""))


def _people(columns: Mapping[str, Column], skills: Collection[str]) -> tuple[tuple[Rep, ...], tuple[Finding, ...]]:
    findings = [*check_ids(columns["id"].cells, columns["id"].label, columns["id"].field)]
    findings += check_territories(columns["territory"], columns["status"])
    values: dict[str, Sequence[Any]] = {name: list(columns[name].cells) for name in REP_FIELDS}
    for name, parse in _PARSERS.items():
        values[name], wrong = parse(columns[name])
        findings += wrong
    (values["lat"], values["lon"]), wrong = parse_places(columns["lat"], columns["lon"])
    fits, wrong_fits = parse_fits(columns, skills)
    values["name"] = [name or rep for name, rep in zip(values["name"], values["id"], strict=True)]
    people = tuple(
        Rep(**dict(zip(REP_FIELDS, fields, strict=True)), skills=skills_of)
        for *fields, skills_of in zip(*(values[name] for name in REP_FIELDS), fits, strict=True)
    )
    return people, (*findings, *wrong, *wrong_fits)


_PARSERS: Mapping[str, Callable[[Column], tuple[Sequence[Any], tuple[Finding, ...]]]] = {
    "capacity": parse_capacity,
    "hours": parse_optional_amount,
    "cost": parse_optional_amount,
    "status": parse_status,
    "start": parse_date,
    "end": parse_date,
}
