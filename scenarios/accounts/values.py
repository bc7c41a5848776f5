"""Columns of the accounts as columns of the units, where a skill or rule asks for them."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level
from geodata.places import NOWHERE
from optimizer.graph import IntArray
from optimizer.problem import FloatArray
from scenarios.accounts.rows import AccountRows
from scenarios.accounts.units import RolledUnits
from scenarios.document.scenario import Scenario
from scenarios.prepare.wording import some
from scenarios.reading.rule_files import RuleLists

FAMILY = "parent"
"""Column by which `together` names account families, whatever the export calls it."""


def asked_columns(scenario: Scenario, rules: RuleLists) -> tuple[str, ...]:
    """Return the columns that skills, locks and forbids look at."""
    where = [name for placed in (*rules.lock, *rules.forbid) for name in placed.rule.where or {}]
    return tuple(dict.fromkeys([*(skill.column for skill in scenario.skills), *where]))


def with_values(
    rows: AccountRows, rolled: RolledUnits, asked: Iterable[str], weight: FloatArray
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the units' columns with those of the accounts that are asked for and not there yet.

    A unit has the value that most potential of its accounts has, the first in text order among equals; where values
    differ within a unit, a note says so.
    """
    attributes = rolled.table.attributes.copy()
    findings: list[Finding] = []
    if rows.document.segment is not None and rows.document.segment not in attributes:
        attributes[rows.document.segment] = rolled.table.units["segment"].to_numpy()
    for name in asked:
        if name in rows.frame.columns and name not in attributes:
            attributes[name] = majority(rows.frame[name], rolled.row, weight, len(rolled.table))
            findings.extend(_mixed(rows.frame[name], rolled, rows.label))
    return attributes, tuple(findings)


def majority(values: pd.Series, row: IntArray, weight: FloatArray, n: int) -> np.ndarray:
    """Return the value of each of n units that most weight of its accounts has; "" without any."""
    held = (row != NOWHERE) & (values != "").to_numpy()
    frame = pd.DataFrame({"row": row[held], "value": values.to_numpy()[held], "weight": weight[held]})
    total = frame.groupby(["row", "value"])["weight"].sum().reset_index()
    best = total.sort_values(["row", "weight", "value"], ascending=[True, False, True]).drop_duplicates("row")
    out = np.full(n, "", dtype=object)
    out[best["row"]] = best["value"]
    return out


def value_groups(values: pd.Series, row: IntArray) -> tuple[IntArray, ...]:
    """Return the units that hold accounts of the same value, each value's once; blank values make none."""
    held = (row != NOWHERE) & (values != "").to_numpy()
    by_value = pd.Series(row[held]).groupby(values.to_numpy()[held])
    return tuple(np.unique(rows).astype(np.int32) for _, rows in by_value)


def groups_by_column(
    rows: AccountRows, rolled: RolledUnits, rules: RuleLists, family: pd.Series
) -> dict[str, tuple[IntArray, ...]]:
    """Return the units to keep together by each column of the accounts that a rule `together` names."""
    asked = dict.fromkeys(placed.rule.column for placed in rules.together if placed.rule.column is not None)
    groups = {}
    for name in asked:
        if rows.document.parent is not None and name in (FAMILY, rows.document.parent):
            groups[name] = value_groups(family, rolled.row)
        elif name in rows.frame.columns and name not in rolled.table.attributes:
            groups[name] = value_groups(rows.frame[name], rolled.row)
    return groups


def _mixed(values: pd.Series, rolled: RolledUnits, label: str) -> Iterator[Finding]:
    held = (rolled.row != NOWHERE) & (values != "").to_numpy()
    kinds = pd.Series(values.to_numpy()[held]).groupby(rolled.row[held]).nunique()
    mixed = kinds.index[kinds > 1]
    if len(mixed):
        message = (
            f"{values.name} differs among the accounts of {len(mixed)} units, each of which counts as the value that "
            f"most of its potential has: {some(rolled.table.ids, mixed)}."
        )
        yield Finding(Level.NOTE, "mixed-values", message, "", label, field=str(values.name))
