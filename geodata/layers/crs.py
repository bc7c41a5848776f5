"""Coordinate reference systems: which one a file declares, and the way to longitude and latitude."""

import re
from typing import Any

import numpy as np
import pyproj
import shapely

from geodata.arrays import FloatArray, GeometryArray
from geodata.findings import Finding, Level
from geodata.layers.raw_layer import refuse
from geodata.layers.strict_json import Fields

LONLAT = "EPSG:4326"

_NAME = re.compile(r"(?:urn:(?:x-)?ogc:def:crs:(EPSG|OGC):[\d.]*:|(EPSG|OGC):)(\w+)", re.IGNORECASE)


def from_geojson(member: Any, label: str) -> pyproj.CRS:
    """Return what a GeoJSON `crs` member names; longitude and latitude where there is none.

    Raises
    ------
    InputError
        `crs-link` for a link (never followed), `unknown-crs` for anything else that names no EPSG or OGC code.
    """
    if member is None:
        return pyproj.CRS.from_user_input(LONLAT)
    kind = member.get("type") if isinstance(member, Fields) else None
    if kind in ("link", "url"):
        message = f"{label} names its coordinate system by a link, which is not followed."
        refuse("crs-link", label, message, "Maybe name it by its EPSG code, or export in EPSG:4326.")
    properties = member.get("properties") if isinstance(member, Fields) else None
    name = properties.get("name") if isinstance(properties, Fields) else None
    return _from_name(str(name), label)


def _from_name(name: str, label: str) -> pyproj.CRS:
    match = _NAME.fullmatch(name)
    known = _from_code(match[1] or match[2], match[3]) if match else None
    if known is None:
        message = f"The coordinate system {name[:80]!r} of {label} is not known."
        hint = "Maybe name it by its EPSG code, or export in EPSG:4326."
        refuse("unknown-crs", label, message, hint, value=name[:80])
    return known


def _from_code(authority: str, code: str) -> pyproj.CRS | None:
    try:
        return pyproj.CRS.from_authority(authority.upper(), code.upper())
    except pyproj.exceptions.CRSError:
        return None


def to_lonlat(
    geometries: GeometryArray, declared: pyproj.CRS | None, label: str
) -> tuple[GeometryArray, tuple[Finding, ...]]:
    """Move geometries to longitude and latitude (EPSG:4326, longitude first).

    Without a declared system the coordinates are taken for degrees where they can be, with a warning `missing-crs`;
    else that is an error and they come back as they are. Places that the projection cannot reach come back infinite.
    """
    if declared is None:
        return geometries, (_undeclared(geometries, label),)
    if declared.equals(pyproj.CRS.from_user_input(LONLAT), ignore_axis_order=True):
        return geometries, ()
    try:
        way = pyproj.Transformer.from_crs(declared, LONLAT, always_xy=True)
    except pyproj.exceptions.ProjError:
        message = f"There is no way from the coordinate system {declared.name!r} of {label} to longitude and latitude."
        refuse("unknown-crs", label, message, "Maybe export it in EPSG:4326.", value=declared.name)

    def move(places: FloatArray) -> FloatArray:
        return np.stack(way.transform(places[:, 0], places[:, 1]), axis=-1)

    moved: GeometryArray = shapely.transform(geometries, move)
    return moved, ()


def _undeclared(geometries: GeometryArray, label: str) -> Finding:
    left, bottom, right, top = shapely.total_bounds(geometries)
    outside = left < -180.0 or right > 180.0 or bottom < -90.0 or top > 90.0
    if outside:
        message = f"{label} declares no coordinate system and its coordinates are not degrees."
        hint = "Maybe add the .prj file, or export in EPSG:4326."
        return Finding(Level.ERROR, "missing-crs", message, hint, label, value=f"{left}, {bottom}, {right}, {top}")
    message = f"{label} declares no coordinate system; its coordinates were taken for longitude and latitude."
    return Finding(Level.WARNING, "missing-crs", message, "Maybe export it with EPSG:4326 declared.", label)
