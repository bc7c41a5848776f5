"""A file that somebody sent: read once to see what it is, with the findings that a solve would have."""

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NoReturn

from geodata.findings import Finding, InputError, Level, has_errors
from geodata.layers.layers import is_map_file
from scenarios.prepare.unit_rows import read_rows

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet", ".pq")
MAPS = (".geojson", ".json", ".topojson", ".kml")
"""Endings of the maps that parsers of our own read."""
MAX_NAME = 200


@dataclass(frozen=True)
class Upload:
    """A file that can be used.

    Attributes
    ----------
    name : str
        As it was sent, without folders.
    ending : str
        With its dot, in small letters; it decides how the file is read.
    data : bytes
    kind : "table" or "map"
    rows : int
    columns : tuple of str
    findings : tuple of Finding
        Warnings and notes.
    """

    name: str
    ending: str
    data: bytes
    kind: str
    rows: int
    columns: tuple[str, ...]
    findings: tuple[Finding, ...]


def inspect_upload(name: str, data: bytes) -> Upload:
    """Read a file that was sent; raises InputError where it cannot be used."""
    plain = PurePosixPath(name.replace("\\", "/")).name[-MAX_NAME:]
    ending = PurePosixPath(plain).suffix.lower()
    if ending not in (*TABLES, *MAPS):
        _refuse_kind(plain, ending)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"given{ending}"
        path.write_bytes(data)
        is_map = is_map_file(path)
        if is_map and ending in TABLES:
            _refuse_kind(plain, "a map in Parquet")
        rows, findings = read_rows(path, plain)
    if has_errors(findings):
        raise InputError(findings)
    columns = tuple(str(column) for column in rows.frame.columns)
    return Upload(plain, ending, data, "map" if is_map else "table", len(rows.frame), columns, findings)


def _refuse_kind(name: str, what: str) -> NoReturn:
    message = f"{name} is not taken from outside: {what or 'it has no ending'}."
    hint = f"Maybe send the map as GeoJSON; these endings are taken: {' '.join((*TABLES, *MAPS))}."
    raise InputError([Finding(Level.ERROR, "unsupported-upload", message, hint, file=name, value=what)])
