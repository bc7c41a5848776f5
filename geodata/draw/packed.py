"""The shapes of units as compact text for a page that draws them itself."""

import numpy as np
import shapely

from geodata.arrays import GeometryArray
from geodata.draw.arcs import Arcs, shared_arcs
from geodata.draw.encode import PER_DEGREE, encode_numbers
from geodata.draw.shapes import IndexArray, cells


def packed_shapes(geometry: GeometryArray, lon: list[float]) -> dict[str, object]:
    """Return the shapes of units in EPSG:4326, each place once; rows of numbers are written by `encode_numbers`.

    `lon` are longitudes of other things on the map. `per_degree`: grid steps a degree. `x`, `y`, `sizes`: the corners
    of all arcs and how many each has. `steps`, `ring_sizes`, `ring_cells`: arcs of the rings (2 x arc, 1 more where
    walked backwards), how many each has, and its cell. `points`: cells that are points, with `point_x`, `point_y`.
    `cell_of_row`: cell of each unit, -1 for one without a place. `cut`: longitude at which the map is cut open.
    """
    places = cells(geometry, lon)
    areas = np.flatnonzero(places.is_area)
    points = np.flatnonzero(~places.is_area)
    arcs = shared_arcs(places.shapes[areas], PER_DEGREE)
    x, y = np.round(shapely.get_coordinates(shapely.centroid(places.shapes[points])).T * PER_DEGREE)
    return {
        "per_degree": PER_DEGREE,
        "cut": places.cut,
        "n_cells": len(places.shapes),
        **_packed_arcs(arcs, areas),
        "points": encode_numbers(points),
        "point_x": encode_numbers(x),
        "point_y": encode_numbers(y),
        "cell_of_row": encode_numbers(places.of_row),
    }


def _packed_arcs(arcs: Arcs, areas: IndexArray) -> dict[str, object]:
    return {
        "x": encode_numbers(arcs.corners[:, 0]),
        "y": encode_numbers(arcs.corners[:, 1]),
        "sizes": encode_numbers(arcs.sizes),
        "steps": encode_numbers(arcs.steps),
        "ring_sizes": encode_numbers(arcs.ring_sizes),
        "ring_cells": encode_numbers(areas[arcs.cell_of_ring]),
    }
