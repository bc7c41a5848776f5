"""GeoPackage, Shapefile and FlatGeobuf through GDAL, which is shown only files whose first bytes prove the format.

GDAL chooses its driver by content: a text file named a.gpkg may be a virtual layer that opens other files or the
network. A file that begins as one of these three formats begin is no such text.
"""

import struct
from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import shapely

from geodata.arrow_text import as_text
from geodata.findings import Finding, Level
from geodata.raw_layer import RawLayer, refuse

_SQLITE = b"SQLite format 3\x00"
_FLATGEOBUF = b"fgb\x03fgb"
_SHAPE_CODE = 9994


def read_vector(path: Path, label: str) -> RawLayer:
    """Read the first layer that holds geometry; any other such layer is a `several-layers` warning."""
    if not _proves_format(path):
        message = f"{label} does not begin as a {path.suffix.lower()} file does."
        refuse("wrong-content", label, message, "Maybe its ending is wrong, or it is damaged.")
    if path.suffix.lower() == ".shp":
        _need_siblings(path, label)
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        raw = _read(path, layers[0]) if layers else None
    except UnicodeDecodeError as error:
        message = f"The texts of {label} are not {error.encoding}: byte 0x{error.object[error.start]:02x}."
        refuse("wrong-encoding", label, message, "Maybe the .cpg file names the wrong encoding.")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError, ValueError) as error:
        message = f"{label} cannot be read: {str(error).splitlines()[0][:200]}"
        refuse("unreadable-file", label, message, "Maybe it is damaged; export it again.")
    if raw is None:
        refuse("no-geometry", label, f"{label} holds no layer with geometry.", "Maybe take another file.")
    others = (_several(label, layers),) if len(layers) > 1 else ()
    return RawLayer(raw.attributes, raw.geometry, raw.crs, raw.findings + others)


def _read(path: Path, layer: str) -> RawLayer:
    meta, table = pyogrio.read_arrow(path, layer=layer, encoding=_encoding(path), datetime_as_string=True)
    name = meta["geometry_name"] or "wkb_geometry"
    blobs = np.array(table.column(name).to_pylist(), dtype=object)
    geometry = np.empty(len(blobs), dtype=object)
    geometry[:] = shapely.from_wkb(blobs, on_invalid="ignore")
    declared = pyproj.CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    return RawLayer(as_text(table.drop_columns([name])), geometry, declared)


def _encoding(path: Path) -> str | None:
    """Return UTF-8 or Windows-1252 for a shapefile that does not say which, None to leave it to the file."""
    if path.suffix.lower() != ".shp" or any(path.with_suffix(s).exists() for s in (".cpg", ".CPG")):
        return None
    table = path.with_suffix(".dbf").read_bytes()
    try:
        table[32:].decode("utf-8")
    except UnicodeDecodeError:
        return "CP1252"
    return "UTF-8"


def _proves_format(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(100)
    suffix = path.suffix.lower()
    if suffix == ".gpkg":
        return head.startswith(_SQLITE)
    if suffix == ".fgb":
        return head.startswith(_FLATGEOBUF)
    return len(head) == 100 and struct.unpack(">i", head[:4])[0] == _SHAPE_CODE


def _need_siblings(path: Path, label: str) -> None:
    names = {sibling.name.lower() for sibling in path.parent.iterdir() if sibling.stem == path.stem}
    for suffix in (".dbf", ".shx"):
        if f"{path.stem}{suffix}".lower() not in names:
            message = f"The shapefile {label} lacks its {suffix} file."
            refuse(
                "incomplete-shapefile", label, message, "Maybe put all files of the shapefile together.", value=suffix
            )


def _several(label: str, layers: list[str]) -> Finding:
    message = f"{label} holds {len(layers)} layers; only {layers[0]!r} was read."
    hint = f"Maybe export the layer you need alone; there are also {', '.join(layers[1:5])}."
    return Finding(Level.WARNING, "several-layers", message, hint, label, value=layers[0])
