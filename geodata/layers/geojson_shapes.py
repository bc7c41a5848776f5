"""GeoJSON geometry objects (RFC 7946, section 3.1) to shapely geometries."""

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from geodata.arrays import FloatArray
from geodata.layers.strict_json import BadNumber, Fields, Number


class ShapeError(ValueError):
    """A geometry object that cannot be read; the text says which part and why."""


def shape(geometry: Any) -> shapely.Geometry:
    """Build the geometry; raises ShapeError. A third coordinate is dropped."""
    if not isinstance(geometry, Fields) or not isinstance(geometry.get("type"), str):
        raise ShapeError('a geometry is an object with a "type"')
    if geometry["type"] == "GeometryCollection":
        return shapely.GeometryCollection([shape(part) for part in _list(geometry.get("geometries"), "geometries")])
    build = _BUILDERS.get(geometry["type"])
    if build is None:
        raise ShapeError(f"{geometry['type']!r} is not a geometry type of GeoJSON")
    return build(geometry.get("coordinates"))


def _point(place: Any) -> shapely.Point:
    return shapely.Point(_place(place))


def _multipoint(listing: Any) -> shapely.Geometry:
    return shapely.MultiPoint([_point(place) for place in _list(listing, "coordinates")])


def _line(listing: Any) -> shapely.LineString:
    line = places(listing)
    if len(line) < 2:
        raise ShapeError(f"a line has {len(line)} of at least 2 places")
    return shapely.LineString(line)


def _multiline(lines: Any) -> shapely.Geometry:
    return shapely.MultiLineString([_line(line) for line in _list(lines, "coordinates")])


def _polygon(rings: Any) -> shapely.Polygon:
    listed = [closed_ring(places(ring)) for ring in _list(rings, "coordinates")]
    return shapely.Polygon(listed[0], listed[1:]) if listed else shapely.Polygon()


def _multipolygon(polygons: Any) -> shapely.Geometry:
    return shapely.MultiPolygon([_polygon(rings) for rings in _list(polygons, "coordinates")])


_BUILDERS: dict[str, Callable[[Any], shapely.Geometry]] = {
    "Point": _point,
    "MultiPoint": _multipoint,
    "LineString": _line,
    "MultiLineString": _multiline,
    "Polygon": _polygon,
    "MultiPolygon": _multipolygon,
}


def closed_ring(ring: FloatArray) -> FloatArray:
    """Return the (n, 2) places of a ring; raises ShapeError where it is open or too short to hold an area."""
    if len(ring) < 4:
        raise ShapeError(f"a ring has {len(ring)} of at least 4 places")
    if not np.array_equal(ring[0], ring[-1]):
        start, end = ring[0].tolist(), ring[-1].tolist()
        raise ShapeError(f"a ring is not closed: it starts at {start} and ends at {end}")
    return ring


def places(listing: Any) -> FloatArray:
    """Return a list of places as (n, 2) float64; raises ShapeError."""
    listed = [_place(place) for place in _list(listing, "coordinates")]
    return np.array(listed, dtype=np.float64).reshape(-1, 2)


def _place(place: Any) -> tuple[float, float]:
    if not isinstance(place, list) or len(place) < 2:
        raise ShapeError(f"a place is a list of two numbers, not {_short(place)}")
    x, y = place[0], place[1]
    if type(x) is not Number or type(y) is not Number:
        bad = y if type(x) is Number else x
        raise ShapeError(f"{_short(bad)} is not a finite coordinate")
    return float(x), float(y)


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise ShapeError(f'"{name}" is not a list')
    return value


def _short(value: Any) -> str:
    text = str(value) if isinstance(value, (BadNumber, Number)) else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
