"""Whether a hedge can mean anything: its measure has a band, and its common error a column."""

from collections.abc import Iterator

import pandas as pd

from geodata.findings import Finding, Level
from scenarios.document.scenario import Scenario
from scenarios.near_names import maybe
from scenarios.prepare.unit_table import OWN_COLUMNS, UnitTable


def check_hedge(scenario: Scenario, table: UnitTable) -> Iterator[Finding]:
    """Yield an error for a hedge of an unknown measure, of one without a tolerance, or by an unknown column."""
    hedge = scenario.limits.hedge
    if hedge is None:
        return
    measure = scenario.measures.get(hedge.measure)
    if measure is None:
        message, hint = f"limits.hedge is for {hedge.measure}, no measure.", maybe(hedge.measure, scenario.measures)
        field = "limits.hedge.measure"
        yield Finding(Level.ERROR, "unknown-measure", message, hint, field=field, value=hedge.measure)
    elif measure.tolerance is None:
        message = f"limits.hedge is to keep {hedge.measure} in a band, but it has no tolerance."
        hint = f"Maybe add measures.{hedge.measure}.tolerance."
        yield Finding(Level.ERROR, "no-band", message, hint, field="limits.hedge.measure", value=hedge.measure)
    if hedge.common is not None:
        field = "limits.hedge.common.column"
        yield from unknown_column(hedge.common.column, field, table.label, table.units, table.attributes)


def unknown_column(
    name: str, field: str, label: str, units: pd.DataFrame, attributes: pd.DataFrame
) -> Iterator[Finding]:
    """Yield an error where neither the customer's own columns of the units nor ours have this one."""
    known = [*map(str, attributes.columns), *OWN_COLUMNS]
    if name not in attributes.columns and name not in units.columns:
        message = f"{label} has no column {name}; {field} asks for it."
        yield Finding(Level.ERROR, "unknown-column", message, maybe(name, known), label, field=field, value=name)
