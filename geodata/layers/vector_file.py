"""GeoPackage, Shapefile and FlatGeobuf through GDAL, which is shown only files whose first bytes prove the format.

GDAL chooses its driver by content: a text file named a.gpkg may be a virtual layer that opens other files or the
network. A file that begins as one of these three formats begin is no such text.
"""

from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import shapely

from geodata.findings import Finding, Level
from geodata.layers import shapefile
from geodata.layers.arrow_text import as_text
from geodata.layers.foreign import read_foreign
from geodata.layers.raw_layer import RawLayer, refuse

_SQLITE = b"SQLite format 3\x00"
_GEOPACKAGE_PLACE = 68
_GEOPACKAGE = b"GP"
_FLATGEOBUF = b"fgb\x03fgb"
_OPTIONS = {"OGR_FLATGEOBUF_STREAM_BASE_IMPL": True}
"""GDAL's own Arrow stream of FlatGeobuf breaks on missing geometries; its general one does not."""


def read_vector(path: Path, label: str) -> RawLayer:
    """Read the first layer that holds geometry; any other such layer is a `several-layers` warning."""
    if not _proves_format(path):
        message = f"{label} does not begin as a {path.suffix.lower()} file does."
        refuse("wrong-content", label, message, "Maybe its ending is wrong, or it is damaged.")
    if path.suffix.lower() == ".shp":
        shapefile.check_files(path, label)
    return read_foreign(lambda: _read(path, label), label)


def _read(path: Path, label: str) -> RawLayer:
    pyogrio.set_gdal_config_options(_OPTIONS)
    layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if not layers:
        raise ValueError("it holds no layer with geometry")
    meta, table = pyogrio.read_arrow(path, layer=layers[0], encoding=_encoding(path), datetime_as_string=True)
    promised = pyogrio.read_info(path, layer=layers[0], encoding=_encoding(path))["features"]
    if len(table) < promised:
        raise ValueError(f"it is cut off after {len(table)} of {promised} features")
    name = meta["geometry_name"] or "wkb_geometry"
    blobs = np.array(table.column(name).to_pylist(), dtype=object)
    geometry = np.empty(len(blobs), dtype=object)
    geometry[:] = shapely.from_wkb(blobs, on_invalid="ignore")
    lost = [i for i, blob in enumerate(blobs) if blob is not None and geometry[i] is None]
    findings = [_bad_geometry(i, label) for i in lost]
    findings += [_several(label, layers)] if len(layers) > 1 else []
    declared = pyproj.CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    return RawLayer(as_text(table.drop_columns([name])), geometry, declared, tuple(findings))


def _proves_format(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(100)
    suffix = path.suffix.lower()
    if suffix == ".gpkg":
        return head.startswith(_SQLITE) and head[_GEOPACKAGE_PLACE:].startswith(_GEOPACKAGE)
    if suffix == ".fgb":
        return head.startswith(_FLATGEOBUF)
    return shapefile.is_shape_header(head)


def _encoding(path: Path) -> str | None:
    return shapefile.encoding(path) if path.suffix.lower() == ".shp" else None


def _bad_geometry(i: int, label: str) -> Finding:
    message = f"The geometry of feature {i + 1} cannot be read."
    return Finding(Level.ERROR, "bad-geometry", message, "Maybe export the file again.", label, i + 1, "geometry")


def _several(label: str, layers: list[str]) -> Finding:
    message = f"{label} holds {len(layers)} layers; only {layers[0]!r} was read."
    hint = f"Maybe export the layer you need alone; there are also {', '.join(layers[1:5])}."
    return Finding(Level.WARNING, "several-layers", message, hint, label, value=layers[0])
