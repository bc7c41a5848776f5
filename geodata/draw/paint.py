"""A scene painted with matplotlib: areas, seams, outlines, labels, homes and bridges on one pair of axes."""

from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from geodata.arrays import GeometryArray
from geodata.draw import palette
from geodata.draw.projection import FlatScene
from geodata.draw.shapes import NOWHERE
from geodata.draw.text import clean

INK = "#18212c"
SOFT = "#55606e"
RULE = "#d9dee4"
OUTLINE = "#1f2a36"
SEAM = "#ffffff"
MOST_SEAMS = 4000
"""With more cells their borders would hide the colours."""


def paint(axes: Axes, flat: FlatScene, *, faded: frozenset[int] = frozenset()) -> None:
    """Paint areas, seams and outlines; the labels in `faded` lose their colour."""
    colours = [
        palette.NOBODY if label in faded else palette.TERRITORIES[c] for label, c in enumerate(flat.scene.colour)
    ]
    drawn = np.flatnonzero(~shapely.is_empty(flat.areas))
    paths = [_path(area) for area in flat.areas[drawn]]
    weight = float(np.clip(12.0 / np.sqrt(max(len(drawn), 1)), 0.35, 1.4))
    _paint_nobody(axes, flat)
    axes.add_collection(PathCollection(paths, facecolors=[colours[k] for k in drawn], edgecolors="none"))
    polygons = flat.cells[flat.scene.cells.is_area]
    if len(polygons) <= MOST_SEAMS:
        axes.add_collection(LineCollection(_lines(polygons), colors=SEAM, linewidths=0.35))
    _paint_shared(axes, flat)
    axes.add_collection(LineCollection(_lines(flat.areas[drawn]), colors=OUTLINE, linewidths=weight))
    _paint_points(axes, flat, colours)
    _paint_bridges(axes, flat)


def paint_homes(axes: Axes, flat: FlatScene, size: float) -> None:
    """Paint a diamond of `size` square points at each rep's home."""
    x, y = flat.homes.T
    axes.scatter(x, y, marker="D", s=size, c="white", edgecolors=INK, linewidths=size**0.5 / 5.0, zorder=5)


def frame(axes: Axes, box: tuple[float, float, float, float], margin: float = 0.02) -> None:
    """Show a box in metres, at equal scale, without ticks; the rest of the axes shows what lies around it."""
    west, south, east, north = box
    scale = max((east - west) / axes.bbox.width, (north - south) / axes.bbox.height, 1.0) * (1.0 + 2.0 * margin)
    half_width, half_height = scale * axes.bbox.width / 2.0, scale * axes.bbox.height / 2.0
    axes.set_xlim((west + east) / 2.0 - half_width, (west + east) / 2.0 + half_width)
    axes.set_ylim((south + north) / 2.0 - half_height, (south + north) / 2.0 + half_height)
    axes.set_axis_off()


def label_territories(axes: Axes, flat: FlatScene, font_pt: float) -> None:
    """Write names, else codes, where they fit inside their territory and over no other label or home."""
    per_pt = _metres_per_point(axes)
    table = flat.scene.proposed.alignment.territories
    taken = [_box(home, 4.0 * per_pt, 4.0 * per_pt) for home in flat.homes]
    for code, name in zip(table["territory"], table["name"], strict=True):
        x, y, room = flat.anchors[flat.scene.labels.index(code)]
        room = room or 20.0 * per_pt
        for words, down in product(dict.fromkeys((clean(name), clean(code))), (0.0, 1.5, -1.5)):
            half = (len(words) * 0.36 * font_pt + 1.5) * per_pt
            middle = np.array([x, y - down * font_pt * per_pt])
            box = _box(middle, half, 0.65 * font_pt * per_pt)
            if half <= room * 1.25 and abs(down * font_pt * per_pt) < room and not any(map(box.overlaps, taken)):
                taken.append(box)
                pill = {"boxstyle": "round,pad=0.12", "facecolor": "white", "alpha": 0.75, "linewidth": 0}
                write(axes, tuple(middle), words, size=font_pt, weight="bold", ha="center", va="center", bbox=pill)
                break


def paint_legend(axes: Axes, flat: FlatScene) -> None:
    """Explain the signs that are on the map."""
    signs = [Line2D([], [], color=OUTLINE, linewidth=1.4, label="Border of a territory")]
    if len(flat.homes):
        home = Line2D([], [], linestyle="none", marker="D", markersize=4.5, color="white", markeredgecolor=INK)
        home.set_label("Rep's home")
        signs.append(home)
    if flat.scene.bridges:
        signs.append(Line2D([], [], color=INK, linewidth=1.2, linestyle=(0, (1, 1.5)), label="Bridge: an added link"))
    axes.legend(handles=signs, loc="lower left", frameon=False, fontsize=7, labelcolor=SOFT, borderaxespad=0.0)


def _metres_per_point(axes: Axes) -> float:
    figure = axes.get_figure(root=True)
    assert figure is not None
    left, right = axes.get_xlim()
    return (right - left) / (axes.bbox.width * 72.0 / figure.dpi)


def _box(middle: npt.NDArray[np.float64], half_width: float, half_height: float) -> Bbox:
    x, y = middle
    return Bbox([[x - half_width, y - half_height], [x + half_width, y + half_height]])


def write(axes: Axes, at: tuple[float, float], words: str, **style: Any) -> Text:
    """Write text at a place in data units; no sign of it is read as mathematics."""
    return axes.text(*at, clean(words), **{"color": INK, "parse_math": False, "zorder": 6, **style})


def write_fitted(axes: Axes, at: tuple[float, float], words: str, room: float, *, size: float, **style: Any) -> None:
    """Write text of `size` points into `room` points: smaller where it is long, and cut where that does not do."""
    wide = 0.64 if style.get("weight") == "bold" else 0.56
    fitting = max(0.65 * size, min(size, room / (wide * max(len(words), 1))))
    most = max(int(room / (wide * fitting)), 2)
    shown = words if len(words) <= most else words[: most - 1] + "…"
    write(axes, at, shown, size=fitting, **style)


def _path(area: shapely.Geometry) -> Path:
    """Return an area with its holes as one path."""
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(area))]
    codes = [np.full(len(ring), Path.LINETO, dtype=Path.code_type) for ring in rings]
    for code in codes:
        code[0], code[-1] = Path.MOVETO, Path.CLOSEPOLY
    return Path(np.concatenate(rings), np.concatenate(codes))


def _lines(areas: GeometryArray) -> list[npt.NDArray[np.float64]]:
    return [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(areas))]


def _paint_shared(axes: Axes, flat: FlatScene) -> None:
    """Hatch cells that several territories hold: one colour alone would be wrong."""
    cells, owner = flat.scene.cells, flat.scene.proposed.owner
    pairs = np.unique(np.column_stack([cells.of_row, owner])[(cells.of_row != NOWHERE) & (owner >= 0)], axis=0)
    several = np.flatnonzero(np.bincount(pairs[:, 0], minlength=len(flat.cells)) > 1)
    paths = [_path(cell) for cell in flat.cells[several[cells.is_area[several]]]]
    axes.add_collection(PathCollection(paths, facecolors="none", edgecolors=SOFT, hatch="////", linewidths=0.0))


def _paint_points(axes: Axes, flat: FlatScene, colours: list[str]) -> None:
    cells, owner = flat.scene.cells, flat.scene.proposed.owner
    rows = np.flatnonzero(cells.of_row != NOWHERE)
    rows = rows[~cells.is_area[cells.of_row[rows]]]
    if len(rows) == 0:
        return
    x, y = shapely.get_coordinates(shapely.centroid(flat.cells[cells.of_row[rows]])).T
    size = float(np.clip(20_000.0 / len(rows), 1.0, 40.0))
    fill = [colours[label] if label >= 0 else palette.NOBODY for label in owner[rows]]
    axes.scatter(x, y, s=size, c=fill, edgecolors=OUTLINE, linewidths=min(0.4, size / 30.0), zorder=3)


def _paint_bridges(axes: Axes, flat: FlatScene) -> None:
    for west, south, east, north in flat.scene.bridges:
        x, y = flat.projection.transform([west, east], [south, north])
        axes.plot(x, y, color="white", linewidth=2.6, alpha=0.75, zorder=4)
        axes.plot(x, y, color=INK, linewidth=1.2, linestyle=(0, (1, 1.5)), zorder=4)


def _paint_nobody(axes: Axes, flat: FlatScene) -> None:
    cells, owner = flat.scene.cells, flat.scene.proposed.owner
    free = np.unique(cells.of_row[(owner < 0) & (cells.of_row != NOWHERE)])
    paths = [_path(cell) for cell in flat.cells[free[cells.is_area[free]]]]
    axes.add_collection(PathCollection(paths, facecolors=palette.NOBODY, edgecolors="none"))
