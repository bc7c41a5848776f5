"""Shapefile in a zip: what it cannot hold (long names, long texts, mixed shapes) is cut or parted, and listed."""

import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
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
    parts = {title: short}
    if point.any() and not point.all():
        parts = {f"{title}_polygons": short[~point], f"{title}_points": short[point]}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            folder = path.parent / name
            folder.mkdir()
            pyogrio.write_dataframe(part, folder / "part.shp", driver="ESRI Shapefile", **_OPTIONS)
            for file in sorted(folder.iterdir()):
                entry = zipfile.ZipInfo(f"{name}{file.suffix}", _LONG_AGO)
                archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return findings


def _shortened(frame: gpd.GeoDataFrame, path: Path) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    columns = [name for name in frame.columns if name != frame.geometry.name]
    names = dict(zip(columns, short_names(columns), strict=True))
    findings = [_renamed(path, name, short) for name, short in names.items() if name != short]
    texts = {}
    for name, short in names.items():
        cut, first = _cut_texts(frame[name])
        texts[short] = cut
        findings += [] if first is None else [_cut(path, name, first)]
    return gpd.GeoDataFrame(texts, geometry=frame.geometry.to_numpy(), crs=frame.crs), tuple(findings)


def short_names(names: list[str]) -> list[str]:
    """Return names of at most ten plain letters, different even where case is not seen; short ones stay."""
    fitting = [name for name in names if name == _plain(name)[:NAME_LENGTH]]
    kept = {name.lower(): name for name in reversed(fitting)}
    taken = set(kept)
    short = []
    for name in names:
        candidate, number = _plain(name)[:NAME_LENGTH], 0
        while candidate.lower() in taken and kept.get(candidate.lower()) != name:
            number += 1
            candidate = f"{_plain(name)[: NAME_LENGTH - 1 - len(str(number))]}_{number}"
        taken.add(candidate.lower())
        short.append(candidate)
    return short


def _plain(name: str) -> str:
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign == "_") else "_" for sign in name) or "_"


def _cut_texts(column: pd.Series) -> tuple[pd.Series, int | None]:
    """Return a column whose texts fit, and the first row that did not."""
    if column.dtype == bool or pd.api.types.is_numeric_dtype(column):
        return column, None
    encoded = [text.encode("utf-8", "replace") for text in column]
    long = [row for row, text in enumerate(encoded) if len(text) > TEXT_BYTES]
    cut = [text[:TEXT_BYTES].decode("utf-8", "ignore") for text in encoded]
    return pd.Series(cut, index=column.index, dtype=object), long[0] if long else None


def _renamed(path: Path, name: str, short: str) -> Finding:
    message = f"Shapefile names have at most {NAME_LENGTH} plain letters: {name} is written as {short}."
    return Finding(Level.NOTE, "shapefile-name-cut", message, file=path.name, field=name, value=short)


def _cut(path: Path, name: str, row: int) -> Finding:
    message = f"Shapefile texts have at most {TEXT_BYTES} bytes: {name} is cut."
    hint = "Maybe use GeoPackage instead."
    return Finding(Level.WARNING, "shapefile-text-cut", message, hint, file=path.name, row=row + 1, field=name)
