import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.places import NOWHERE, locate, nearest
from tests.geodata.drawn import drawn

NAMES, SHAPES = drawn("AAB\nACC\nDD.")


@settings(max_examples=60, deadline=None)
@given(st.floats(-0.5, 3.5), st.floats(6.5, 10.5))
def test_a_place_is_in_the_first_polygon_that_covers_it(lon: float, lat: float) -> None:
    """The tree finds what asking every polygon in order finds."""
    covering = [i for i, shape in enumerate(SHAPES) if shape.covers(shapely.Point(lon, lat))]
    assert locate([lon], [lat], SHAPES)[0] == (covering[0] if covering else NOWHERE)


def test_a_place_on_a_border_goes_to_the_lowest_index() -> None:
    """A place on a corner of three polygons has one owner, the same at every run."""
    assert locate([2.0, 1.0], [9.0, 8.0], SHAPES).tolist() == [NAMES.index("A"), NAMES.index("A")]


def test_what_is_nowhere() -> None:
    """Places outside, missing places and missing polygons are nowhere, not an error."""
    assert locate([2.5, np.nan, 99.0], [7.5, 8.0, 0.0], SHAPES).tolist() == [NOWHERE] * 3
    assert locate([1.0], [1.0], np.array([None])).tolist() == [NOWHERE]
    assert nearest([1.0], [1.0], np.array([None]))[0].tolist() == [NOWHERE]


def test_the_nearest_polygon_and_its_distance() -> None:
    """A place in the water is offered the nearest polygon, measured in kilometres; inside the distance is 0."""
    index, gap_km = nearest([2.5, 0.5, np.nan], [7.8, 9.5, 0.0], SHAPES)
    assert index.tolist() == [NAMES.index("C"), NAMES.index("A"), NOWHERE]
    assert gap_km[0] == pytest.approx(0.2 * 111.195, rel=5e-3) and gap_km[1] == 0.0 and np.isnan(gap_km[2])


def test_nearest_is_measured_on_the_earth_not_on_the_map() -> None:
    """At 70 degrees north two degrees of longitude are shorter than one of latitude."""
    shapes = np.array([shapely.Point(10.0, 71.0), shapely.Point(12.0, 70.0)])
    assert nearest([10.0], [70.0], shapes)[0].tolist() == [1]


def test_nearest_looks_across_the_antimeridian() -> None:
    """A place at 179.9 degrees east is near one at 179.9 degrees west."""
    shapes = np.array([shapely.Point(179.0, 0.0), shapely.Point(-179.9, 0.0)])
    index, gap_km = nearest([179.9], [0.0], shapes)
    assert index.tolist() == [1] and gap_km[0] == pytest.approx(0.2 * 111.195, rel=1e-4)
