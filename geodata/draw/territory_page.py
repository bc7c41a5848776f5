"""What pages about one territory have in common: its head, its map, and its loads."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from geodata.draw.labels import Spot, label_spots
from geodata.draw.paint import frame, paint, paint_homes
from geodata.draw.picture import territory_spots
from geodata.draw.projection import FlatScene
from geodata.draw.shapes import NOWHERE
from geodata.draw.sheet import RULE, SOFT, write, write_fitted
from geodata.draw.side_list import draw_index_bar


def draw_head(axes: Axes, row: "pd.Series[str]", colour: str) -> None:
    """Draw a territory's colour, name, rep and figures."""
    right, top = axes.get_xlim()[1], axes.get_ylim()[1]
    axes.add_patch(Rectangle((24, top - 52), 10, 34, facecolor=colour, edgecolor="none"))
    code, name = row["territory"], row["name"]
    title = f"{name} ({code})" if name and name != code else code
    write_fitted(axes, (42, top - 16), title, 0.45 * right, size=18, weight="bold", va="top")
    write_fitted(axes, (42, top - 42), row["rep"] or "nobody yet", 0.45 * right, size=11, color=SOFT, va="top")
    facts = [
        ("units", number(row["units"], 0)),
        ("mean distance", number(row["mean_km"], 1, " km")),
        ("furthest", number(row["max_km"], 1, " km")),
        ("skill fit", number(100 * float(row["fit"]), 0, " %")),
        ("moved units", number(row["moved"], 0)),
    ]
    known = [fact for fact in facts if fact[1]]
    for x, (words, value) in zip(right - 104.0 * np.arange(len(known), 0, -1), known, strict=True):
        write(axes, (x, top - 18), value, size=14, weight="bold", va="top")
        write(axes, (x, top - 38), words, size=8.5, color=SOFT, va="top")
    axes.axhline(6, color=RULE, linewidth=0.8)


def number(value: object, digits: int, unit: str = "") -> str:
    """Return a figure as text, "" where it is unknown."""
    known = pd.to_numeric(pd.Series([value], dtype=object), errors="coerce").iloc[0]
    return "" if np.isnan(known) else f"{known:,.{digits}f}{unit}"


def draw_territory_map(axes: Axes, flat: FlatScene, label: int, rows: npt.NDArray[np.intp]) -> None:
    """Draw one territory with the names of its units, all others pale; `rows` are its rows of the units."""
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


def draw_loads(axes: Axes, flat: FlatScene, code: str) -> None:
    """Draw a territory's loads against their targets."""
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
        write(axes, (columns[0], y), number(found["load"], 0), size=8.5, va="center", ha="right")
        write(axes, (columns[1], y), number(found["target"], 0), size=8.5, va="center", ha="right")
        draw_index_bar(axes, (columns[2], y), measure, found["index"], out=found["in_band"] is False)
