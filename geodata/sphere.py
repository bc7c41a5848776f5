"""Distances, areas and centroids on the sphere, valid at any place and extent.

Areas and centroids use Lambert's cylindrical equal-area map (longitude, sine of latitude), which keeps the area of
every region on the sphere exactly, so no region needs a projection of its own (Snyder, Map Projections: A Working
Manual, 1987, section 10).
"""

import numpy as np
import numpy.typing as npt
import shapely

from geodata.antimeridian import unwrap
from geodata.arrays import FloatArray, GeometryArray, SingleArray

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth (IUGG, R1), the sphere on which everything is measured."""

_PAIRS_A_BLOCK = 1_000_000


def to_xyz_m(lon: npt.ArrayLike, lat: npt.ArrayLike) -> FloatArray:
    """Place points on the sphere.

    Parameters
    ----------
    lon, lat : (n,) float
        Degrees.

    Returns
    -------
    (n, 3) float64
        Earth-centred coordinates in metres.
    """
    east = np.radians(np.asarray(lon, dtype=np.float64))
    north = np.radians(np.asarray(lat, dtype=np.float64))
    level = np.cos(north)
    return EARTH_RADIUS_M * np.stack([level * np.cos(east), level * np.sin(east), np.sin(north)], axis=-1)


def to_lonlat(xyz: FloatArray) -> FloatArray:
    """Return the (n, 2) longitudes and latitudes in degrees of (n, 3) directions of any length."""
    x, y, z = xyz[..., 0], xyz[..., 1], xyz[..., 2]
    lonlat: FloatArray = np.degrees(np.stack([np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))], axis=-1))
    return lonlat


def distance_km(xyz_a_m: FloatArray, xyz_b_m: FloatArray) -> SingleArray:
    """Measure great-circle distances between all pairs, by blocks of rows.

    Differences of coordinates are taken before squaring, so that two places a millimetre apart are measured as well
    as two places a continent apart.

    Parameters
    ----------
    xyz_a_m : (n, 3) float64
    xyz_b_m : (k, 3) float64
        Places on the sphere in metres.

    Returns
    -------
    (n, k) float32
        Kilometres.
    """
    out = np.empty((len(xyz_a_m), len(xyz_b_m)), dtype=np.float32)
    rows = max(1, _PAIRS_A_BLOCK // max(1, len(xyz_b_m)))
    for start in range(0, len(xyz_a_m), rows):
        block = xyz_a_m[start : start + rows]
        square = np.zeros((len(block), len(xyz_b_m)))
        for axis in range(3):
            difference = block[:, axis, None] - xyz_b_m[None, :, axis]
            square += np.square(difference, out=difference)
        out[start : start + rows] = _arc_km(np.sqrt(square, out=square))
    return out


def paired_distance_km(xyz_a_m: FloatArray, xyz_b_m: FloatArray) -> FloatArray:
    """Measure great-circle distances row by row, (n,) float64 kilometres."""
    return _arc_km(np.sqrt(np.square(xyz_a_m - xyz_b_m).sum(axis=-1)))


def length_km(lines: GeometryArray) -> FloatArray:
    """Measure lines in longitude and latitude along great circles between their vertices, (n,) float64 km."""
    places, owner = shapely.get_coordinates(lines, return_index=True)
    xyz_m = to_xyz_m(places[:, 0], places[:, 1])
    within = owner[1:] == owner[:-1]
    steps_km = np.where(within, paired_distance_km(xyz_m[1:], xyz_m[:-1]), 0.0)
    return np.bincount(owner[1:], weights=steps_km, minlength=len(lines)).astype(np.float64)


def area_km2(geometries: GeometryArray) -> FloatArray:
    """Measure areas of polygons in longitude and latitude, (n,) float64 km2; 0 for points and None.

    Edges are straight in the equal-area map, which is what data with short edges means.
    """
    return np.nan_to_num(shapely.area(_equal_area(geometries))) * (EARTH_RADIUS_M / 1000.0) ** 2


def centroids(geometries: GeometryArray) -> FloatArray:
    """Return the centres of area, (n, 2) float64 degrees; points are their own; NaN for None and empty geometries."""
    centre = np.array(shapely.centroid(_equal_area(geometries)), dtype=object)
    centre[shapely.is_empty(centre)] = None
    lon = np.degrees(shapely.get_x(centre))
    lat = np.degrees(np.arcsin(np.clip(shapely.get_y(centre), -1.0, 1.0)))
    return np.stack([(lon + 180.0) % 360.0 - 180.0, lat], axis=-1)


def _arc_km(chord_m: FloatArray) -> FloatArray:
    half = np.minimum(chord_m / (2.0 * EARTH_RADIUS_M), 1.0)
    arc: FloatArray = np.arcsin(half) * (2.0 * EARTH_RADIUS_M / 1000.0)
    return arc


def _equal_area(geometries: GeometryArray) -> GeometryArray:
    def to_map(places: FloatArray) -> FloatArray:
        radians = np.radians(places)
        return np.stack([radians[:, 0], np.sin(radians[:, 1])], axis=-1)

    mapped: GeometryArray = shapely.transform(unwrap(geometries), to_map)
    return mapped
