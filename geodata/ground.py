"""The ground that points divide among them where nobody says how far it goes."""

import numpy as np
import shapely

from geodata.arrays import FloatArray, IntArray

_LONGEST_HULL_EDGE = 3.0
"""Longest edge of the hull, in 90 % quantiles of the distances between neighbouring points."""
_REACH = 2.0
"""Reach of a point, in distances from it or a neighbour to the third nearest."""
_LONE_REACH_M = 1000.0


def ground_of(places_m: FloatArray) -> shapely.Geometry:
    """Return a concave hull of distinct places on a plane, widened by half the usual distance between neighbours."""
    points = shapely.MultiPoint(places_m)
    _, length_m = _edges(places_m)
    if len(length_m) == 0:
        span_m = shapely.length(shapely.LineString(places_m)) if len(places_m) > 1 else 2.0 * _LONE_REACH_M
        return shapely.buffer(shapely.convex_hull(points), span_m / 2.0)
    usual_m = float(np.quantile(length_m, 0.9))
    short_m, long_m = float(length_m.min()), float(length_m.max())
    ratio = (_LONGEST_HULL_EDGE * usual_m - short_m) / max(long_m - short_m, 1e-9)
    hull = shapely.concave_hull(points, ratio=min(max(ratio, 0.0), 1.0))
    return shapely.buffer(hull, usual_m / 2.0)


def reach_m(places_m: FloatArray) -> FloatArray:
    """Return how far from each place its cell may extend, (n,) float64.

    A crowd of points far from all others stays on its own, while a lone point or a town in open country keeps its
    neighbours: what counts is the third nearest point, of the place itself or of any of its neighbours.
    """
    ends, length_m = _edges(places_m)
    if len(length_m) == 0:
        return np.full(len(places_m), np.inf)
    start, end = np.concatenate([ends, ends[:, ::-1]]).T
    length_m = np.tile(length_m, 2)
    order = np.lexsort((length_m, start))
    first = np.searchsorted(start[order], np.arange(len(places_m)))
    degree = np.bincount(start, minlength=len(places_m))
    third_m = length_m[order][first + np.minimum(2, degree - 1)]
    widest_m = third_m.copy()
    np.maximum.at(widest_m, start, third_m[end])
    return _REACH * widest_m


def _edges(places_m: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return the (m, 2) point indices and lengths of the Delaunay edges; none for fewer than three points or a row."""
    triangles = shapely.delaunay_triangles(shapely.MultiPoint(places_m), only_edges=True)
    corners = shapely.get_coordinates(shapely.get_parts(triangles))
    index = {(x, y): i for i, (x, y) in enumerate(places_m.tolist())}
    ends = np.array([index[x, y] for x, y in corners.tolist()], dtype=np.int32).reshape(-1, 2)
    length_m: FloatArray = np.hypot(*(corners[0::2] - corners[1::2]).T)
    return ends, length_m
