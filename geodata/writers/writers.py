"""A layer out to any map format, whole or not at all; ids stay text."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from geodata.findings import Finding
from geodata.writers.geojson import geojson_text
from geodata.writers.kml import kml_text
from geodata.writers.shapefile import zip_shapefiles

Writer = Callable[[gpd.GeoDataFrame, Path, str], tuple[Finding, ...]]


class LayerError(ValueError):
    """The frame or the file name cannot become a map file."""


def write_layer(frame: gpd.GeoDataFrame, path: Path) -> tuple[Finding, ...]:
    """Write a frame in the format its ending names, replacing the file only when all of it is there.

    Parameters
    ----------
    frame : GeoDataFrame
        In any declared CRS; written in EPSG:4326. Rows keep their order, text columns stay text, and geometry may be
        missing. Columns hold text, numbers or booleans.
    path : Path
        Ends in .geojson, .parquet, .gpkg, .fgb, .kml or .zip (Shapefile).

    Returns
    -------
    tuple of Finding
        What the format could not hold as it was: names and texts that Shapefile cuts.

    Raises
    ------
    LayerError
        For an unknown ending, a frame without CRS, or a column of an unknown kind.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise LayerError(f"{path.name} is no map format that can be written. Maybe use one of {', '.join(WRITERS)}.")
    ready = _ready(frame)
    folder = Path(tempfile.mkdtemp(prefix=".writing-", dir=path.parent))
    try:
        findings = writer(ready, folder / f"layer{path.suffix.lower()}", path.stem)
        (folder / f"layer{path.suffix.lower()}").replace(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return tuple(replace(finding, file=path.name) for finding in findings)


def _ready(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the frame in EPSG:4326 with plain columns: text without missing values, numbers, booleans."""
    if frame.crs is None:
        raise LayerError("The frame has no CRS. Maybe call set_crs(4326) first.")
    plain = frame.to_crs(4326).reset_index(drop=True)
    geometry = plain.geometry
    columns = {str(name): _plain(plain[name]) for name in plain.columns if name != geometry.name}
    return gpd.GeoDataFrame(columns, geometry=geometry.to_numpy(), crs=4326)


def _plain(column: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_integer_dtype(column):
        return column
    if pd.api.types.is_float_dtype(column):
        return column.astype(float)
    kinds = {type(value).__name__ for value in column if not (isinstance(value, str) or pd.isna(value))}
    if kinds:
        message = f"Column {column.name} holds {', '.join(sorted(kinds))}. Maybe turn it into text first."
        raise LayerError(message)
    return column.astype(object).where(column.notna(), "").astype(str)


def _write_geojson(frame: gpd.GeoDataFrame, path: Path, _: str) -> tuple[Finding, ...]:
    path.write_bytes(geojson_text(frame).encode("utf-8", "replace"))
    return ()


def _write_kml(frame: gpd.GeoDataFrame, path: Path, title: str) -> tuple[Finding, ...]:
    path.write_bytes(kml_text(frame, title).encode("utf-8", "replace"))
    return ()


def _write_parquet(frame: gpd.GeoDataFrame, path: Path, _: str) -> tuple[Finding, ...]:
    frame.to_parquet(path, index=False)
    return ()


def _write_gpkg(frame: gpd.GeoDataFrame, path: Path, title: str) -> tuple[Finding, ...]:
    return _write_gdal(frame, path, title, "GPKG", {})


def _write_fgb(frame: gpd.GeoDataFrame, path: Path, title: str) -> tuple[Finding, ...]:
    """Write without the index, which would sort the rows by place."""
    return _write_gdal(frame, path, title, "FlatGeobuf", {"SPATIAL_INDEX": "NO"})


def _write_gdal(
    frame: gpd.GeoDataFrame, path: Path, title: str, driver: str, options: dict[str, str]
) -> tuple[Finding, ...]:
    """Write by GDAL; where polygons and points are mixed the layer holds any geometry."""
    shapes = frame.geometry.to_numpy()
    kinds = set(shapely.get_dimensions(shapes[~shapely.is_missing(shapes)]).tolist())
    kind = "Unknown" if len(kinds) > 1 else None
    pyogrio.write_dataframe(frame, path, layer=title, driver=driver, geometry_type=kind, **options)
    return ()


WRITERS: dict[str, Writer] = {
    ".geojson": _write_geojson,
    ".parquet": _write_parquet,
    ".gpkg": _write_gpkg,
    ".fgb": _write_fgb,
    ".kml": _write_kml,
    ".zip": zip_shapefiles,
}
"""Who writes which ending."""
