"""Shapes as compact text for pages that draw them."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.draw.arcs import Arcs, shared_arcs
from geodata.draw.encode import decode_numbers, encode_numbers
from geodata.draw.packed import packed_shapes

SPECK = shapely.box(10, 50, 10 + 1e-9, 50 + 1e-9)


@pytest.mark.parametrize("shape", [shapely.Point(10, 50), SPECK], ids=["point", "speck"])
def test_units_without_an_area_have_no_arcs(shape: shapely.Geometry) -> None:
    """Scenarios of points, and areas too small for the grid, are drawn too."""
    packed = packed_shapes(np.array([shape, shape], dtype=object), [])
    assert packed["x"] == packed["steps"] == packed["ring_cells"] == ""


@given(st.lists(st.integers(-(2**28), 2**28)))
def test_numbers_come_back(numbers: list[int]) -> None:
    """What is written for the page can be read again, so that parts of it can be told."""
    assert decode_numbers(encode_numbers(numbers)).tolist() == numbers


@given(st.lists(st.integers(0, 4), min_size=25, max_size=25))
def test_shared_borders_are_kept_once_and_rings_close(labels: list[int]) -> None:
    """Any parting of 25 squares, with holes, islands and touching corners, is rebuilt from arcs that nobody repeats."""
    squares = np.array([shapely.box(at % 5, at // 5, at % 5 + 1, at // 5 + 1) for at in range(25)])
    wholes = [shapely.coverage_union_all(squares[np.array(labels) == label]) for label in sorted(set(labels))]
    polygons = np.array(wholes, dtype=object)
    arcs = shared_arcs(polygons, 10)
    sides = Counter(frozenset(side) for arc in corners_of(arcs) for side in pairwise(arc))
    drawn = Counter(frozenset(side) for ring in rings_of(arcs) for side in pairwise(ring))
    assert set(sides) == set(drawn) and set(sides.values()) == {1} and max(drawn.values()) <= 2
    for at, polygon in enumerate(polygons):
        mine = [ring for ring, cell in zip(rings_of(arcs), arcs.cell_of_ring, strict=True) if cell == at]
        assert all(ring[0] == ring[-1] for ring in mine)
        assert abs(sum(signed_area(ring) for ring in mine)) == pytest.approx(100 * polygon.area)
        assert shapely.equals(shapely.MultiLineString(mine), shapely.transform(polygon.boundary, lambda xy: xy * 10))


def corners_of(arcs: Arcs) -> list[list[tuple[int, int]]]:
    """Return the corners of each arc."""
    return [[(x, y) for x, y in part.tolist()] for part in np.split(arcs.corners, np.cumsum(arcs.sizes)[:-1])]


def rings_of(arcs: Arcs) -> list[list[tuple[int, int]]]:
    """Return the corners of each ring, walked as the steps say."""
    lines = corners_of(arcs)
    rings = []
    for steps in np.split(arcs.steps, np.cumsum(arcs.ring_sizes)[:-1]):
        walked = [lines[step // 2][::-1] if step % 2 else lines[step // 2] for step in steps.tolist()]
        assert all(one[-1] == next_one[0] for one, next_one in pairwise(walked))
        rings.append([corner for line in walked for corner in line[:-1]] + [walked[-1][-1]])
    return rings


def signed_area(ring: list[tuple[int, int]]) -> float:
    """Return the area within a ring, below 0 where it is walked the other way round, as holes are."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring)) / 2
