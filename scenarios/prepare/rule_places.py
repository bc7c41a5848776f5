"""Where a rule was written, and the findings about what it names."""

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from scenarios.near_names import maybe
from scenarios.prepare.unit_table import UnitTable


@dataclass(frozen=True)
class Place:
    """A line of a rule file, or a field of the scenario."""

    file: str
    row: int | None
    field: str

    def error(self, code: str, message: str, hint: str, value: str = "") -> Finding:
        """Return an error at this place."""
        return Finding(Level.ERROR, code, message, hint, self.file, self.row, self.field, value)

    def warning(self, code: str, message: str, hint: str, value: str = "") -> Finding:
        """Return a warning at this place."""
        return Finding(Level.WARNING, code, message, hint, self.file, self.row, self.field, value)


def named_rows(unit: str, place: Place, table: UnitTable, findings: list[Finding]) -> IntArray | None:
    """Return the rows a rule names by id; None, with an error, where there are none."""
    rows = table.rows_of(unit)
    if rows is None:
        hint = table.offers.hint(unit, "Maybe remove the rule, or check the id.")
        findings.append(place.error("unknown-unit", f"There is no unit {unit}.", hint, unit))
    return rows


def unknown_column(column: str, place: Place, table: UnitTable, also: Iterable[str] = ()) -> Finding:
    """Return the error of a column that the units don't have; `also` names what else could have been asked for."""
    hint = maybe(column, [*table.columns, *also])
    return place.error("unknown-column", f"{table.label} has no column {column}.", hint, column)
