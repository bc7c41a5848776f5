"""A column of text cells that can say what is wrong with one of them."""

from dataclasses import dataclass

import pandas as pd

from geodata.findings import Finding, Level


@dataclass(frozen=True, eq=False)
class Column:
    """Cells of one column and the names findings give it.

    Attributes
    ----------
    cells : Series of str
        The cells; index + 1 is the row in findings.
    label, field : str
        File and column.
    """

    cells: pd.Series
    label: str
    field: str

    def bad(self, position: int, code: str, wrong: str, hint: str, level: Level = Level.ERROR) -> Finding:
        """Return the finding on one cell; `wrong` ends the sentence that names it, e.g. "is empty"."""
        text = str(self.cells.iloc[position])
        named = f"{self.field} {text!r}" if text else self.field
        message = f"{self.label}, row {self.row(position)}: {named} {wrong}."
        return self._at(position, level, code, message, hint)

    def note(self, position: int, code: str, text: str) -> Finding:
        """Return a note on the whole column that shows one cell as example."""
        return self._at(position, Level.NOTE, code, f"{self.label}, {self.field}: {text}.", "")

    def row(self, position: int) -> int:
        """Return the row, 1 = first data row, of a position in the column."""
        return int(self.cells.index[position]) + 1

    def _at(self, position: int, level: Level, code: str, message: str, hint: str) -> Finding:
        value = str(self.cells.iloc[position])
        return Finding(
            level, code, message, hint, file=self.label, row=self.row(position), field=self.field, value=value
        )
