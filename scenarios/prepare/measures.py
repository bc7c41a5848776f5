"""The measures of each unit, read from their columns."""

from collections.abc import Mapping, Sequence

import numpy as np

from geodata.findings import Finding, Level
from optimizer.problem import FloatArray
from scenarios.case import Rep
from scenarios.document.scenario import Growth, Measure
from scenarios.near_names import maybe
from scenarios.prepare.growth import grow
from scenarios.prepare.unit_table import UnitTable
from scenarios.tables.numbers import parse_amounts

SMALLEST_TOTAL = 1e-9
LARGEST_TOTAL = 1e15
"""Totals outside of these are mistakes, and beyond what doubles add up well."""


def measure_names(measures: Mapping[str, Measure]) -> tuple[str, ...]:
    """Return the measures in the order of the Problem: workload, potential, then the others as written."""
    others = [name for name in measures if name not in ("workload", "potential")]
    return ("workload", "potential", *others)


def read_amounts(
    measures: Mapping[str, Measure], growth: Sequence[Growth], table: UnitTable, reps: Sequence[Rep]
) -> tuple[FloatArray, tuple[Finding, ...]]:
    """Read every measure of every unit in the customer's units, grown as the scenario says.

    A scenario without the measure `potential` gets the workload in its place.

    Returns
    -------
    amounts : (n_measures, n_rows) float64
        Rows as `measure_names`; NaN where a finding refuses a cell.
    findings : tuple of Finding
    """
    findings: list[Finding] = []
    read = {name: _read_column(name, measure, table, findings) for name, measure in measures.items()}
    grow(read, growth, table, reps, findings)
    read.setdefault("potential", read["workload"])
    return np.stack([read[name] for name in measure_names(measures)]), tuple(findings)


def read_column(column: str, field: str, table: UnitTable, findings: list[Finding]) -> FloatArray:
    """Read one column of amounts, NaN where it or a cell cannot be read, appending to `findings`."""
    if column not in table.attributes.columns:
        message = f"{table.label} has no column {column}."
        hint = maybe(column, list(table.attributes.columns))
        findings.append(Finding(Level.ERROR, "unknown-column", message, hint, table.label, field=field, value=column))
        return np.full(len(table), np.nan)
    cells = table.attributes[column].set_axis(table.file_row - 1)
    amounts = np.zeros(len(table))
    # A named account has nothing of what its geography has.
    amounts[table.on_map], found = parse_amounts(cells[table.on_map], table.label, column)
    findings.extend(found)
    return amounts


def _read_column(name: str, measure: Measure, table: UnitTable, findings: list[Finding]) -> FloatArray:
    column = measure.column or name
    amounts = table.rolled.get(name)
    if amounts is None:
        amounts = read_column(column, f"measures.{name}.column", table, findings)
    if not np.isnan(amounts).any():
        findings.extend(check_total(name, column, amounts, table))
    return amounts


def check_total(name: str, column: str, amounts: FloatArray, table: UnitTable) -> list[Finding]:
    """Return a warning for a total of 0 and an error for one that is out of range."""
    largest = int(np.argmax(amounts))
    # Python's own sum is rounded once, and infinite where it should be.
    total = sum(amounts.tolist())
    file, row, value = table.file_of(largest), int(table.file_row[largest]), f"{amounts[largest]:g}"
    if total == 0:
        message = f"{name} is 0 in every unit, so it can neither be balanced nor weigh anything."
        hint = "Maybe name another column."
        return [Finding(Level.WARNING, "zero-total", message, hint, table.label, field=column, value="0")]
    if SMALLEST_TOTAL <= total <= LARGEST_TOTAL:
        return []
    message = f"The total of {name} is {total:g}; the largest unit is {table.ids[largest]} with {value}."
    hint = f"Maybe give it in another unit of measure, with a total within {SMALLEST_TOTAL:g} and {LARGEST_TOTAL:g}."
    return [Finding(Level.ERROR, "total-out-of-range", message, hint, file, row, column, value)]
