"""`where`: units picked by the values of their columns."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from geodata.findings import Finding
from optimizer.graph import IntArray
from scenarios.case import Rep
from scenarios.near_names import maybe
from scenarios.prepare.rule_places import Place, unknown_column
from scenarios.prepare.unit_table import UnitTable

REP_COLUMNS = ("region", "manager", "territory")
"""Fields of today's rep that `where` may ask for where the units have no such column."""


def rows_where(
    where: Mapping[str, str], place: Place, table: UnitTable, reps: Iterable[Rep], findings: list[Finding]
) -> IntArray | None:
    """Return the rows in which every column has the value asked for; None, with a finding, where there are none."""
    chosen = np.ones(len(table), dtype=np.bool_)
    before, known = len(findings), list(reps)
    for column, value in where.items():
        cells = _cells(column, table, known)
        if cells is None:
            findings.append(unknown_column(column, place, table, REP_COLUMNS))
            continue
        matches = (cells == value).to_numpy()
        if not matches.any():
            message = f"No unit has {value} in the column {column}."
            findings.append(place.error("unknown-value", message, maybe(value, list(dict.fromkeys(cells))), value))
        chosen &= matches
    if len(findings) > before:
        return None
    if not chosen.any():
        asked = " and ".join(f"{column} {value}" for column, value in where.items())
        message = f"No unit has {asked}, so nothing is picked."
        findings.append(place.warning("rule-without-units", message, "Maybe one of the values is wrong."))
        return None
    return np.flatnonzero(chosen).astype(np.int32)


def _cells(column: str, table: UnitTable, reps: Sequence[Rep]) -> pd.Series | None:
    """Return a column of the units, or else a field of today's rep of each; None where it is neither."""
    cells = table.cells(column)
    if cells is not None or column not in REP_COLUMNS or not any(getattr(rep, column) for rep in reps):
        return cells
    of_rep = {rep.id: str(getattr(rep, column)) for rep in reps}
    return pd.Series([of_rep.get(rep, "") for rep in table.units["current"]], index=table.units.index, dtype=str)
