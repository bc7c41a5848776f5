"""Shapefile in a zip: what it cannot hold (long names, long texts, mixed shapes) is cut or parted, and listed."""

import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely

from geodata.findings import Finding, Level

NAME_LENGTH = 10
TEXT_BYTES = 254
_OPTIONS = {"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": "2000-01-01"}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""Dates in the files would change their bytes."""


def zip_shapefiles(frame: gpd.GeoDataFrame, path: Path, title: str) -> tuple[Finding, ...]:
    """Write a frame as one Shapefile, or one for polygons and one for points, into a zip.

    Rows without a place go with the polygons.
    """
    short, findings = _shortened(frame, path)
    point = shapely.get_dimensions(frame.geometry.to_numpy()) == 0
    parts = {title: short} if len(set(point)) < 2 else {f"{title}_polygons": short[~point], f"{title}_points": short[point]}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            folder = path.parent / name
            folder.mkdir()
            pyogrio.write_dataframe(part, folder / "part.shp", driver="ESRI Shapefile", **_OPTIONS)
            for file in sorted(folder.iterdir()):
                entry = zipfile.ZipInfo(f"{name}{file.suffix}", _LONG_AGO)
                archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return findings
