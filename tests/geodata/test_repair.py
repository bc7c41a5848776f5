import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.findings import Level
from geodata.repair import LARGEST_CHANGE, repair
from geodata.sphere import area_km2

BOW_TIE = "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))"
SMALL_LOOP = "POLYGON ((0 0, 10 0, 10 10, 5 10, 5.2 10.2, 5.2 10, 5 10.2, 0 10, 0 0))"
SPIKE = "POLYGON ((0 0, 4 0, 4 4, 2 4, 2 9, 2 4, 0 4, 0 0))"
LINE_LIKE = "POLYGON ((0 0, 1 0, 2 0, 0 0))"


def test_valid_shapes_come_back_untouched() -> None:
    """Nothing is changed, and nothing said, where nothing is wrong."""
    shapes = np.array([shapely.box(0, 0, 1, 1), shapely.Point(3, 4), None])
    out, findings = repair(shapes, ["1", "2", "3"], "a.geojson")
    assert out.tolist() == shapes.tolist() and findings == ()


@pytest.mark.parametrize("wkt", [SPIKE, SMALL_LOOP])
def test_small_faults_are_repaired_and_named(wkt: str) -> None:
    """A spike or a tiny loop is taken away, and the warning names unit, place and change in area."""
    out, (finding,) = repair(np.array([None, shapely.from_wkt(wkt)]), ["01", "02"], "a.geojson")
    assert out[1].is_valid and (finding.code, finding.level, finding.row) == ("polygon-repaired", Level.WARNING, 2)
    assert "unit 02" in finding.message and "%" in finding.message and finding.hint.startswith("Maybe")


@pytest.mark.parametrize("wkt", [BOW_TIE, LINE_LIKE])
def test_what_a_repair_would_change_is_refused(wkt: str) -> None:
    """A polygon whose area is anybody's guess is an error, not a guess of ours."""
    out, (finding,) = repair(np.array([shapely.from_wkt(wkt)]), ["007"], "a.geojson")
    assert out[0] is None and (finding.code, finding.level, finding.row) == ("polygon-refused", Level.ERROR, 1)
    assert "007" in finding.message and finding.hint.startswith("Maybe")


@pytest.mark.parametrize(
    "wkt",
    [
        "LINESTRING (0 0, 1 1)",
        "MULTIPOINT (0 0, 1 1)",
        "GEOMETRYCOLLECTION (POINT (0 0), POLYGON ((0 0, 1 0, 1 1, 0 0)))",
        "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
    ],
)
def test_lines_and_mixtures_are_no_units(wkt: str) -> None:
    """Only points and polygons can be units; anything else is named with its kind."""
    out, (finding,) = repair(np.array([shapely.from_wkt(wkt)]), ["A"], "a.geojson")
    assert out[0] is None and finding.code == "unsupported-geometry"
    assert finding.value.upper() == wkt.split(" ", maxsplit=1)[0]


def test_a_multipoint_of_one_is_a_point() -> None:
    """Shapefiles of single points in multipoints are read as points."""
    out, findings = repair(np.array([shapely.MultiPoint([(1, 2)])]), ["A"], "a.shp")
    assert out[0] == shapely.Point(1, 2) and findings == ()


def test_a_polygon_across_the_antimeridian_is_cut_there() -> None:
    """A ring that steps from 179 to -179 covers two degrees of longitude, not 358."""
    across = shapely.from_wkt("POLYGON ((179 -18, -179 -18, -179 -16, 179 -16, 179 -18))")
    out, (finding,) = repair(np.array([across]), ["Fiji"], "a.geojson")
    assert finding.code == "antimeridian-crossing" and finding.level is Level.NOTE
    assert out[0].equals(shapely.MultiPolygon([shapely.box(179, -18, 180, -16), shapely.box(-180, -18, -179, -16)]))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=3, max_size=9))
def test_any_ring_is_valid_nearly_unchanged_or_refused(ring: list[tuple[int, int]]) -> None:
    """Whatever a ring does, the result is valid and nearly as large, or there is an error."""
    before = np.array([shapely.Polygon(ring)])
    out, findings = repair(before, ["x"], "a")
    if out[0] is None:
        assert [finding.code for finding in findings] == ["polygon-refused"]
    else:
        assert out[0].is_valid and not out[0].is_empty
        assert abs(area_km2(out)[0] / area_km2(before)[0] - 1.0) <= LARGEST_CHANGE
