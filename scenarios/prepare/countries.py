"""Countries: their borders are barriers, unless a bridge crosses them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from optimizer.problem import BoolArray
from scenarios.near_names import listed, maybe
from scenarios.prepare.contiguity import UnitContiguity
from scenarios.prepare.unit_table import UnitTable
from scenarios.tables.columns import Column


@dataclass(frozen=True, eq=False)
class Countries:
    """The country each row lies in.

    Attributes
    ----------
    of : (n_rows,) int32
        Country by its position in `names`.
    names : tuple of str
        Countries in the order met.
    """

    of: IntArray
    names: tuple[str, ...]

    def same(self, a: npt.ArrayLike, b: npt.ArrayLike) -> BoolArray:
        """Return whether rows a and b, taken in pairs, lie in one country."""
        return np.asarray(self.of[np.asarray(a)] == self.of[np.asarray(b)], dtype=np.bool_)

    def rows_by_part(self, contiguity: UnitContiguity) -> Iterator[IntArray]:
        """Yield the rows of each part of the map for which contiguity counts, country by country."""
        for rows in contiguity.rows_by_part():
            for country in np.unique(self.of[rows]):
                yield rows[self.of[rows] == country]

    def closed_borders(self, a: npt.ArrayLike, b: npt.ArrayLike) -> tuple[Finding, ...]:
        """Return a note for each two countries with the number of pairs of neighbours, rows a and b, that they part."""
        ends = np.sort(np.stack([self.of[np.asarray(a)], self.of[np.asarray(b)]]), axis=0)
        borders, counts = np.unique(ends[:, ends[0] != ends[1]], axis=1, return_counts=True)
        return tuple(
            self._closed(self.names[here], self.names[there], count)
            for here, there, count in zip(*borders.tolist(), counts.tolist(), strict=True)
        )

    def _closed(self, here: str, there: str, count: int) -> Finding:
        message = f"The border of {here} and {there} is a barrier; links across it that were left out: {count}."
        return Finding(Level.NOTE, "country-border", message, field="neighbours.country", value=f"{here}, {there}")


def read_countries(column: str | None, table: UnitTable) -> tuple[Countries, tuple[Finding, ...]]:
    """Return the country of each unit; without a column all are one.

    Named accounts lie in no geography, so they need no country. A blank one elsewhere is an error, and so are units of
    one geography in two countries.
    """
    one = Countries(np.zeros(len(table), dtype=np.int32), ("",))
    if column is None:
        return one, ()
    cells = table.cells(column)
    if cells is None:
        message = f"{table.label} has no column {column}; neighbours.country asks for it."
        hint, field = maybe(column, table.columns), "neighbours.country"
        return one, (Finding(Level.ERROR, "unknown-column", message, hint, table.label, field=field, value=column),)
    of, names = pd.factorize(cells.to_numpy())
    countries = Countries(of.astype(np.int32), tuple(str(name) for name in names))
    at = Column(cells.set_axis(table.file_row - 1), table.label, column)
    return countries, listed(_doubtful(countries, at, table))


def _doubtful(countries: Countries, cells: Column, table: UnitTable) -> Iterator[Finding]:
    rows = np.flatnonzero(table.on_map)
    first = table.first_rows[table.geography[rows]]
    for row in rows[(cells.cells == "").to_numpy()[rows]].tolist():
        yield cells.bad(row, "missing-value", "is empty", "Maybe write the country.")
    for row, other in zip(rows.tolist(), first.tolist(), strict=True):
        if countries.of[row] != countries.of[other]:
            wrong = f"is not the country of {table.ids[other]}, which has the same geography"
            yield cells.bad(row, "country-conflict", wrong, "Maybe one of the two is wrong.")
