"""How many vertices a map has: what everything done with it takes time and memory for."""

import re

import shapely

from geodata.arrays import GeometryArray

JSON = (".geojson", ".json", ".topojson")
_PLACE = re.compile(rb"\[\s*[-\d]")


def count_vertices(geometry: GeometryArray) -> int:
    """Return the number of vertices of geometries, (n,) object; None has none."""
    return int(shapely.get_num_coordinates(geometry).sum())


def holds_more(data: bytes, ending: str, most: int) -> bool:
    """Return whether the bytes of a map show, before anything is built of them, that it has more vertices.

    Only JSON shows it: a place is a bracket before a number.
    """
    if ending not in JSON or data.count(b"[") <= most:
        return False
    return sum(1 for _ in _PLACE.finditer(data)) > most
