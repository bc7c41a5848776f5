"""A file that somebody sent: read once to see what it is, with the findings that a solve would have."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NoReturn

from geodata.arrays import GeometryArray
from geodata.findings import Finding, InputError, Level, has_errors
from geodata.layers.layers import is_map_file
from geodata.layers.sandbox import read_stranger
from geodata.layers.vertices import count_vertices, holds_more
from scenarios.prepare.unit_rows import read_rows

OWN = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".geojson", ".json", ".topojson", ".kml")
"""Endings of what is kept as it was sent: no parser of these follows links, opens other files or runs anything."""
FOREIGN = (".gpkg", ".zip", ".fgb", ".kmz", ".geoparquet", ".parquet")
"""Endings of maps that only the sandbox reads; what it makes of them is kept. A shapefile comes zipped."""
CLEAN = ".parquet"
MAX_NAME = 200


@dataclass(frozen=True)
class Upload:
    """A file that can be used.

    Attributes
    ----------
    name : str
        As it was sent, without folders.
    sha256 : str
        SHA-256 of the file as it was sent.
    ending : str
        Of the data, with its dot, in small letters; it decides how they are read.
    data : bytes
        The file, or what the sandbox made of it.
    kind : "table" or "map"
    rows : int
    columns : tuple of str
    findings : tuple of Finding
        Warnings and notes.
    """

    name: str
    sha256: str
    ending: str
    data: bytes
    kind: str
    rows: int
    columns: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class MapLimits:
    """The largest map that is taken."""

    features: int
    vertices: int


USUAL = MapLimits(100_000, 2_000_000)


def inspect_upload(name: str, given: bytes, limits: MapLimits = USUAL) -> Upload:
    """Read a file that was sent; raises InputError where it cannot be used."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in name.replace("\\", "/"))
    plain = PurePosixPath(shown).name[-MAX_NAME:]
    ending = PurePosixPath(plain).suffix.lower()
    found: tuple[Finding, ...] = ()
    data = given
    if ending in FOREIGN:
        data, found = read_stranger(given, plain)
        ending = CLEAN
    elif ending not in OWN:
        _refuse(plain, ending)
    if holds_more(data, ending, limits.vertices):
        _refuse_size(plain, "vertices", limits.vertices)
    with tempfile.TemporaryDirectory(prefix="territory-") as folder:
        path = Path(folder) / f"given{ending}"
        path.write_bytes(data)
        is_map = is_map_file(path)
        rows, findings = read_rows(path, plain)
    found = tuple(dict.fromkeys((*found, *findings)))
    if has_errors(found):
        raise InputError(found)
    if rows.geometry is not None:
        _check_size(plain, rows.geometry, limits)
    columns = tuple(str(column) for column in rows.frame.columns)
    digest = hashlib.sha256(given).hexdigest()
    return Upload(plain, digest, ending, data, "map" if is_map else "table", len(rows.frame), columns, found)


def _refuse(name: str, ending: str) -> NoReturn:
    message = f"{name or 'A file without a name'} is not taken: {ending or 'it has no ending'}."
    hint = f"Maybe save it as CSV, XLSX or GeoJSON; these endings are taken: {' '.join((*OWN, *FOREIGN))}."
    raise InputError([Finding(Level.ERROR, "unsupported-upload", message, hint, file=name, value=ending)])


def _check_size(name: str, geometry: GeometryArray, limits: MapLimits) -> None:
    if len(geometry) > limits.features:
        _refuse_size(name, "features", limits.features)
    if count_vertices(geometry) > limits.vertices:
        _refuse_size(name, "vertices", limits.vertices)


def _refuse_size(name: str, what: str, most: int) -> NoReturn:
    message = f"{name} has more than {most:,} {what}, which is more than this service takes."
    hint = "Maybe simplify its shapes, or leave out what is not planned on."
    raise InputError([Finding(Level.ERROR, "too-large", message, hint, file=name)])
