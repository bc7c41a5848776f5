"""What every layer is checked for, whatever format it came from."""

from collections.abc import Container

import numpy as np
import pandas as pd
import shapely

from geodata.arrays import FloatArray, GeometryArray
from geodata.findings import Finding, Level

_SLACK = 1e-9
"""Degrees by which rounding may carry a place beyond the edge of the map."""


def check_places(
    geometries: GeometryArray, label: str, reported: Container[int | None]
) -> tuple[GeometryArray, tuple[Finding, ...]]:
    """Set geometries that are empty or not on the globe to None and say so, but of features reported before.

    Longitudes up to 360, as maps across the antimeridian have them, are counted on from -180.

    Returns
    -------
    geometries : (n,) object
        All coordinates finite, longitudes in -180..180 and latitudes in -90..90.
    findings : tuple of Finding
        Warnings `no-geometry`, `longitude-wrapped`; errors `off-the-globe`.
    """
    out, findings = _wrapped(np.array(geometries, dtype=object), label)
    none = shapely.is_missing(out) | shapely.is_empty(out)
    for i in np.flatnonzero(none | _off_globe(out)).tolist():
        if i + 1 not in reported:
            findings.append(_no_geometry(i, label) if none[i] else _off(out[i], i, label))
        out[i] = None
    return _clamped(out), tuple(findings)


def check_texts(attributes: pd.DataFrame, label: str) -> tuple[Finding, ...]:
    """Return a `bad-text` error for each value with characters that no file can hold again."""
    return tuple(
        _bad_text(str(name), value, row, label)
        for name in attributes.columns
        for row, value in enumerate(attributes[name].tolist(), start=1)
        if not _is_text(value)
    )


def free_geometry_column(attributes: pd.DataFrame, label: str) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Rename an attribute called `geometry`, which would hide the shapes."""
    if "geometry" not in attributes.columns:
        return attributes, ()
    name = "geometry_"
    while name in attributes.columns:
        name += "_"
    message = f"{label} has an attribute called geometry; it is called {name} here."
    hint = "Maybe rename the attribute."
    finding = Finding(Level.WARNING, "reserved-column", message, hint, label, field="geometry", value=name)
    return attributes.rename(columns={"geometry": name}), (finding,)


def _wrapped(geometries: GeometryArray, label: str) -> tuple[GeometryArray, list[Finding]]:
    west, south, east, north = shapely.bounds(geometries).T
    beyond = (np.maximum(-west, east) > 180.0 + _SLACK) & (np.maximum(-west, east) <= 360.0 + _SLACK)
    beyond &= np.maximum(-south, north) <= 90.0 + _SLACK
    chosen = np.flatnonzero(beyond)
    if len(chosen) == 0:
        return geometries, []
    geometries[chosen] = shapely.transform(geometries[chosen], _turned)
    row, value = int(chosen[0]) + 1, f"{max(-west[chosen[0]], east[chosen[0]]):.6g}"
    message = f"{len(chosen)} features of {label} have longitudes beyond 180, which were counted on round the globe."
    hint = "Maybe they are no degrees, if the map is not near the antimeridian."
    return geometries, [Finding(Level.WARNING, "longitude-wrapped", message, hint, label, row, "geometry", value)]


def _turned(places: FloatArray) -> FloatArray:
    lon = places[:, 0]
    whole = np.where(lon > 180.0 + _SLACK, -360.0, np.where(lon < -180.0 - _SLACK, 360.0, 0.0))
    return np.stack([lon + whole, places[:, 1]], axis=-1)


def _off_globe(geometries: GeometryArray) -> np.ndarray:
    places, owner = shapely.get_coordinates(geometries, return_index=True)
    limit = np.array([180.0, 90.0]) + _SLACK
    wrong = ~(np.abs(places) <= limit).all(axis=1)  # NaN and infinity are wrong too
    return np.bincount(owner[wrong], minlength=len(geometries)) > 0


def _clamped(geometries: GeometryArray) -> GeometryArray:
    bounds = np.abs(shapely.bounds(geometries))
    beyond = (bounds > np.array([180.0, 90.0, 180.0, 90.0])).any(axis=1)
    limit = np.array([180.0, 90.0])
    geometries[beyond] = shapely.transform(geometries[beyond], lambda places: np.clip(places, -limit, limit))
    return geometries


def _no_geometry(i: int, label: str) -> Finding:
    message, hint = f"Feature {i + 1} of {label} has no geometry.", "Maybe draw it, or leave it out."
    return Finding(Level.WARNING, "no-geometry", message, hint, label, i + 1, "geometry")


def _off(geometry: shapely.Geometry, i: int, label: str) -> Finding:
    places = shapely.get_coordinates(geometry)
    x, y = places[~(np.abs(places) <= np.array([180.0, 90.0]) + _SLACK).all(axis=1)][0].tolist()
    message = f"Feature {i + 1} of {label} has the place {x:.6g}, {y:.6g}, which is no longitude and latitude."
    hint = "Maybe its coordinate system is not the declared one, or latitude stands first."
    return Finding(Level.ERROR, "off-the-globe", message, hint, label, i + 1, "geometry", f"{x!r}, {y!r}")


def _is_text(value: str) -> bool:
    return "\x00" not in value and (value.isascii() or _is_unicode(value))


def _is_unicode(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _bad_text(name: str, value: str, row: int, label: str) -> Finding:
    message = f"{name} of feature {row} holds a character that is no text (a NUL or half a character)."
    return Finding(Level.ERROR, "bad-text", message, "Maybe type the value again.", label, row, name, ascii(value)[:80])
