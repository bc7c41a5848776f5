"""Any table people have (CSV, XLSX, Parquet) as text cells."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geodata.findings import Finding, Level, has_errors
from scenarios.near_names import maybe
from scenarios.reading.files import read_bytes, unreadable
from scenarios.tables.cells import clean, to_frame
from scenarios.tables.csv_table import csv_rows
from scenarios.tables.parquet_table import parquet_frame
from scenarios.tables.xlsx_table import xlsx_rows

CSV, XLSX, PARQUET = "CSV", "XLSX", "Parquet"
_FORMATS = {
    ".csv": CSV,
    ".tsv": CSV,
    ".txt": CSV,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".parquet": PARQUET,
    ".geoparquet": PARQUET,
    ".pq": PARQUET,
}
_STARTS = ((b"PK\x03\x04", XLSX), (b"PAR1", PARQUET))


@dataclass(frozen=True, eq=False)
class Table:
    """A table as text.

    Attributes
    ----------
    frame : DataFrame
        Every cell is text, "" where missing. The index is the data row in the file counted from 0 (so a finding's row
        is index + 1); it has gaps where blank rows were left out. Empty where the file could not be read.
    findings : tuple of Finding
        What was wrong or guessed.
    """

    frame: pd.DataFrame
    findings: tuple[Finding, ...]


def read_table(path: Path, label: str, sheet: str | None = None) -> Table:
    """Read a table; `label` is the file's name in the scenario. Never raises for what the file holds."""
    data, findings = read_bytes(path, label)
    if data is None:
        return Table(pd.DataFrame(), findings)
    kind = _FORMATS.get(path.suffix.lower())
    real = next((kind for start, kind in _STARTS if data.startswith(start)), CSV)
    if kind is None:
        return Table(pd.DataFrame(), (_unknown_format(path, label),))
    if kind != real and data:
        hint = f"Maybe its ending is wrong: it looks like {real}."
        return Table(pd.DataFrame(), (unreadable(label, f"it is no {kind} file", hint),))
    if kind == PARQUET:
        frame, found = parquet_frame(data, label)
        return Table(*clean(frame, label, found))
    rows, found = xlsx_rows(data, label, sheet) if kind == XLSX else csv_rows(data, label)
    if has_errors(found):
        return Table(pd.DataFrame(), tuple(found))
    frame, more = to_frame(rows, label)
    return Table(frame, (*found, *more))


def column(frame: pd.DataFrame, name: str, label: str, field: str) -> tuple[pd.Series, tuple[Finding, ...]]:
    """Return the named column; where it is missing, blanks and an `unknown-column` error naming the nearest one.

    `field` is the dotted field of the scenario that names the column, e.g. "units.id". The empty frame of an unreadable
    file gets no further error.
    """
    if name in frame.columns:
        return frame[name], ()
    blank = pd.Series([""] * len(frame), index=frame.index, dtype=str, name=name)
    if frame.columns.empty:
        return blank, ()
    names = [str(known) for known in frame.columns]
    message = f"{label} has no column {name}; {field} asks for it."
    error = Finding(Level.ERROR, "unknown-column", message, maybe(name, names), file=label, field=field, value=name)
    return blank, (error,)


def _unknown_format(path: Path, label: str) -> Finding:
    message = f"{label} is no table that can be read: unknown ending {path.suffix or '(none)'}."
    hint = "Maybe save it as .csv, .xlsx or .parquet."
    return Finding(Level.ERROR, "unknown-format", message, hint, file=label, value=path.suffix)
