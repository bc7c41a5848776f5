"""Territories as areas: dissolved outlines, who touches whom, and where a label stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np
import numpy.typing as npt
import shapely

from geodata.arrays import GeometryArray
from geodata.draw.shapes import NOWHERE, Cells, IndexArray


@dataclass(frozen=True, eq=False)
class Outlines:
    """The area of each territory of one alignment.

    Attributes
    ----------
    areas : (n_territories,) geometries
        Dissolved cells; an empty polygon where a territory holds no polygon.
    anchors : (n_territories, 3) float64
        Longitude, latitude and room (radius in degrees, 0 for points) of a label; NaN where nothing is on the map.
    """

    areas: GeometryArray
    anchors: npt.NDArray[np.float64]


def outlines(cells: Cells, owner: IndexArray, n_territories: int) -> Outlines:
    """Dissolve the cells by territory.

    `owner` is the territory of each row of the units (-1: nobody); a cell that several territories hold belongs to the
    area of each.
    """
    pairs = np.unique(np.column_stack([owner, cells.of_row])[(owner >= 0) & (cells.of_row != NOWHERE)], axis=0)
    start = np.searchsorted(pairs[:, 0], np.arange(n_territories + 1))
    members = [pairs[a:b, 1] for a, b in pairwise(start)]
    areas = np.array([_dissolved(cells, cell) for cell in members], dtype=object)
    anchors = np.array([_anchor(area, cells.shapes[cell]) for area, cell in zip(areas, members, strict=True)])
    return Outlines(areas, anchors.reshape(n_territories, 3))


def touching(cells: Cells, owner: IndexArray, areas: GeometryArray) -> "nx.Graph[int]":
    """Return the graph of territories (0 .. n - 1) that share a border or are next to each other as points."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(areas)))
    left, right = shapely.STRtree(areas).query(areas, predicate="intersects")
    graph.add_edges_from((int(a), int(b)) for a, b in zip(left, right, strict=True) if a < b)
    graph.add_edges_from(_close_points(cells, owner))
    return graph


def _dissolved(cells: Cells, members: IndexArray) -> shapely.Geometry:
    polygons = cells.shapes[members[cells.is_area[members]]]
    if len(polygons) == 0:
        return shapely.Polygon()
    return shapely.coverage_union_all(polygons) if cells.is_coverage else shapely.union_all(polygons)


def _anchor(area: shapely.Geometry, shapes: GeometryArray) -> npt.NDArray[np.float64]:
    """Return the middle of the largest part, or the point nearest to the middle of the points."""
    if not shapely.is_empty(area):
        largest = max(shapely.get_parts(area), key=lambda part: part.area)
        size = float(np.sqrt(largest.area))
        radius = shapely.maximum_inscribed_circle(largest, tolerance=size / 50.0)
        return np.append(shapely.get_coordinates(radius)[0], radius.length)
    if len(shapes) == 0:
        return np.full(3, np.nan)
    xy = shapely.get_coordinates(shapely.centroid(shapes))
    return np.append(xy[np.argmin(((xy - np.median(xy, axis=0)) ** 2).sum(axis=1))], 0.0)


def _close_points(cells: Cells, owner: IndexArray) -> Sequence[tuple[int, int]]:
    """Return pairs of territories whose points are neighbours in the Delaunay triangulation."""
    drawn = np.flatnonzero((cells.of_row != NOWHERE) & (owner >= 0))
    rows = drawn[~cells.is_area[cells.of_row[drawn]]]
    if len(rows) < 3:
        return []
    xy = shapely.get_coordinates(shapely.centroid(cells.shapes[cells.of_row[rows]]))
    owner_at = {(x, y): int(k) for (x, y), k in zip(xy.tolist(), owner[rows], strict=True)}
    triangles = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(xy)))
    corners = shapely.get_coordinates(triangles).reshape(-1, 4, 2)
    label = np.array([[owner_at[x, y] for x, y in corner] for corner in corners.tolist()]).reshape(-1, 4)
    edges = np.concatenate([label[:, i : i + 2] for i in range(3)])
    pairs = np.unique(np.sort(edges[edges[:, 0] != edges[:, 1]], axis=1), axis=0)
    return [(int(a), int(b)) for a, b in pairs]
