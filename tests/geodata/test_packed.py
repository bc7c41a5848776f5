"""Shapes as compact text for pages that draw them."""

import numpy as np
import pytest
import shapely

from geodata.draw.packed import packed_shapes

SPECK = shapely.box(10, 50, 10 + 1e-9, 50 + 1e-9)


@pytest.mark.parametrize("shape", [shapely.Point(10, 50), SPECK], ids=["point", "speck"])
def test_units_without_an_area_have_no_arcs(shape: shapely.Geometry) -> None:
    """Scenarios of points, and areas too small for the grid, are drawn too."""
    packed = packed_shapes(np.array([shape, shape], dtype=object), [])
    assert packed["x"] == packed["steps"] == packed["ring_cells"] == ""
