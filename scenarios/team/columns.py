"""Which column of the reps table holds which field."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from geodata.findings import Finding, Level
from scenarios.document.scenario import Reps
from scenarios.near_names import maybe, nearest, plain
from scenarios.tables.columns import Column

REP_FIELDS = (
    "id",
    "name",
    "lat",
    "lon",
    "capacity",
    "hours",
    "status",
    "territory",
    "manager",
    "region",
    "cost",
    "start",
    "end",
    "crm_user_id",
    "email",
)
"""Every field of the reps table but the skills, as the contract names them."""

_OTHER_NAMES = {
    "id": ("rep", "rep id", "employee no", "employee id", "employee number"),
    "lat": ("latitude", "home lat", "home latitude"),
    "lon": ("lng", "long", "longitude", "home lon", "home longitude"),
    "name": ("rep name", "full name", "employee name"),
    "crm_user_id": ("user id", "owner id"),
    "email": ("e-mail", "mail"),
}
_ALIKE = 0.85


def rep_columns(
    frame: pd.DataFrame, reps: Reps, skill_values: Collection[str], target_columns: Collection[str]
) -> tuple[dict[str, Column], tuple[Finding, ...]]:
    """Return the column of each rep field (blank where there is none) and of each skill value that has one."""
    label = reps.file or ""
    headers = [str(name) for name in frame.columns]
    mapped, findings = _mapped(reps, headers, skill_values, label)
    free = [header for header in headers if header not in mapped.values()]
    skills = {value: header for value in sorted(skill_values) if (header := _same(value, free)) and value not in mapped}
    for_fields = [header for header in free if header not in skills.values()]
    guessed, notes = _guessed(mapped, for_fields, label)
    chosen = {**skills, **mapped, **guessed}
    unused = [name for name in headers if name not in chosen.values() and name not in target_columns]
    if "id" not in chosen:
        message = f"{label} has no column id."
        hint = f"Maybe name it in reps.columns, e.g. {{id: {headers[0]}}}."
        findings.append(Finding(Level.ERROR, "unknown-column", message, hint, file=label, field="reps.columns.id"))
    columns = {name: Column(frame[header], label, header) for name, header in chosen.items()}
    blank = pd.Series([""] * len(frame), index=frame.index, dtype=str)
    missing = {name: Column(blank, label, name) for name in REP_FIELDS if name not in columns}
    return {**columns, **missing}, (*findings, *notes, *_unused(unused, label))


def recognised_columns(headers: Sequence[str], mapped: Mapping[str, str]) -> dict[str, str]:
    """Return the header of each field: those that are mapped, and those that are recognised by their names."""
    free = [header for header in headers if header not in mapped.values()]
    return {**mapped, **_guessed(mapped, free, "")[0]}


def _mapped(
    reps: Reps, headers: Sequence[str], skill_values: Collection[str], label: str
) -> tuple[dict[str, str], list[Finding]]:
    """Return the columns that `reps.columns` names, and errors for fields and headers that do not exist."""
    mapped: dict[str, str] = {}
    findings = []
    known = [*REP_FIELDS, *sorted(skill_values)]
    for field, header in reps.columns.items():
        place = f"reps.columns.{field}"
        if field not in known:
            message = f"{place} is no field of a rep and no skill."
            hint = maybe(field, known)
            findings.append(Finding(Level.ERROR, "unknown-field", message, hint, field=place, value=field))
        elif header not in headers:
            message = f"{label} has no column {header}; {place} asks for it."
            hint = maybe(header, headers)
            error = Finding(Level.ERROR, "unknown-column", message, hint, file=label, field=place, value=header)
            findings.append(error)
        else:
            mapped[field] = header
    return mapped, findings


def _guessed(mapped: Collection[str], headers: Sequence[str], label: str) -> tuple[dict[str, str], list[Finding]]:
    """Return the columns of the fields that are not mapped: by exact name, else by the likely one with a note."""
    chosen = {field: field for field in REP_FIELDS if field not in mapped and field in headers}
    findings = []
    for field in REP_FIELDS:
        free = [header for header in headers if header not in chosen.values()]
        header = None if field in mapped or field in chosen else _likely(field, free)
        if header is not None:
            chosen[field] = header
            message = f"{label}: the column {header} was read as {field}."
            findings.append(Finding(Level.NOTE, "guessed-column", message, file=label, field=header, value=header))
    return chosen, findings


def _likely(field: str, headers: Sequence[str]) -> str | None:
    names = (field, *_OTHER_NAMES.get(field, ()))
    exact = next((header for name in names if (header := _same(name, headers))), None)
    return exact or nearest(field, headers, _ALIKE)


def _same(name: str, headers: Sequence[str]) -> str | None:
    """Return the header that is the name, or is it but for case and punctuation."""
    return name if name in headers else next((header for header in headers if plain(header) == plain(name)), None)


def _unused(headers: Sequence[str], label: str) -> list[Finding]:
    if not headers:
        return []
    message = f"{label}: columns that are neither a rep's field nor a skill are not used: {', '.join(headers)}."
    return [Finding(Level.NOTE, "unused-column", message, file=label, field=headers[0], value=headers[0])]
