"""Points as areas: each point's Voronoi cell, the part of the map that is nearest to it.

The cells are cut to a given area, or to a concave hull of the points and each point's reach, so that points at the
fringe, whose endless cells meet somewhere far outside, do not become neighbours. They approximate the true areas of
postal codes and the like.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geodata import antimeridian
from geodata.arrays import BoolArray, FloatArray, GeometryArray, IntArray
from geodata.findings import Finding, Level
from geodata.ground import ground_of, reach_m
from geodata.neighbours import Links, polygon_links
from geodata.plane import Plane

_SAME_PLACE_M = 0.1
_LONE_CELL_M = 1000.0
_AREA_STEP_DEG = 0.25


@dataclass(frozen=True, eq=False)
class Cells:
    """Voronoi cells in the order of the points.

    Attributes
    ----------
    polygons : (n,) object
        Cells in longitude and latitude, cut at the antimeridian; points at the same place share one.
    first : (n,) int32
        The first point at the same place: the point itself where no other is there.
    outside : (n,) bool
        Points outside the given area.
    """

    polygons: GeometryArray
    first: IntArray
    outside: BoolArray


def cells(lon: npt.ArrayLike, lat: npt.ArrayLike, area: shapely.Geometry | None = None) -> Cells:
    """Divide an area among points by nearness.

    Parameters
    ----------
    lon, lat : (n,) float
        Degrees, n at least 1.
    area : polygon or multipolygon, optional
        What is divided, in longitude and latitude; a hull of the points where not given.

    Notes
    -----
    O(n log n). Nearness is measured on a stereographic plane around the points, which gets the neighbours right at any
    latitude. A cell that holds a pole cannot be drawn in longitude and latitude and may look wrong.
    """
    lonlat = np.stack([np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)], axis=-1)
    plane = Plane.around(lonlat[:, 0], lonlat[:, 1])
    places_m = plane.project(lonlat)
    _, first, group = np.unique(np.round(places_m / _SAME_PLACE_M), axis=0, return_index=True, return_inverse=True)
    distinct_m = places_m[first]
    if area is None:
        divided, outside = _divide(distinct_m, ground_of(distinct_m))
        divided = _within_reach(divided, distinct_m)
    else:
        divided, outside = _divide(distinct_m, _on_plane(area, plane))
    drawn = _on_globe(divided, plane)
    return Cells(drawn[group], first[group].astype(np.int32), outside[group])


def point_links(points: Cells) -> Links:
    """Link points whose cells share a border; points at one place are linked to each other and to the same others."""
    distinct, group = np.unique(points.first, return_inverse=True)
    links = polygon_links(points.polygons[distinct], "rook")
    members = np.split(np.argsort(group, kind="stable"), np.cumsum(np.bincount(group))[:-1])
    same = [(k, k, 0.0) for k in np.flatnonzero(np.bincount(group) > 1)]
    between = zip(links.a.tolist(), links.b.tolist(), links.border_km.tolist(), strict=True)
    ends = [(i, j, km) for a, b, km in (*between, *same) for i in members[a] for j in members[b] if a != b or i < j]
    table = np.array([(min(i, j), max(i, j), km) for i, j, km in ends], dtype=np.float64).reshape(-1, 3)
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    return Links(table[:, 0].astype(np.int32), table[:, 1].astype(np.int32), table[:, 2], np.zeros(len(table)))


def cell_findings(points: Cells, ids: Sequence[str], label: str) -> tuple[Finding, ...]:
    """Return a `same-place` warning for each repeated place and an `outside-area` warning for each point outside."""
    repeated = np.flatnonzero(points.first != np.arange(len(points.first))).tolist()
    same = [_same_place(i, ids[i], ids[int(points.first[i])], label) for i in repeated]
    return (*same, *(_outside(i, ids[i], label) for i in np.flatnonzero(points.outside).tolist()))


def _divide(places_m: FloatArray, ground: shapely.Geometry) -> tuple[GeometryArray, BoolArray]:
    """Return the part of the ground nearest to each place; a small disc where that is nothing."""
    points = np.array(shapely.points(places_m), dtype=object)
    whole = shapely.voronoi_polygons(shapely.MultiPoint(places_m), extend_to=ground, ordered=True)
    parts: GeometryArray = shapely.get_parts(whole)
    shapely.prepare(ground)
    edge = ~shapely.contains_properly(ground, parts)
    parts[edge] = _areas_only(shapely.intersection(parts[edge], ground))
    nothing = shapely.is_empty(parts)
    parts[nothing] = shapely.buffer(points[nothing], _LONE_CELL_M)
    return parts, ~np.asarray(shapely.intersects(ground, points))


def _within_reach(parts: GeometryArray, places_m: FloatArray) -> GeometryArray:
    """Cut off what is out of reach of its point."""
    limit_m = reach_m(places_m)
    corners, owner = shapely.get_coordinates(parts, return_index=True)
    far = np.zeros(len(parts), dtype=np.bool_)
    far[owner[np.hypot(*(corners - places_m[owner]).T) > limit_m[owner]]] = True
    discs = shapely.buffer(np.array(shapely.points(places_m[far]), dtype=object), limit_m[far])
    parts[far] = _areas_only(shapely.intersection(parts[far], discs))
    return parts


def _on_plane(area: shapely.Geometry, plane: Plane) -> shapely.Geometry:
    fine = shapely.segmentize(area, _AREA_STEP_DEG)
    ground = shapely.make_valid(shapely.transform(fine, plane.project), method="structure", keep_collapsed=False)
    return shapely.union_all(shapely.get_parts(ground))


def _on_globe(parts: GeometryArray, plane: Plane) -> GeometryArray:
    drawn: GeometryArray = shapely.transform(parts, plane.unproject)
    crossing = antimeridian.crosses(drawn)
    drawn[crossing] = antimeridian.unwrap(drawn[crossing])
    drawn[crossing] = antimeridian.cut(_valid(drawn[crossing]))
    return _valid(drawn)


def _valid(polygons: GeometryArray) -> GeometryArray:
    broken = ~shapely.is_valid(polygons)
    polygons[broken] = shapely.make_valid(polygons[broken], method="structure", keep_collapsed=False)
    return polygons


def _areas_only(shapes: GeometryArray) -> GeometryArray:
    mixed = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    for i in np.flatnonzero(mixed):
        parts = shapely.get_parts(shapes[i])
        shapes[i] = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
    lower = shapely.get_dimensions(shapes) < 2
    shapes[lower] = shapely.Polygon()
    return shapes


def _same_place(i: int, name: str, other: str, label: str) -> Finding:
    message = f"Units {other} and {name} are at the same place; they count as neighbours."
    hint = "Maybe one of them is a duplicate, or both carry the place of their town."
    return Finding(Level.WARNING, "same-place", message, hint, label, i + 1, value=f"{other}, {name}")


def _outside(i: int, name: str, label: str) -> Finding:
    message = f"Unit {name} lies outside the area that the points divide."
    return Finding(Level.WARNING, "outside-area", message, "Maybe its place is wrong.", label, i + 1, value=name)
