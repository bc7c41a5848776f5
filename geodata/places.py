"""Which polygon holds a place, and which one is nearest to it."""

import numpy as np
import numpy.typing as npt
import shapely

from geodata.arrays import FloatArray, GeometryArray, IntArray
from geodata.plane import Plane
from geodata.sphere import paired_distance_km, to_xyz_m

NOWHERE = -1
"""Index of a place that no geometry holds."""


def locate(lon: npt.ArrayLike, lat: npt.ArrayLike, geometries: GeometryArray) -> IntArray:
    """Find the polygon that holds each place.

    Parameters
    ----------
    lon, lat : (n,) float
        Degrees; NaN is nowhere.
    geometries : (k,) object
        Valid polygons in longitude and latitude.

    Returns
    -------
    (n,) int32
        Index of the polygon, the lowest one where a place lies on a border or in several; NOWHERE where there is none.
    """
    places = _points(lon, lat)
    place, polygon = shapely.STRtree(geometries).query(places, predicate="intersects")
    found = np.full(len(places), len(geometries), dtype=np.int64)
    np.minimum.at(found, place, polygon)
    return np.where(found < len(geometries), found, NOWHERE).astype(np.int32)


def nearest(lon: npt.ArrayLike, lat: npt.ArrayLike, geometries: GeometryArray) -> tuple[IntArray, FloatArray]:
    """Find the geometry nearest to each place.

    Returns
    -------
    index : (n,) int32
        The nearest polygon or point, the lowest index among equals; NOWHERE for NaN or where there are no geometries.
    gap_km : (n,) float64
        Great-circle distance to it, 0 inside; NaN where index is NOWHERE.
    """
    places = _points(lon, lat)
    index = np.full(len(places), NOWHERE, dtype=np.int32)
    gap_km = np.full(len(places), np.nan)
    corners = shapely.get_coordinates(geometries)
    known = np.flatnonzero(~shapely.is_missing(places))
    if len(corners) == 0 or len(known) == 0:
        return index, gap_km
    plane = Plane.around(corners[:, 0], corners[:, 1])
    shapes = shapely.transform(geometries, plane.project)
    at = shapely.transform(places[known], plane.project)
    place, shape = shapely.STRtree(shapes).query_nearest(at)
    first = np.lexsort((shape, place))[np.unique(np.sort(place), return_index=True)[1]]
    index[known] = shape[first]
    ends = plane.unproject(shapely.get_coordinates(shapely.shortest_line(at, shapes[shape[first]])))
    xyz_m = to_xyz_m(ends[:, 0], ends[:, 1])
    gap_km[known] = paired_distance_km(xyz_m[0::2], xyz_m[1::2])
    return index, gap_km


def _points(lon: npt.ArrayLike, lat: npt.ArrayLike) -> GeometryArray:
    at = np.stack([np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)], axis=-1)
    points = np.full(len(at), None, dtype=object)
    known = np.isfinite(at).all(axis=1)
    points[known] = shapely.points(at[known])
    return points
