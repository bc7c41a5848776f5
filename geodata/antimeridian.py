"""Polygons that cross the 180th meridian: made whole for measuring, cut in two for keeping.

A ring step of more than half a turn in longitude is read as a step across the antimeridian. A step of a whole turn
(along the edge of the map, as round Antarctica) is not.
"""

import numpy as np
import shapely

from geodata.arrays import BoolArray, FloatArray, GeometryArray

_WHOLE_TURN = 360.0 - 1e-6


def unwrap(geometries: GeometryArray) -> GeometryArray:
    """Shift western longitudes by a turn where that makes a geometry whole or narrower.

    Geometries cut at the antimeridian or crossing it come back in longitudes of 0 to 360; all others unchanged.
    """
    out = np.array(geometries, dtype=object)
    for i in np.flatnonzero(_width(out) > 180.0):
        shifted = shapely.transform(out[i], _shift_west)
        if _is_better(shifted, out[i]):
            out[i] = shifted
    return out


def crosses(geometries: GeometryArray) -> BoolArray:
    """Return which geometries have a ring that steps across the antimeridian, (n,) bool."""
    wide = _width(geometries) > 180.0
    wide[wide] = [_is_jump(_steps(geometry)).any() for geometry in geometries[wide]]
    return wide


def cut(geometries: GeometryArray) -> GeometryArray:
    """Cut valid geometries that reach beyond 180 degrees there, and bring the far part back to the west."""
    out = np.array(geometries, dtype=object)
    for i in np.flatnonzero(shapely.bounds(out)[:, 2] > 180.0):
        near = shapely.intersection(out[i], shapely.box(-180.0, -90.0, 180.0, 90.0))
        far = shapely.intersection(out[i], shapely.box(180.0, -90.0, 540.0, 90.0))
        parts = [*_polygons(near), *(shapely.transform(part, _back) for part in _polygons(far))]
        out[i] = parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
    return out


def _polygons(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]


def _back(places: FloatArray) -> FloatArray:
    moved: FloatArray = places - np.array([360.0, 0.0])
    return moved


def _shift_west(places: FloatArray) -> FloatArray:
    return np.stack([np.where(places[:, 0] < 0.0, places[:, 0] + 360.0, places[:, 0]), places[:, 1]], axis=-1)


def _is_better(shifted: shapely.Geometry, original: shapely.Geometry) -> bool:
    steps = _steps(original)
    if bool(_is_jump(steps).any()):
        return not bool(_is_jump(_steps(shifted)).any())
    narrower = _width(np.array([shifted]))[0] < _width(np.array([original]))[0]
    return bool(narrower and (steps < _WHOLE_TURN).all())


def _is_jump(steps: FloatArray) -> BoolArray:
    jump: BoolArray = (steps > 180.0) & (steps < _WHOLE_TURN)
    return jump


def _steps(geometry: shapely.Geometry) -> FloatArray:
    """Return the longitude steps along all rings, in degrees without sign."""
    polygons = shapely.get_parts(geometry)
    rings = shapely.get_rings(polygons[shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON])
    steps = [np.abs(np.diff(shapely.get_coordinates(ring)[:, 0])) for ring in rings]
    return np.concatenate(steps) if steps else np.empty(0)


def _width(geometries: GeometryArray) -> FloatArray:
    bounds = shapely.bounds(geometries)
    return np.nan_to_num(bounds[:, 2] - bounds[:, 0])
