"""Geometry made ready for the screen."""

import numpy as np
import pytest
import shapely

from geodata.draw.encode import PER_DEGREE, encode_shapes
from geodata.draw.outline import outlines
from geodata.draw.shapes import NOWHERE, cells, unroll

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def read_ring(text: str) -> list[tuple[float, float]]:
    """Decode one ring, written apart from the encoder and the page's script."""
    numbers: list[int] = []
    bits = ""
    for sign in text:
        value = SIGNS.index(sign)
        bits = f"{value % 32:05b}" + bits
        if value < 32:
            coded = int(bits, 2)
            numbers.append(-(coded + 1) // 2 if coded % 2 else coded // 2)
            bits = ""
    steps = np.array(numbers).reshape(-1, 2).cumsum(axis=0)
    return [(x, y) for x, y in (steps / PER_DEGREE).tolist()]


def geometries(*shapes: shapely.Geometry | None) -> np.ndarray:
    return np.array(shapes, dtype=object)


def test_encoded_coordinates_come_back_to_a_ten_thousandth_degree() -> None:
    """The page draws the border that was given, on any side of the meridian and the equator."""
    ring = [(-179.99994, -0.00006), (12.3456, 89.9), (200.5, -45.0)]
    assert read_ring(encode_shapes(geometries(shapely.Polygon(ring)))[0]) == [
        (-179.9999, -0.0001),
        (12.3456, 89.9),
        (200.5, -45.0),
    ]


def test_encoded_shapes_keep_parts_and_holes_apart() -> None:
    """Islands, lakes, points and empty places are told apart by the page."""
    lake = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6))
    both = shapely.union(lake, shapely.box(20, 0, 21, 1))
    texts = encode_shapes(geometries(both, shapely.Point(1, 2), shapely.Polygon()))
    assert sorted(part.count(".") for part in texts[0].split("!")) == [0, 1]
    assert read_ring(texts[1]) == [(1.0, 2.0)]
    assert texts[2] == ""


def test_places_used_by_several_rows_are_kept_once() -> None:
    """A split unit is one cell of the map; a unit without a place is none."""
    found = cells(geometries(shapely.box(0, 0, 1, 1), None, shapely.box(0, 0, 1, 1), shapely.Point(3, 3)))
    assert found.of_row.tolist() == [0, NOWHERE, 0, 1]
    assert found.is_area.tolist() == [True, False]


def test_a_map_across_the_antimeridian_is_one_piece() -> None:
    """Alaska's islands lie beside Alaska, not at the other end of the world."""
    found = cells(
        geometries(shapely.box(172, 51, 180, 53), shapely.box(-180, 51, -170, 53), shapely.box(-125, 30, -70, 50))
    )
    west, _, east, _ = shapely.total_bounds(found.shapes)
    assert (west, east) == (-188.0, -70.0)


def test_a_border_that_jumps_the_antimeridian_is_unwound() -> None:
    """A polygon from 179 to -179 is two degrees wide, not 358."""
    found = cells(geometries(shapely.Polygon([(179, 0), (-179, 0), (-179, 2), (179, 2)])))
    assert shapely.area(found.shapes).sum() == pytest.approx(4.0)


def test_the_whole_world_stays_as_it_is() -> None:
    """A polygon from -180 to 180 must not collapse."""
    found = cells(geometries(shapely.box(-180, -60, 180, 60)))
    assert shapely.total_bounds(found.shapes).tolist() == [-180.0, -60.0, 180.0, 60.0]


def test_unrolled_longitudes_differ_by_whole_turns() -> None:
    """Homes and bridges move together with the land."""
    lon = np.array([-180.0, -10.0, 179.5])
    assert unroll(lon, -307.5).tolist() == [-180.0, -10.0, -180.5]


def test_simplified_neighbours_still_share_their_border() -> None:
    """Simplifying opens no gap between cells, so a dissolved territory has no slivers."""
    wave = [(5 + 0.001 * np.sin(y * 40), y) for y in np.linspace(0, 10, 2000)]
    left = shapely.Polygon([(0, 0), *wave, (0, 10)])
    right = shapely.Polygon([*wave, (10, 10), (10, 0)])
    found = cells(geometries(left, right))
    assert shapely.get_num_coordinates(found.shapes).sum() < 1000
    assert shapely.coverage_is_valid(found.shapes)
    whole = outlines(found, np.array([0, 0]), 1)
    assert shapely.get_num_interior_rings(whole.areas[0]) == 0
    assert shapely.area(whole.areas[0]) == pytest.approx(100.0, rel=1e-3)


def test_overlapping_units_are_drawn_all_the_same() -> None:
    """Polygons that are no clean coverage still give cells and one outline."""
    found = cells(geometries(shapely.box(0, 0, 2, 2), shapely.box(1, 0, 3, 2)))
    assert not found.is_coverage
    assert shapely.area(outlines(found, np.array([0, 0]), 1).areas[0]) == pytest.approx(6.0)
