"""A map book: the whole plan, then one page a territory with its map, its figures and its units."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geodata.draw import palette
from geodata.draw.picture import overview
from geodata.draw.projection import FlatScene, flatten
from geodata.draw.scene import scene
from geodata.draw.sheet import SOFT, WARN, book_bytes, new_page, sheet, write, write_fitted
from geodata.draw.territory_page import draw_head, draw_loads, draw_territory_map
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
    draw_head(sheet(page, (0.0, 0.87, 1.0, 0.13)), row, palette.TERRITORIES[flat.scene.colour[label]])
    draw_territory_map(page.add_axes((0.02, 0.06, 0.62, 0.80)), flat, label, rows)
    draw_loads(sheet(page, (0.66, 0.66, 0.32, 0.20)), flat, row["territory"])
    _draw_units(sheet(page, (0.66, 0.06, 0.32, 0.58)), flat, rows)
    foot = sheet(page, (0.0, 0.0, 1.0, 0.055))
    write_fitted(foot, (24, 18), flat.scene.view.title, 600, size=9, color=SOFT, va="center")
    write(foot, (foot.get_xlim()[1] - 24, 18), number, size=9, color=SOFT, va="center", ha="right")
    return page


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
