"""From the units' geometry to what is drawn: one piece of map, simplified, with the territories' outlines."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geodata.antimeridian import unwrap
from geodata.arrays import GeometryArray

IndexArray = npt.NDArray[np.intp]

NOWHERE = -1
"""In `Cells.of_row`: the row has no geometry."""
DETAIL = 6000
"""Steps of the simplified coordinates across the map: three screens of pixels, so that zooming in still looks right."""


@dataclass(frozen=True, eq=False)
class Cells:
    """The different places of the units.

    Attributes
    ----------
    shapes : (n_cells,) geometries
        Polygons or points, each once, longitudes continuous (they may leave -180..180).
    of_row : (n_rows,) intp
        Cell of each row of the units, or NOWHERE.
    cut : float
        Longitude at which the map was cut open; see `unroll`.
    is_area : (n_cells,) bool
        Which cells are polygons.
    is_coverage : bool
        Whether the polygons meet exactly at their borders.
    """

    shapes: GeometryArray
    of_row: IndexArray
    cut: float
    is_area: npt.NDArray[np.bool_]
    is_coverage: bool


def cells(geometry: GeometryArray, extra_lon: npt.ArrayLike = ()) -> Cells:
    """Return the different shapes among `geometry` (EPSG:4326), unrolled and simplified.

    `extra_lon` are longitudes of other things drawn; they only help to find the cut.
    """
    places = np.flatnonzero(~(shapely.is_missing(geometry) | shapely.is_empty(geometry)))
    _, first, inverse = np.unique(shapely.to_wkb(geometry[places]), return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    of_row = np.full(len(geometry), NOWHERE, dtype=np.intp)
    of_row[places] = rank[inverse]
    unique = unwrap(geometry[places][first[order]])
    lon = np.concatenate([shapely.get_coordinates(unique)[:, 0], np.asarray(extra_lon, dtype=float)])
    cut = widest_gap(lon)
    shapes = _unrolled(unique, cut)
    is_area = shapely.get_dimensions(shapes) == 2
    is_coverage = bool(shapely.coverage_is_valid(shapes[is_area]))
    shapes[is_area] = _simplified(shapes[is_area], is_coverage)
    return Cells(shapes, of_row, cut, is_area, is_coverage)


def unroll(lon: npt.ArrayLike, cut: float) -> npt.NDArray[np.float64]:
    """Return longitudes shifted by whole turns into cut .. cut + 360, so that the map is one piece."""
    values = np.asarray(lon, dtype=np.float64)
    return values - 360.0 * np.floor((values - cut) / 360.0)


def widest_gap(lon: npt.NDArray[np.float64]) -> float:
    """Return the longitude west of the data: -180 unless the widest empty stretch lies elsewhere."""
    turns = np.unique(np.mod(lon[np.isfinite(lon)] + 180.0, 360.0))
    if len(turns) == 0:
        return -180.0
    gaps = np.diff(turns, append=turns[0] + 360.0)
    widest = int(np.argmax(gaps))
    if widest == len(turns) - 1:
        return -180.0
    middle = float(turns[widest] + gaps[widest] / 2.0) - 180.0
    return middle - 360.0 if middle > 0 else middle


def _unrolled(shapes: GeometryArray, cut: float) -> GeometryArray:
    """Shift each part as a whole, so that a part that touches the cut stays one piece."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    west = shapely.bounds(parts)[:, 0]
    shift = unroll(west, cut) - west
    if not shift.any():
        return shapes
    xy, index = shapely.get_coordinates(parts, return_index=True)
    moved = shapely.set_coordinates(parts.copy(), xy + np.column_stack([shift[index], np.zeros(len(xy))]))
    split = np.flatnonzero(np.bincount(owner, weights=shift != 0, minlength=len(shapes)))
    result = shapes.copy()
    for shape in split:
        result[shape] = shapely.union_all(moved[owner == shape])
    return result


def _simplified(polygons: GeometryArray, is_coverage: bool) -> GeometryArray:
    """Drop what no screen shows; neighbours keep a common border wherever they share one."""
    if len(polygons) == 0:
        return polygons
    small = float(np.quantile(np.sqrt(shapely.area(polygons)), 0.1))
    size = np.ptp(shapely.total_bounds(polygons).reshape(2, 2), axis=0).max()
    tolerance = min(float(size) / DETAIL, small / 20.0)
    if is_coverage:
        simple: GeometryArray = shapely.coverage_simplify(polygons, tolerance)
    else:
        simple = shapely.simplify(polygons, tolerance / 2.0)
    return simple
