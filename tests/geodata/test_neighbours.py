import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.weights import Queen, Rook

from geodata.neighbours import Links, Rule, overlap_findings, polygon_links
from geodata.sphere import length_km
from geodata.voronoi import cells
from tests.geodata.drawn import drawn, pairs

MAP = """
    AABBE
    AACDE
    FFFDD
"""


def test_rook_and_queen_on_a_drawn_map() -> None:
    """Rook takes shared borders, queen shared points too, and nothing else."""
    names, shapes = drawn(MAP)
    rook, queen = polygon_links(shapes, "rook"), polygon_links(shapes, "queen")
    assert pairs(names, rook.a, rook.b) == {"AB", "AC", "AF", "BC", "BD", "BE", "CD", "CF", "DE", "DF"}
    assert pairs(names, queen.a, queen.b) == {*pairs(names, rook.a, rook.b)}


def test_a_shared_corner_has_no_border() -> None:
    """Queen neighbours by a corner alone carry a border of 0 km, which rook leaves out."""
    names, shapes = drawn("AB\nCD")
    queen = polygon_links(shapes, "queen")
    border = dict(
        zip([names[a] + names[b] for a, b in zip(queen.a, queen.b, strict=True)], queen.border_km, strict=True)
    )
    assert border["AD"] == border["BC"] == 0.0 and min(border[p] for p in ("AB", "AC", "BD", "CD")) > 100.0
    assert pairs(names, polygon_links(shapes, "rook").a, polygon_links(shapes, "rook").b) == {"AB", "AC", "BD", "CD"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ABCDEFGH.", min_size=7, max_size=7), min_size=5, max_size=5))
def test_random_drawn_maps_have_the_neighbours_that_are_drawn(rows: list[str]) -> None:
    """Scattered and holed polygons too are linked exactly where their letters touch by a side or a corner."""
    names, shapes = drawn("\n".join(rows))
    sides, corners = [(0, 1), (1, 0)], [(1, 1), (1, -1)]
    rook, queen = polygon_links(shapes, "rook"), polygon_links(shapes, "queen")
    assert pairs(names, rook.a, rook.b) == _side_by_side(rows, sides)
    assert pairs(names, queen.a, queen.b) == _side_by_side(rows, sides + corners)


def _side_by_side(rows: list[str], steps: list[tuple[int, int]]) -> set[str]:
    found = set()
    for y, x in np.ndindex(len(rows), len(rows[0])):
        for down, right in steps:
            if y + down < len(rows) and 0 <= x + right < len(rows[0]):
                found.add("".join(sorted(rows[y][x] + rows[y + down][x + right])))
    return {pair for pair in found if "." not in pair and pair[0] != pair[1]}


@pytest.mark.parametrize("rule", ["rook", "queen"])
def test_crooked_maps_agree_with_libpysal(rule: Rule) -> None:
    """On polygons of many shapes at a high latitude an independent library finds the same neighbours."""
    rng = np.random.default_rng(5)
    shapes = cells(rng.uniform(20.0, 30.0, 300), rng.uniform(55.0, 65.0, 300)).polygons
    links = polygon_links(shapes, rule)
    library = (Rook if rule == "rook" else Queen).from_iterable(list(shapes), silence_warnings=True)
    witness = {(min(i, j), max(i, j)) for i, others in library.neighbors.items() for j in others}
    assert set(zip(links.a.tolist(), links.b.tolist(), strict=True)) == witness


def test_border_lengths_are_kilometres_on_the_sphere() -> None:
    """A degree of a parallel is shorter than a degree of a meridian away from the equator."""
    names, shapes = drawn("A\nB", top=61.0)
    along_parallel = polygon_links(shapes, "rook").border_km[0]
    names, shapes = drawn("AB", top=61.0)
    along_meridian = polygon_links(shapes, "rook").border_km[0]
    assert names == ["A", "B"]
    assert along_meridian == pytest.approx(111.195, rel=1e-4) and along_parallel == pytest.approx(55.6, rel=1e-3)


@pytest.mark.parametrize("left", [178.0, -180.0, 177.0])
def test_neighbours_across_the_antimeridian(left: float) -> None:
    """A map is linked the same wherever it lies, with some polygons cut at the antimeridian."""
    names, here = drawn(MAP)
    there = np.array([_wrapped(shape, left) for shape in here])
    expected, found = polygon_links(here, "queen"), polygon_links(there, "queen")
    assert pairs(names, found.a, found.b) == pairs(names, expected.a, expected.b)
    assert np.allclose(found.border_km, expected.border_km, rtol=1e-6)


def _wrapped(shape: shapely.Geometry, left: float) -> shapely.Geometry:
    moved = shapely.transform(shape, lambda at: at + np.array([left, 0.0]))
    east, west = moved & shapely.box(-180, -90, 180, 90), moved & shapely.box(180, -90, 540, 90)
    parts = [
        *shapely.get_parts(east),
        *shapely.get_parts(shapely.transform(west, lambda at: at - np.array([360.0, 0.0]))),
    ]
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


@pytest.mark.parametrize("noise_m", [0.05, 0.4])
def test_noise_below_a_metre_neither_hides_nor_makes_borders(noise_m: float) -> None:
    """Borders drawn twice with tiny gaps and overlaps are still borders, and corners stay corners."""
    names, shapes = drawn("ABC\nDEF\nGHI")
    rng = np.random.default_rng(3)
    rough = np.array([_rough(shape, noise_m / 111_195.0, rng) for shape in shapes])
    exact, found = polygon_links(shapes, "rook"), polygon_links(rough, "rook")
    assert pairs(names, found.a, found.b) == pairs(names, exact.a, exact.b)


def _rough(square: shapely.Geometry, noise_deg: float, rng: np.random.Generator) -> shapely.Geometry:
    ring = shapely.get_coordinates(shapely.segmentize(square, 0.1))[:-1]
    return shapely.Polygon(ring + rng.uniform(-noise_deg, noise_deg, ring.shape))


def test_a_vertex_on_the_neighbours_edge_splits_no_border() -> None:
    """A long edge is shared with two polygons whose corner lies on it."""
    shapes = np.array([shapely.box(0, 0, 1, 2), shapely.box(1, 0, 2, 1), shapely.box(1, 1, 2, 2)])
    links = polygon_links(shapes, "rook")
    whole = length_km(np.array([shapely.LineString([(1, 0), (1, 2)])]))[0]
    assert links.border_km[:2].sum() == pytest.approx(whole)


def test_overlaps_are_linked_and_reported() -> None:
    """Polygons drawn over each other are neighbours, and the overlap is a warning that names both."""
    shapes = np.array([shapely.box(0, 0, 2, 2), shapely.box(1, 0, 3, 2), shapely.box(3, 0, 4, 2)])
    links = polygon_links(shapes, "rook")
    (finding,) = overlap_findings(links, shapes, ["01", "02", "03"], "a.geojson")
    assert finding.code == "overlap" and finding.value == "01, 02" and "50.0%" in finding.message
    assert set(zip(links.a.tolist(), links.b.tolist(), strict=True)) == {(0, 1), (1, 2)}


def test_points_and_missing_geometries_have_no_neighbours() -> None:
    """What has no border is linked to nothing and disturbs nothing."""
    shapes = np.array([shapely.Point(0.5, 0.5), None, shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    links = polygon_links(shapes, "queen")
    assert (links.a.tolist(), links.b.tolist()) == ([2], [3])
    assert _size(polygon_links(shapes[:1], "rook")) == _size(polygon_links(shapes[:0], "rook")) == 0


def _size(links: Links) -> int:
    return len(links.a)
