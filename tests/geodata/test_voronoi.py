from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import sphere
from geodata.bridges import pieces
from geodata.voronoi import Cells, cell_findings, cells, point_links

Pair = tuple[int, int]
IDS = [f"Z{i}" for i in range(100)]


def _links(found: Cells) -> set[Pair]:
    links = point_links(found)
    return set(zip(links.a.tolist(), links.b.tolist(), strict=True))


def _empty_circle_pairs(lon: np.ndarray, lat: np.ndarray, reach_deg: float) -> tuple[set[Pair], set[Pair]]:
    """Return pairs of points on an empty circle, and those with two such circles centred within reach."""
    directions = sphere.to_xyz_m(lon, lat) / sphere.EARTH_RADIUS_M
    middle = directions.mean(axis=0)
    near: list[Pair] = []
    everything: set[Pair] = set()
    for triple in combinations(range(len(lon)), 3):
        p, q, r = directions[list(triple)]
        axis = np.cross(q - p, r - p)
        axis *= np.sign(axis @ middle) / np.linalg.norm(axis)
        others = np.delete(directions, triple, axis=0)
        if (others @ axis <= axis @ p).all():
            pairs = list(combinations(triple, 2))
            everything |= set(pairs)
            near += pairs if np.degrees(np.arccos(axis @ middle / np.linalg.norm(middle))) < reach_deg else []
    return everything, {pair for pair in near if near.count(pair) == 2}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.0, 50.0, -75.0]), st.sampled_from([10.0, 175.0]))
def test_neighbours_are_those_on_an_empty_circle(seed: int, lat: float, lon: float) -> None:
    """The links are the Delaunay pairs of the sphere itself, at any latitude and across the antimeridian."""
    rng = np.random.default_rng(seed)
    east = (rng.uniform(lon, lon + 10.0, 14) + 180.0) % 360.0 - 180.0
    north = rng.uniform(lat, lat + 5.0, 14)
    found = _links(cells(east, north, _around(lon, lat)))
    everything, inner = _empty_circle_pairs(east, north, 4.0)
    assert inner <= found <= everything


def _around(lon: float, lat: float) -> shapely.Geometry:
    east = shapely.box(lon - 10.0, lat - 7.0, min(lon + 20.0, 180.0), lat + 12.0)
    return east | shapely.box(-180.0, lat - 7.0, lon + 20.0 - 360.0, lat + 12.0) if lon > 160.0 else east


def test_cells_divide_the_area_among_their_points() -> None:
    """Cells cover the area once, and every point lies in its own cell."""
    rng = np.random.default_rng(2)
    lon, lat = rng.uniform(-5.0, 9.0, 60), rng.uniform(42.0, 51.0, 60)
    area = shapely.box(-6.0, 41.0, 10.0, 52.0)
    found = cells(lon, lat, area)
    assert sphere.area_km2(found.polygons).sum() == pytest.approx(sphere.area_km2(np.array([area]))[0], rel=1e-3)
    assert shapely.contains(found.polygons, shapely.points(lon, lat)).all()
    assert not found.outside.any() and (found.first == np.arange(60)).all()


def test_a_grid_of_points_has_rook_neighbours_only() -> None:
    """Cells that meet in a point through rounding are not linked by a hair of border."""
    lon, lat = (axis.ravel() for axis in np.meshgrid(np.arange(5) * 0.1, np.arange(4) * 0.1))
    found = _links(cells(lon, lat))
    grid = np.arange(20).reshape(4, 5)
    sides = {*zip(grid[:, :-1].ravel().tolist(), grid[:, 1:].ravel().tolist(), strict=True)}
    assert found == sides | {*zip(grid[:-1].ravel().tolist(), grid[1:].ravel().tolist(), strict=True)}


def test_the_tips_of_a_horseshoe_are_no_neighbours() -> None:
    """Without an area, points at the fringe are not linked across empty land."""
    angle = np.linspace(0.3, 2.0 * np.pi - 0.3, 40)
    lon, lat = 10.0 + 2.0 * np.cos(angle), 1.0 * np.sin(angle)
    lon = np.concatenate([lon, 10.0 + 2.1 * np.cos(angle)])
    lat = np.concatenate([lat, 1.1 * np.sin(angle)])
    far = {(a, b) for a, b in _links(cells(lon, lat)) if np.hypot(lon[a] - lon[b], lat[a] - lat[b]) > 0.6}
    assert all(np.hypot(lon[a] - 10.0, 2.0 * lat[a]) < 2.5 for a, _ in far)


def test_two_crowds_far_apart_are_two_pieces_but_a_lone_point_belongs() -> None:
    """An archipelago is not linked across the ocean; a single far customer keeps neighbours."""
    rng = np.random.default_rng(4)
    lon = np.concatenate([rng.normal(-120.0, 1.0, 100), rng.normal(-157.0, 0.5, 20), [-112.0]])
    lat = np.concatenate([rng.normal(37.0, 1.0, 100), rng.normal(20.0, 0.5, 20), [37.0]])
    links = point_links(cells(lon, lat))
    found = pieces(121, links.a, links.b)
    assert np.bincount(found).tolist() == [101, 20] and found[120] == 0


def test_a_city_in_open_country_is_one_piece_with_it() -> None:
    """Customers crowded in one city and few around it are all connected, however unequal their distances."""
    rng = np.random.default_rng(6)
    lon = np.concatenate([rng.normal(0.0, 0.02, 200), rng.uniform(-3.0, 3.0, 30)])
    lat = np.concatenate([rng.normal(45.0, 0.02, 200), rng.uniform(43.0, 47.0, 30)])
    links = point_links(cells(lon, lat))
    assert not pieces(230, links.a, links.b).any()


def test_water_between_two_shores_parts_their_points() -> None:
    """Cells end at the area's edge, so a wide water makes no neighbours."""
    lon, lat = [0.2, 0.2, 3.8, 3.8], [0.0, 1.0, 0.0, 1.0]
    land = shapely.box(0, -1, 1, 2) | shapely.box(3, -1, 4, 2)
    assert _links(cells(lon, lat, land)) == {(0, 1), (2, 3)}


def test_points_at_one_place_share_cell_and_neighbours() -> None:
    """A repeated place is linked to itself and to what the first one touches, and is reported."""
    found = cells([0.0, 1.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0])
    assert _links(found) == {(0, 1), (0, 2), (1, 2), (1, 3)}
    assert found.polygons[0].equals(found.polygons[2])
    (finding,) = cell_findings(found, IDS, "points.csv")
    assert (finding.code, finding.value, finding.row) == ("same-place", "Z0, Z2", 3)


def test_a_point_outside_the_area_is_reported_and_keeps_a_cell() -> None:
    """A point in the sea has a cell of its own and a warning with its number."""
    found = cells([0.5, 0.6, 9.0], [0.5, 0.7, 9.0], shapely.box(0, 0, 1, 1))
    (finding,) = cell_findings(found, IDS, "points.csv")
    assert (finding.code, finding.value, finding.row) == ("outside-area", "Z2", 3)
    assert not shapely.is_empty(found.polygons).any()


@pytest.mark.parametrize(
    ("lon", "expected"), [([7.0], set()), ([7.0, 8.0], {(0, 1)}), ([7.0, 8.0, 9.0], {(0, 1), (1, 2)})]
)
def test_one_point_two_points_and_a_row(lon: list[float], expected: set[Pair]) -> None:
    """The smallest cases, which have no triangle, are divided too."""
    found = cells(lon, [50.0] * len(lon))
    assert _links(found) == expected and (sphere.area_km2(found.polygons) > 0.0).all()


def test_points_all_round_the_earth() -> None:
    """Offices on every continent are linked as one piece, though no plane holds the whole earth."""
    lon, lat = np.array([0, 90, 180, -90, 0, 0.0]), np.array([0, 0, 0, 0, 60, -60.0])
    links = point_links(cells(lon, lat))
    assert not pieces(6, links.a, links.b).any()
