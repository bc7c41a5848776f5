"""The plan as a picture for a slide: PNG, SVG or PDF, the same bytes for the same view."""

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geodata.draw.labels import Spot, label_spots
from geodata.draw.paint import frame, paint, paint_homes, paint_legend
from geodata.draw.projection import FlatScene, flatten
from geodata.draw.scene import scene
from geodata.draw.sheet import RULE, SOFT, Format, new_page, page_bytes, sheet, write, write_fitted
from geodata.draw.side_list import draw_territory_list
from geodata.draw.view import MapView


def draw_picture(view: MapView, form: Format) -> bytes:
    """Return the plan as one picture: title, key figures, map, territories, gap and date."""
    return page_bytes(overview(flatten(scene(view))), form)


def overview(flat: FlatScene) -> Figure:
    """Return the page that shows the whole plan."""
    page = new_page()
    _draw_head(sheet(page, (0.0, 0.84, 1.0, 0.16)), flat.scene.view)
    draw_listed_map(page, flat, 0.765)
    _draw_foot(sheet(page, (0.0, 0.0, 1.0, 0.06)), flat.scene.view)
    return page


def draw_listed_map(page: Figure, flat: FlatScene, height: float) -> None:
    """Draw the map and the list of territories beside it, above the foot of a page."""
    draw_plan_map(page.add_axes((0.02, 0.065, 0.66, height)), flat)
    draw_territory_list(sheet(page, (0.70, 0.065, 0.28, height)), flat.scene)


def territory_spots(flat: FlatScene) -> list[Spot]:
    """Return where each territory's name, or else its code, may stand."""
    table = flat.scene.proposed.alignment.territories
    at = [flat.scene.labels.index(code) for code in table["territory"]]
    spots = zip(flat.anchors[at].tolist(), table["name"], table["territory"], strict=True)
    return [Spot(x, y, room, (name, code)) for (x, y, room), name, code in spots if not np.isnan(x)]


def _draw_head(axes: Axes, view: MapView) -> None:
    right, top = axes.get_xlim()[1], axes.get_ylim()[1]
    x = right - 14.0
    for figure in reversed(view.figures):
        x -= max(len(figure.value) * 11.5, len(figure.label) * 5.3, len(figure.note) * 5.0) + 10.0
        write(axes, (x, top - 22), figure.value, size=17, weight="bold", va="top")
        write(axes, (x, top - 45), figure.label, size=9, va="top")
        write(axes, (x, top - 58), figure.note, size=8.5, color=SOFT, va="top")
    room = max(x - 44.0, 120.0)
    write_fitted(axes, (24, top - 22), view.title, room, size=20, weight="bold", va="top")
    dated = " · ".join(filter(None, (view.subtitle, view.date)))
    write_fitted(axes, (24, top - 52), dated, room, size=11, color=SOFT, va="top")
    axes.axhline(8, color=RULE, linewidth=0.8)


def draw_plan_map(axes: Axes, flat: FlatScene) -> None:
    """Draw all territories with their names, homes and the legend."""
    if len(flat.cells) == 0:
        axes.set_axis_off()
        write(axes, (0.5, 0.5), "No unit has a place on the map.", ha="center", color=SOFT, size=12)
        return
    frame(axes, [*flat.cells, shapely.MultiPoint(flat.homes)], margin=0.02)
    paint(axes, flat)
    count = len(flat.scene.proposed.alignment.territories)
    paint_homes(axes, flat, size=float(np.clip(600.0 / max(count, 1), 1.5, 22.0)))
    label_spots(axes, territory_spots(flat), flat.homes, size=8.5 if count <= 40 else 6.0, bold=True)
    paint_legend(axes, flat)


def _draw_foot(axes: Axes, view: MapView) -> None:
    right = axes.get_xlim()[1]
    write_fitted(axes, (24, 20), view.gap, 0.6 * right, size=10, va="center")
    write_fitted(axes, (right - 24, 20), view.attribution, 0.34 * right, size=8, color=SOFT, va="center", ha="right")
    axes.axhline(axes.get_ylim()[1] - 0.5, color=RULE, linewidth=0.8)
