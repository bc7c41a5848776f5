"""A map book: the whole plan, then one page a territory with its map, its figures and its units."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from geodata.draw import palette
from geodata.draw.labels import Spot, label_spots
from geodata.draw.paint import frame, paint, paint_homes
from geodata.draw.picture import overview, territory_spots
from geodata.draw.projection import FlatScene, flatten
from geodata.draw.scene import scene
from geodata.draw.shapes import NOWHERE
from geodata.draw.sheet import RULE, SOFT, WARN, book_bytes, new_page, sheet, write, write_fitted
from geodata.draw.side_list import draw_index_bar
from geodata.draw.view import MapView

UNIT_ROWS = 36
UNIT_COLUMNS = 2
MARKS = {"kept": "", "moved": "moved", "new": "new"}


def draw_book(view: MapView) -> bytes:
    """Return the book as PDF; the same view gives the same bytes."""
    return book_bytes(_pages(flatten(scene(view))))


def _pages(flat: FlatScene) -> Iterator[Figure]:
    yield overview(flat)
    table = flat.scene.proposed.alignment.territories
    for place in range(len(table)):
        yield _territory_page(flat, place, f"{place + 1} of {len(table)}")


def _territory_page(flat: FlatScene, place: int, number: str) -> Figure:
    row = flat.scene.proposed.alignment.territories.iloc[place]
    label = flat.scene.labels.index(row["territory"])
    rows = np.flatnonzero(flat.scene.proposed.owner == label)
    page = new_page()
    _draw_head(sheet(page, (0.0, 0.87, 1.0, 0.13)), row, palette.TERRITORIES[flat.scene.colour[label]])
    _draw_map(page.add_axes((0.02, 0.06, 0.62, 0.80)), flat, label, rows)
    _draw_loads(sheet(page, (0.66, 0.66, 0.32, 0.20)), flat, row["territory"])
    _draw_units(sheet(page, (0.66, 0.06, 0.32, 0.58)), flat, rows)
    foot = sheet(page, (0.0, 0.0, 1.0, 0.055))
    write_fitted(foot, (24, 18), flat.scene.view.title, 600, size=9, color=SOFT, va="center")
    write(foot, (foot.get_xlim()[1] - 24, 18), number, size=9, color=SOFT, va="center", ha="right")
    return page


def _draw_head(axes: Axes, row: "pd.Series[str]", colour: str) -> None:
    right, top = axes.get_xlim()[1], axes.get_ylim()[1]
    axes.add_patch(Rectangle((24, top - 52), 10, 34, facecolor=colour, edgecolor="none"))
    code, name = row["territory"], row["name"]
    title = f"{name} ({code})" if name and name != code else code
    write_fitted(axes, (42, top - 16), title, 0.45 * right, size=18, weight="bold", va="top")
    write_fitted(axes, (42, top - 42), row["rep"] or "nobody yet", 0.45 * right, size=11, color=SOFT, va="top")
    facts = [
        ("units", _number(row["units"], 0)),
        ("mean distance", _number(row["mean_km"], 1, " km")),
        ("furthest", _number(row["max_km"], 1, " km")),
        ("skill fit", _number(100 * float(row["fit"]), 0, " %")),
        ("moved units", _number(row["moved"], 0)),
    ]
    known = [fact for fact in facts if fact[1]]
    for x, (words, value) in zip(right - 104.0 * np.arange(len(known), 0, -1), known, strict=True):
        write(axes, (x, top - 18), value, size=14, weight="bold", va="top")
        write(axes, (x, top - 38), words, size=8.5, color=SOFT, va="top")
    axes.axhline(6, color=RULE, linewidth=0.8)


def _number(value: object, digits: int, unit: str = "") -> str:
    """Return a figure as text, "" where it is unknown."""
    known = pd.to_numeric(pd.Series([value], dtype=object), errors="coerce").iloc[0]
    return "" if np.isnan(known) else f"{known:,.{digits}f}{unit}"


def _draw_map(axes: Axes, flat: FlatScene, label: int, rows: npt.NDArray[np.intp]) -> None:
    own = np.unique(flat.scene.cells.of_row[rows])
    own = own[own != NOWHERE]
    if len(own) == 0:
        axes.set_axis_off()
        write(axes, (0.5, 0.5), "No unit has a place on the map.", ha="center", color=SOFT, size=12)
        return
    frame(axes, list(flat.cells[own]), margin=0.12)
    paint(axes, flat, only=label)
    paint_homes(axes, flat, size=20.0)
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    near = [spot for spot in territory_spots(flat) if left < spot.x < right and low < spot.y < high]
    others = [spot for spot in near if flat.scene.labels[label] not in spot.words]
    label_spots(axes, [*_unit_spots(flat, rows), *others], flat.homes, size=6.0, bold=False)


def _unit_spots(flat: FlatScene, rows: npt.NDArray[np.intp]) -> list[Spot]:
    units = flat.scene.view.units.iloc[rows]
    places = flat.scene.cells.of_row[rows]
    drawn = places != NOWHERE
    cells = flat.cells[places[drawn]]
    middles = shapely.get_coordinates(shapely.point_on_surface(cells)).tolist()
    rooms = np.sqrt(shapely.area(cells)) / 2.0
    named = zip(middles, rooms.tolist(), units["name"][drawn], units["unit"][drawn], strict=True)
    return [Spot(x, y, room, (name, unit)) for (x, y), room, name, unit in named]


def _draw_loads(axes: Axes, flat: FlatScene, code: str) -> None:
    measures = flat.scene.view.measures
    figures = flat.scene.proposed.alignment.figures([measure.name for measure in measures])
    top, columns = axes.get_ylim()[1], (130.0, 190.0, 205.0)
    for x, words in zip(columns, ("load", "target", "index"), strict=True):
        write(axes, (x, top - 8), words, size=8, color=SOFT, va="top", ha="left" if words == "index" else "right")
    for place, measure in enumerate(measures[:5]):
        y = top - 30.0 - 15.0 * place
        found: Any = figures.loc[(code, measure.name)]
        unit = f", {measure.unit}" if measure.unit else ""
        write_fitted(axes, (0, y), measure.name + unit, 76, size=8.5, va="center")
        write(axes, (columns[0], y), _number(found["load"], 0), size=8.5, va="center", ha="right")
        write(axes, (columns[1], y), _number(found["target"], 0), size=8.5, va="center", ha="right")
        draw_index_bar(axes, (columns[2], y), measure, found["index"], out=found["in_band"] is False)


def _draw_units(axes: Axes, flat: FlatScene, rows: npt.NDArray[np.intp]) -> None:
    width, top = axes.get_xlim()[1] / UNIT_COLUMNS, axes.get_ylim()[1]
    units = flat.scene.view.units.iloc[rows]
    listed = units.iloc[: UNIT_ROWS * UNIT_COLUMNS]
    write(axes, (0, top - 2), f"{len(units):,} units", size=10, weight="bold", va="top")
    step = (top - 30.0) / UNIT_ROWS
    column_rows = max(UNIT_ROWS // 2, -(-len(listed) // UNIT_COLUMNS))
    for place, (unit, name, change) in enumerate(listed[["unit", "name", "change"]].itertuples(index=False)):
        x, y = width * (place // column_rows), top - 26.0 - step * (place % column_rows)
        write_fitted(axes, (x, y), f"{name} ({unit})" if name != unit else unit, width - 42, size=6.5, va="center")
        write(axes, (x + width - 10, y), MARKS[change], size=6, color=WARN, va="center", ha="right")
    if len(units) > len(listed):
        more = f"and {len(units) - len(listed):,} more, all in plan.csv"
        write(axes, (0, 2), more, size=7, color=SOFT, va="center")
