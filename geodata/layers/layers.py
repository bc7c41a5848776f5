"""A map file of any supported format to features in longitude and latitude, with everything doubtful listed."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely

from geodata.findings import Finding
from geodata.layers import crs
from geodata.layers.archive import unpack_kml, unpack_shapefile
from geodata.layers.checks import check_places, check_texts, free_geometry_column
from geodata.layers.geojson import read_geojson
from geodata.layers.geoparquet import has_geometry, read_geoparquet
from geodata.layers.kml import read_kml
from geodata.layers.raw_layer import RawLayer, refuse
from geodata.layers.vector_file import read_vector


@dataclass(frozen=True, eq=False)
class Layer:
    """The features of a map file.

    Attributes
    ----------
    frame : GeoDataFrame
        EPSG:4326, longitude first; one row a feature in the file's order. Every attribute is a text exactly as the
        file has it, "" where it has none; `geometry` is None where there is none.
    findings : tuple of Finding
        What was wrong or doubtful; `row` is the number of the feature, from 1.
    """

    frame: gpd.GeoDataFrame
    findings: tuple[Finding, ...]


def read_layer(path: Path, label: str) -> Layer:
    """Read GeoJSON, TopoJSON, GeoParquet, GeoPackage, Shapefile (also zipped), FlatGeobuf, KML or KMZ.

    Parameters
    ----------
    path : Path
        The file.
    label : str
        Its name as the scenario writes it, for the findings.

    Raises
    ------
    InputError
        With one error where nothing of the file can be used: `missing-file`, `unsupported-format`, `unreadable-file`,
        `wrong-content`, `wrong-encoding`, `syntax` and the like.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        hint = f"Maybe export it as GeoJSON; these endings are read: {' '.join(sorted(_READERS))}."
        refuse("unsupported-format", label, f"{label} is no map file that can be read.", hint, value=path.suffix)
    _need_file(path, label)
    raw = reader(path, label)
    if len(raw.geometry) == 0:
        refuse("no-features", label, f"{label} holds no features.", "Maybe another layer or file was meant.")
    geometry, about_crs = crs.to_lonlat(shapely.force_2d(raw.geometry), raw.crs, label)
    geometry, about_places = check_places(geometry, label, {finding.row for finding in raw.findings})
    attributes, about_names = free_geometry_column(raw.attributes, label)
    findings = (*raw.findings, *about_crs, *about_places, *about_names, *check_texts(attributes, label))
    return Layer(gpd.GeoDataFrame(attributes, geometry=geometry, crs=crs.LONLAT), findings)


def is_map_file(path: Path) -> bool:
    """Return whether a file is read as a map: by its ending, and for Parquet by the geometry it declares."""
    suffix = path.suffix.lower()
    return has_geometry(path) if suffix in _PARQUET else suffix in _READERS


def _need_file(path: Path, label: str) -> None:
    try:
        if path.is_file():
            path.open("rb").close()
            return
    except (OSError, ValueError) as error:
        hint = "Maybe check its name and that it may be read."
        refuse("unreadable-file", label, f"{label} cannot be read: {error}.", hint)
    hint = "Maybe check its name and folder; names are relative to the scenario."
    refuse("missing-file", label, f"There is no file {label}.", hint, value=label)


def _geojson(path: Path, label: str) -> RawLayer:
    try:
        return read_geojson(path.read_bytes(), label)
    except RecursionError:
        refuse("too-deep", label, f"{label} nests too deep.", "Maybe a bracket is wrong.")


def _kml(path: Path, label: str) -> RawLayer:
    return read_kml(path.read_bytes(), label)


def _kmz(path: Path, label: str) -> RawLayer:
    return read_kml(unpack_kml(path, label), label)


def _zip(path: Path, label: str) -> RawLayer:
    with tempfile.TemporaryDirectory() as folder:
        return read_vector(unpack_shapefile(path, Path(folder), label), label)


_PARQUET = (".parquet", ".geoparquet")

_READERS: dict[str, Callable[[Path, str], RawLayer]] = {
    ".fgb": read_vector,
    ".geojson": _geojson,
    ".geoparquet": read_geoparquet,
    ".gpkg": read_vector,
    ".json": _geojson,
    ".kml": _kml,
    ".kmz": _kmz,
    ".parquet": read_geoparquet,
    ".shp": read_vector,
    ".topojson": _geojson,
    ".zip": _zip,
}
