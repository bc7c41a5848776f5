"""A table for any CRM: its columns are named by a small mapping document."""

from collections.abc import Iterator
from typing import Any, Literal

import pandas as pd
from pydantic import Field, ValidationError

from geodata.findings import Finding, InputError, Level
from scenarios.document.errors import findings_of
from scenarios.export.crm.people import Users
from scenarios.export.form import Made, Need
from scenarios.export.tables import Cell, Rows
from scenarios.export.text import csv_bytes
from scenarios.export.written import WrittenPlan
from scenarios.near_names import maybe
from scenarios.reading import yaml_text
from scenarios.report.part import Part

FILE = "mapped.csv"


class MappedColumn(Part):
    """A column of the table."""

    column: str = Field(description="Heading of the column.", min_length=1)
    source: str | None = Field(default=None, alias="from", description="Field of the plan that fills it.")
    value: str | None = Field(default=None, description="The same text in every row, instead of a field.")


class Mapping(Part):
    """The mapping document."""

    rows: Literal["accounts", "units", "territories", "reps"] = Field(description="What a row is.")
    only: Literal["all", "moved"] = Field(
        default="all", description="moved: what changes hands, of accounts and units."
    )
    columns: list[MappedColumn] = Field(min_length=1, description="The columns, in order.")


def mapped(plan: WrittenPlan, document: bytes) -> Made:
    """Return the table; raises InputError with everything that is wrong in the mapping."""
    mapping = read_mapping(document)
    users = Users(plan)
    table = _table(plan, mapping, users)
    wrong = list(_wrong(mapping, table))
    if wrong:
        raise InputError(wrong)
    kept = table[table["change"] == "moved"] if mapping.only == "moved" else table
    columns = [_cells(kept, column) for column in mapping.columns]
    rows = Rows(tuple(column.column for column in mapping.columns), tuple(zip(*columns, strict=True)))
    return Made({FILE: csv_bytes(rows)}, users.findings())


def read_mapping(document: bytes) -> Mapping:
    """Return a mapping document; raises InputError."""
    try:
        text = document.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message, hint = "The mapping document is not UTF-8.", "Maybe save it as UTF-8."
        raise InputError([Finding(Level.ERROR, "unreadable-file", message, hint)]) from error
    tree = yaml_text.parse(text)
    try:
        return Mapping.model_validate(tree.value)
    except ValidationError as error:
        raise InputError(findings_of(error, tree, "The mapping")) from error


def _table(plan: WrittenPlan, mapping: Mapping, users: Users) -> pd.DataFrame:
    """Return everything that may be asked of a row, by field."""
    makers = {"accounts": _accounts, "units": _units, "territories": _territories, "reps": _reps}
    table = makers[mapping.rows](plan)
    for prefix in ("", "current_"):
        if f"{prefix}rep" in table:
            table = table.join(_people(plan, table[f"{prefix}rep"], users, prefix))
    return table


def _accounts(plan: WrittenPlan) -> pd.DataFrame:
    if plan.accounts is None:
        message = f"The mapping asks for {Need.ACCOUNTS}, and the plan has none."
        hint = "Maybe write `rows: units`, or give the scenario accounts and solve it again."
        raise InputError([Finding(Level.ERROR, "form-needs", message, hint, field="rows", value=Need.ACCOUNTS)])
    names = plan.accounts["territory"].map(lambda code: plan.territories[code].name if code else "")
    return plan.accounts.assign(territory_name=names)


def _units(plan: WrittenPlan) -> pd.DataFrame:
    names = plan.units["territory"].map(lambda code: plan.territories[code].name if code else "")
    return plan.units.assign(territory_name=names)


def _territories(plan: WrittenPlan) -> pd.DataFrame:
    rows = [(row.territory, row.name, row.rep or "", row.status) for row in plan.report.territories]
    return pd.DataFrame(rows, columns=["territory", "territory_name", "rep", "status"])


def _reps(plan: WrittenPlan) -> pd.DataFrame:
    held = {row.rep: row.territory for row in plan.report.territories}
    rows = [(rep.id, rep.status, held.get(rep.id, "")) for rep in plan.reps.values()]
    return pd.DataFrame(rows, columns=["rep", "status", "territory"])


def _people(plan: WrittenPlan, reps: pd.Series, users: Users, prefix: str) -> pd.DataFrame:
    known = [plan.reps.get(rep) for rep in reps]
    columns: dict[str, list[str]] = {
        "rep_name": [plan.rep_name(rep) if rep else "" for rep in reps],
        "crm_user_id": [users.of(rep) if rep else "" for rep in reps],
        "email": [rep.email if rep else "" for rep in known],
        "manager": [rep.manager if rep else "" for rep in known],
        "region": [rep.region if rep else "" for rep in known],
    }
    return pd.DataFrame({f"{prefix}{name}": cells for name, cells in columns.items()}, index=reps.index)


def _wrong(mapping: Mapping, table: pd.DataFrame) -> Iterator[Finding]:
    if mapping.only == "moved" and "change" not in table:
        message = f"Nothing tells of {mapping.rows} whether they move."
        hint = "Maybe write `rows: accounts` or `rows: units`, or leave `only` out."
        yield Finding(Level.ERROR, "conflicting-fields", message, hint, field="only", value=mapping.only)
    for place, column in enumerate(mapping.columns):
        field = f"columns[{place}]"
        if (column.source is None) == (column.value is None):
            message = f"The column {column.column} has to have either `from` or `value`."
            yield Finding(Level.ERROR, "conflicting-fields", message, "Maybe remove one of them.", field=field)
        elif column.source is not None and column.source not in table:
            message = f"The plan has no field {column.source} of {mapping.rows}."
            hint = maybe(column.source, map(str, table.columns))
            yield Finding(Level.ERROR, "unknown-column", message, hint, field=f"{field}.from", value=column.source)


def _cells(table: pd.DataFrame, column: MappedColumn) -> list[Cell]:
    if column.source is None:
        return [column.value] * len(table)
    return [_cell(value) for value in table[column.source].tolist()]


def _cell(value: Any) -> Cell:
    return value if isinstance(value, str | bool | int | float) else ""
