"""The plan as a picture for a slide: PNG, SVG or PDF, the same bytes for the same view."""

import io
import warnings
from typing import Literal

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geodata.draw.paint import (
    RULE,
    SOFT,
    frame,
    label_territories,
    paint,
    paint_homes,
    paint_legend,
    write,
    write_fitted,
)
from geodata.draw.projection import FlatScene, flatten
from geodata.draw.scene import scene
from geodata.draw.side_list import draw_territory_list
from geodata.draw.view import MapView

Format = Literal["png", "svg", "pdf"]
WIDTH_IN, HEIGHT_IN = 13.333, 7.5
"""A 16:9 slide."""
DPI = 160
_METADATA: dict[Format, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
}


def draw_picture(view: MapView, form: Format) -> bytes:
    """Return the plan as one picture: title, key figures, map, territories, gap and date."""
    figure = Figure(figsize=(WIDTH_IN, HEIGHT_IN), facecolor="white")
    FigureCanvasAgg(figure)
    _draw_head(_sheet(figure, (0.0, 0.84, 1.0, 0.16)), view)
    flat = flatten(scene(view))
    _draw_map(figure.add_axes((0.02, 0.065, 0.66, 0.765)), flat)
    draw_territory_list(_sheet(figure, (0.70, 0.065, 0.28, 0.765)), flat.scene)
    _draw_foot(_sheet(figure, (0.0, 0.0, 1.0, 0.06)), view)
    return save(figure, form)


def save(figure: Figure, form: Format) -> bytes:
    """Return a figure's bytes without dates, versions or random ids; letters no font has become boxes."""
    buffer = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "territory", "pdf.fonttype": 42}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
        figure.savefig(buffer, format=form, dpi=DPI, metadata=_METADATA[form])
    return buffer.getvalue()


def _sheet(figure: Figure, place: tuple[float, float, float, float]) -> Axes:
    """Return an empty area whose data units are points from its lower left corner."""
    axes = figure.add_axes(place)
    axes.set_xlim(0, place[2] * WIDTH_IN * 72)
    axes.set_ylim(0, place[3] * HEIGHT_IN * 72)
    axes.set_axis_off()
    return axes


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


def _draw_map(axes: Axes, flat: FlatScene) -> None:
    if len(flat.cells) == 0:
        axes.set_axis_off()
        write(axes, (0.5, 0.5), "No unit has a place on the map.", ha="center", color=SOFT, size=12)
        return
    paint(axes, flat)
    shown = np.concatenate([shapely.bounds(flat.cells), np.tile(flat.homes, 2)])
    frame(axes, (*shown[:, :2].min(axis=0), *shown[:, 2:].max(axis=0)))
    count = len(flat.scene.proposed.alignment.territories)
    paint_homes(axes, flat, size=float(np.clip(600.0 / max(count, 1), 1.5, 22.0)))
    label_territories(axes, flat, font_pt=8.5 if count <= 40 else 6.0)
    paint_legend(axes, flat)


def _draw_foot(axes: Axes, view: MapView) -> None:
    right = axes.get_xlim()[1]
    write_fitted(axes, (24, 20), view.gap, 0.6 * right, size=10, va="center")
    write_fitted(axes, (right - 24, 20), view.attribution, 0.34 * right, size=8, color=SOFT, va="center", ha="right")
    axes.axhline(axes.get_ylim()[1] - 0.5, color=RULE, linewidth=0.8)
