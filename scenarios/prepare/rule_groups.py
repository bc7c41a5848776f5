"""Units to be kept together, merged into disjoint groups, and units to be kept apart."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from geodata.findings import Finding
from optimizer.graph import IntArray
from scenarios.document.scenario import Apart, Together
from scenarios.prepare.rule_places import Place, named_rows, unknown_column
from scenarios.prepare.unit_table import UnitTable
from scenarios.reading.rule_files import Placed


@dataclass(frozen=True, eq=False)
class Group:
    """Rows that a rule lists."""

    rows: IntArray
    place: Place


def resolve_together(
    rules: Iterable[Placed[Together]], table: UnitTable, findings: list[Finding]
) -> tuple[IntArray, ...]:
    """Return disjoint groups of two rows or more: groups that share a unit are one."""
    first = np.arange(len(table), dtype=np.int32)
    for placed in rules:
        for rows in _together_rows(placed, table, findings):
            heads = first[rows]
            first[np.isin(first, heads)] = heads.min(initial=len(table))
    heads, counts = np.unique(first, return_counts=True)
    return tuple(np.flatnonzero(first == head).astype(np.int32) for head in heads[counts > 1])


def resolve_apart(rules: Iterable[Placed[Apart]], table: UnitTable, findings: list[Finding]) -> list[Group]:
    """Return the groups of two rows or more; a rule that names one unit alone is a warning."""
    groups = []
    for placed in rules:
        place = Place(placed.file, placed.row, placed.field)
        rows = _listed_rows(placed.rule.units, place, table, findings)
        if len(rows) > 1:
            groups.append(Group(rows, place))
    return groups


def _together_rows(placed: Placed[Together], table: UnitTable, findings: list[Finding]) -> Iterable[IntArray]:
    rule, place = placed.rule, Place(placed.file, placed.row, placed.field)
    if rule.column is None:
        return [_listed_rows(rule.units or (), place, table, findings)]
    shared = table.groups.get(rule.column, ())
    cells = table.cells(rule.column)
    if cells is None and rule.column in table.groups:
        return shared
    if cells is None:
        findings.append(unknown_column(rule.column, place, table))
        return []
    by_value = cells.reset_index(drop=True).groupby(cells.to_numpy(), sort=False).indices
    return [*shared, *(np.asarray(rows, dtype=np.int32) for value, rows in by_value.items() if value != "")]


def _listed_rows(units: Iterable[str], place: Place, table: UnitTable, findings: list[Finding]) -> IntArray:
    found = [rows for unit in units if (rows := named_rows(unit, place, table, findings)) is not None]
    distinct = np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int32)
    if len(found) > 1 and len(distinct) == 1:
        name = table.ids[distinct[0]]
        message = f"The rule names only the unit {name}, so it does nothing."
        findings.append(place.warning("rule-without-units", message, "Maybe one of its ids is wrong.", name))
    return distinct
