"""Measures that grow or shrink in some units."""

from collections.abc import Sequence

from geodata.findings import Finding, Level
from optimizer.problem import FloatArray
from scenarios.case import Rep
from scenarios.document.scenario import Growth
from scenarios.near_names import maybe
from scenarios.prepare.rule_places import Place
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.where import rows_where


def grow(
    amounts: dict[str, FloatArray],
    growth: Sequence[Growth],
    table: UnitTable,
    reps: Sequence[Rep],
    findings: list[Finding],
) -> None:
    """Multiply the measures by 1 + `by` in the units picked, one growth after another.

    Parameters
    ----------
    amounts : dict of (n_rows,) float64
        Measures by name, changed in place.
    growth, table, reps
        What was written, and what its `where` looks at.
    findings : list of Finding
        What is wrong with it is appended.
    """
    for i, one in enumerate(growth):
        place = Place("", None, f"growth[{i}]")
        if one.measure not in amounts:
            message = f"There is no measure {one.measure} that could grow."
            hint = maybe(one.measure, amounts)
            field = f"{place.field}.measure"
            findings.append(Finding(Level.ERROR, "unknown-measure", message, hint, field=field, value=one.measure))
            continue
        rows = slice(None) if one.where is None else rows_where(one.where, place, table, reps, findings)
        if rows is not None:
            amounts[one.measure] = amounts[one.measure].copy()
            amounts[one.measure][rows] *= 1.0 + one.by
