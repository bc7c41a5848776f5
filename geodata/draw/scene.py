"""A view made ready to draw: cells, outlines and colours, the same for the HTML map, pictures and the book."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geodata.arrays import GeometryArray
from geodata.draw.outline import Outlines, outlines, touching
from geodata.draw.palette import colours
from geodata.draw.shapes import Cells, IndexArray, cells, unroll
from geodata.draw.view import Alignment, MapView


@dataclass(frozen=True, eq=False)
class Side:
    """One alignment on the map.

    Attributes
    ----------
    alignment : Alignment
        Its tables.
    owner : (n_rows,) intp
        Label of each row of the units, -1 for nobody.
    outlines : Outlines
        One area a label.
    """

    alignment: Alignment
    owner: IndexArray
    outlines: Outlines


@dataclass(frozen=True, eq=False)
class Scene:
    """What is drawn, with its geometry.

    Attributes
    ----------
    view : MapView
        The tables.
    labels : tuple of str
        Codes of the proposed territories, then those of today that are gone.
    colour : list of int
        Index into `palette.TERRITORIES` of each label.
    cells : Cells
        The places.
    proposed, today : Side
        The alignments; today may be None.
    """

    view: MapView
    labels: tuple[str, ...]
    colour: list[int]
    cells: Cells
    proposed: Side
    today: Side | None

    def homes(self, alignment: Alignment) -> npt.NDArray[np.float64]:
        """Return longitude (on the unrolled map), latitude of each territory's home, NaN where there is none."""
        table = alignment.territories
        return np.column_stack([unroll(table["home_lon"], self.cells.cut), table["home_lat"].to_numpy(dtype=float)])

    @property
    def bridges(self) -> list[tuple[float, float, float, float]]:
        """Bridges on the unrolled map: lon_a, lat_a, lon_b, lat_b."""
        ends = np.array(self.view.bridges, dtype=float).reshape(-1, 4)
        ends[:, [0, 2]] = unroll(ends[:, [0, 2]], self.cells.cut)
        return [(west, south, east, north) for west, south, east, north in ends.tolist()]


def scene(view: MapView) -> Scene:
    """Prepare a view for drawing."""
    labels = _labels(view)
    homes = [a.territories["home_lon"].astype(float) for a in (view.proposed, view.today) if a is not None]
    places = cells(view.units.geometry.to_numpy(), np.concatenate(homes))
    proposed, graph = _side(view.proposed, view.units["territory"], labels, places)
    if view.today is None:
        return Scene(view, labels, _colours(view, places, proposed, [*graph.edges]), places, proposed, None)
    today, before = _side(view.today, view.units["current"], labels, places)
    return Scene(view, labels, _colours(view, places, proposed, [*graph.edges, *before.edges]), places, proposed, today)


def unmapped(scene: Scene) -> list[str]:
    """Return the ids of units without a place on the map, in the order given."""
    return list(dict.fromkeys(scene.view.units["unit"][scene.cells.of_row < 0]))


def _labels(view: MapView) -> tuple[str, ...]:
    codes = list(view.proposed.territories["territory"])
    if view.today is not None:
        codes += list(view.today.territories["territory"])
    return tuple(dict.fromkeys(codes))


def _side(
    alignment: Alignment, codes: pd.Series, labels: tuple[str, ...], places: Cells
) -> "tuple[Side, nx.Graph[int]]":
    owner = pd.Index(labels).get_indexer(pd.Index(codes)).astype(np.intp)
    dissolved = outlines(places, owner, len(labels))
    return Side(alignment, owner, dissolved), touching(places, owner, dissolved.areas)


def _colours(view: MapView, places: Cells, side: Side, wishes: list[tuple[int, int]]) -> list[int]:
    """Colour neighbours of the same segment differently first: segments are looked at one at a time."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(side.outlines.areas)))
    segments = view.units["segment"].to_numpy()
    for segment in dict.fromkeys(segments):
        owner = np.where(segments == segment, side.owner, -1)
        areas = outlines(places, owner, graph.number_of_nodes()).areas
        graph.add_edges_from(touching(places, owner, areas).edges)
    return colours(graph, wishes)


def bounds(scene: Scene) -> tuple[float, float, float, float]:
    """Return west, south, east, north of everything drawn; the whole world where nothing is."""
    shown = [scene.cells.shapes]
    for side in (scene.proposed, scene.today):
        if side is not None:
            homes = scene.homes(side.alignment)
            shown.append(_points(homes[np.isfinite(homes).all(axis=1)]))
    places = np.concatenate(shown)
    if len(places) == 0:
        return (-180.0, -60.0, 180.0, 75.0)
    west, south, east, north = shapely.total_bounds(places).tolist()
    return west, south, east, north


def _points(lon_lat: npt.NDArray[np.float64]) -> GeometryArray:
    points: GeometryArray = np.asarray(shapely.points(lon_lat))
    return points
