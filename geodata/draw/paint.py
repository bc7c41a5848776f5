"""A scene painted with matplotlib: areas, seams, outlines, homes and bridges on one pair of axes."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path

from geodata.arrays import BoolArray, GeometryArray
from geodata.draw import palette
from geodata.draw.projection import FlatScene
from geodata.draw.shapes import NOWHERE
from geodata.draw.sheet import INK, SOFT

OUTLINE = "#1f2a36"
SEAM = "#ffffff"
PALE = "#eceff2"
MOST_SEAMS = 4000
"""With more cells their borders would hide the colours."""


def frame(axes: Axes, shapes: Sequence[shapely.Geometry], margin: float) -> None:
    """Show all of some shapes at equal scale, without ticks, with a margin as a share of their size."""
    west, south, east, north = shapely.total_bounds(list(shapes))
    scale = max((east - west) / axes.bbox.width, (north - south) / axes.bbox.height, 1.0) * (1.0 + 2.0 * margin)
    half_width, half_height = scale * axes.bbox.width / 2.0, scale * axes.bbox.height / 2.0
    axes.set_xlim((west + east) / 2.0 - half_width, (west + east) / 2.0 + half_width)
    axes.set_ylim((south + north) / 2.0 - half_height, (south + north) / 2.0 + half_height)
    axes.set_axis_off()


def paint(axes: Axes, flat: FlatScene, only: int | None = None) -> None:
    """Paint what lies inside the frame; with `only`, all territories but this one are pale."""
    fills = [palette.TERRITORIES[colour] for colour in flat.scene.colour]
    drawn = np.flatnonzero(_visible(axes, flat.areas))
    if only is not None:
        fills = [fill if label == only else PALE for label, fill in enumerate(fills)]
        drawn = drawn[np.argsort(drawn == only, kind="stable")]
    cells = np.flatnonzero(_visible(axes, flat.cells))
    areas = cells[flat.scene.cells.is_area[cells]]
    weight = float(np.clip(12.0 / np.sqrt(max(len(drawn), 1)), 0.35, 1.4))
    _fill(axes, flat.cells[np.intersect1d(areas, _held(flat)[0])], [palette.NOBODY])
    _fill(axes, flat.areas[drawn], [fills[label] for label in drawn])
    if len(areas) <= MOST_SEAMS:
        axes.add_collection(LineCollection(_lines(flat.cells[areas]), colors=SEAM, linewidths=0.35))
    shared = flat.cells[np.intersect1d(areas, _held(flat)[1])]
    hatched = PathCollection([_path(cell) for cell in shared], facecolors="none", edgecolors=SOFT, linewidths=0.0)
    hatched.set_hatch("////")
    axes.add_collection(hatched)
    axes.add_collection(LineCollection(_lines(flat.areas[drawn]), colors=OUTLINE, linewidths=weight))
    _paint_points(axes, flat, np.setdiff1d(cells, areas), fills)
    _paint_bridges(axes, flat)


def paint_homes(axes: Axes, flat: FlatScene, size: float) -> None:
    """Paint a diamond of `size` square points at each rep's home."""
    x, y = flat.homes.T
    axes.scatter(x, y, marker="D", s=size, c="white", edgecolors=INK, linewidths=size**0.5 / 5.0, zorder=5)


def paint_legend(axes: Axes, flat: FlatScene) -> None:
    """Explain the signs that are on the map."""
    signs: list[Artist] = [Line2D([], [], color=OUTLINE, linewidth=1.4, label="Border of a territory")]
    if len(flat.homes):
        home = Line2D([], [], linestyle="none", marker="D", markersize=4.5, color="white", markeredgecolor=INK)
        home.set_label("Rep's home")
        signs.append(home)
    if flat.scene.bridges:
        signs.append(Line2D([], [], color=INK, linewidth=1.2, linestyle=(0, (1, 1.5)), label="Bridge: an added link"))
    if len(_held(flat)[1]):
        signs.append(Patch(facecolor="none", edgecolor=SOFT, linewidth=0.0, hatch="////", label="Held by several"))
    axes.legend(handles=signs, loc="lower left", frameon=False, fontsize=7, labelcolor=SOFT, borderaxespad=0.0)


def _visible(axes: Axes, shapes: GeometryArray) -> BoolArray:
    """Return which shapes reach into the frame."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    west, south, east, north = shapely.bounds(shapes).T
    inside: BoolArray = (west <= right) & (east >= left) & (south <= high) & (north >= low)
    return inside


def _held(flat: FlatScene) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the cells that nobody holds, and those that several territories hold."""
    of_row, owner = flat.scene.cells.of_row, flat.scene.proposed.owner
    pairs = np.unique(np.column_stack([of_row, owner])[(of_row != NOWHERE) & (owner >= 0)], axis=0)
    holders = np.bincount(pairs[:, 0], minlength=len(flat.cells))
    return np.flatnonzero(holders == 0), np.flatnonzero(holders > 1)


def _fill(axes: Axes, areas: GeometryArray, colours: list[str]) -> None:
    axes.add_collection(PathCollection([_path(area) for area in areas], facecolors=colours, edgecolors="none"))


def _path(area: shapely.Geometry) -> Path:
    """Return an area with its holes as one path."""
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(area))]
    codes = [np.full(len(ring), Path.LINETO, dtype=Path.code_type) for ring in rings]
    for code in codes:
        code[0], code[-1] = Path.MOVETO, Path.CLOSEPOLY
    return Path(np.concatenate(rings), np.concatenate(codes))


def _lines(areas: GeometryArray) -> list[npt.NDArray[np.float64]]:
    return [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(areas))]


def _paint_points(axes: Axes, flat: FlatScene, points: npt.NDArray[np.intp], fills: list[str]) -> None:
    of_row, owner = flat.scene.cells.of_row, flat.scene.proposed.owner
    rows = np.flatnonzero(np.isin(of_row, points))
    if len(rows) == 0:
        return
    x, y = shapely.get_coordinates(shapely.centroid(flat.cells[of_row[rows]])).T
    size = float(np.clip(45_000.0 / len(rows), 2.0, 60.0))
    fill = [fills[label] if label >= 0 else palette.NOBODY for label in owner[rows]]
    axes.scatter(x, y, s=size, c=fill, edgecolors=OUTLINE, linewidths=min(0.4, size / 60.0), zorder=3)


def _paint_bridges(axes: Axes, flat: FlatScene) -> None:
    for west, south, east, north in flat.scene.bridges:
        x, y = flat.projection.transform([west, east], [south, north])
        axes.plot(x, y, color="white", linewidth=2.6, alpha=0.75, zorder=4)
        axes.plot(x, y, color=INK, linewidth=1.2, linestyle=(0, (1, 1.5)), zorder=4)
