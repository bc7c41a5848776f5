import math

import numpy as np
import pyproj
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata import sphere
from optimizer.problem import EARTH_RADIUS_M

R_KM = sphere.EARTH_RADIUS_M / 1000.0


def test_both_rooms_measure_on_the_same_sphere() -> None:
    """The judge's distances and the map's distances mean the same kilometre."""
    assert sphere.EARTH_RADIUS_M == EARTH_RADIUS_M


@given(st.floats(-179.999, 180.0), st.floats(-89.9, 89.9))
def test_places_come_back_from_the_sphere(lon: float, lat: float) -> None:
    """A place keeps its longitude and latitude through metres and back."""
    back = sphere.to_lonlat(sphere.to_xyz_m([lon], [lat]))[0]
    assert np.allclose(back, [lon, lat], atol=1e-9)


def test_distances_from_a_millimetre_to_the_antipodes() -> None:
    """Neither tiny nor half-round distances lose their accuracy to rounding."""
    millimetre_deg = math.degrees(1e-3 / sphere.EARTH_RADIUS_M)
    a = sphere.to_xyz_m([0.0], [45.0])
    b = sphere.to_xyz_m([0.0, 0.0, 180.0, 0.0], [45.0, 45.0 + millimetre_deg, -45.0, -45.0])
    expected = [0.0, 1e-6, math.pi * R_KM, math.pi / 2 * R_KM]
    assert np.allclose(sphere.distance_km(a, b)[0], expected, rtol=1e-5, atol=0.0)


def test_blocks_of_distances_are_seamless() -> None:
    """Distances measured by blocks equal those measured row by row."""
    rng = np.random.default_rng(1)
    a = sphere.to_xyz_m(rng.uniform(-180, 180, 1501), rng.uniform(-90, 90, 1501))
    b = a[:800]
    table = sphere.distance_km(a, b)
    assert table.shape == (1501, 800) and table.dtype == np.float32
    assert np.allclose(table[-800:].diagonal(), sphere.paired_distance_km(a[-800:], b), rtol=1e-6)


def test_areas_agree_with_a_geodesic_library() -> None:
    """Areas of finely drawn polygons equal PROJ's geodesic areas on the same sphere, at any latitude."""
    geod = pyproj.Geod(a=sphere.EARTH_RADIUS_M, b=sphere.EARTH_RADIUS_M)
    for lat in (0.0, 47.0, -71.0):
        ring = shapely.segmentize(shapely.Point(20.0, lat).buffer(3.0), 0.05)
        witness = abs(geod.geometry_area_perimeter(ring)[0]) / 1e6
        assert math.isclose(sphere.area_km2(np.array([ring]))[0], witness, rel_tol=1e-5)


def test_an_octant_of_the_earth() -> None:
    """The equal-area map gives a region bounded by meridians and the equator its exact area."""
    octant = shapely.box(0.0, 0.0, 90.0, 90.0)
    assert math.isclose(sphere.area_km2(np.array([octant]))[0], math.pi / 2 * R_KM**2, rel_tol=1e-12)


def test_crossing_the_antimeridian_changes_neither_area_nor_centre() -> None:
    """Fiji drawn across, or cut at, the antimeridian measures as it would anywhere else."""
    across = shapely.from_wkt("POLYGON ((179 -18, -179 -18, -179 -16, 179 -16, 179 -18))")
    cut = shapely.MultiPolygon([shapely.box(179, -18, 180, -16), shapely.box(-180, -18, -179, -16)])
    plain = shapely.box(9, -18, 11, -16)
    both = np.array([across, cut, plain])
    assert np.allclose(sphere.area_km2(both), sphere.area_km2(both)[2])
    assert np.allclose(sphere.centroids(both)[:2, 0] % 360.0, 180.0)
    assert np.allclose(sphere.centroids(both)[:, 1], sphere.centroids(both)[2, 1])


def test_antarctica_along_the_edge_of_the_map_keeps_its_area() -> None:
    """A step of a whole turn along the map's edge is no crossing of the antimeridian."""
    cap = shapely.box(-180, -90, 180, -60)
    expected = 2.0 * math.pi * R_KM**2 * (1.0 - math.sin(math.radians(60.0)))
    assert math.isclose(sphere.area_km2(np.array([cap]))[0], expected, rel_tol=1e-12)


def test_what_has_no_area_measures_nothing() -> None:
    """Points are their own centre, and a missing geometry has none."""
    shapes = np.array([shapely.Point(3.0, 4.0), None, shapely.Polygon()])
    assert sphere.area_km2(shapes).tolist() == [0.0, 0.0, 0.0]
    assert np.allclose(sphere.centroids(shapes)[0], [3.0, 4.0])
    assert np.isnan(sphere.centroids(shapes)[1:]).all()
