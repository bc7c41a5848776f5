"""The list of territories beside a picture: colour, name, rep and balance."""

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from geodata.draw import palette
from geodata.draw.paint import OUTLINE
from geodata.draw.scene import Scene
from geodata.draw.sheet import INK, SOFT, WARN, write, write_fitted
from geodata.draw.view import Measure

ROWS = 20
"""Most territories that a slide can list and be read."""
BAR_PT = 46.0
BAND = 0.10
"""Band drawn where a measure has no tolerance."""


def draw_territory_list(axes: Axes, scene: Scene) -> None:
    """List all territories, or where there are too many those furthest from their target."""
    table, measures = scene.proposed.alignment.territories, scene.view.measures[:2]
    figures = scene.proposed.alignment.figures([measure.name for measure in measures])
    codes = list(table["territory"])
    title = f"{len(codes)} territories"
    if len(codes) > ROWS:
        off = (figures["index"] - 100.0).abs().groupby(level="territory", sort=False).max()
        codes = list(off.sort_values(ascending=False, kind="stable").index[:ROWS])
        title = f"Furthest from target, {ROWS} of {len(table)} territories"
    width, top = axes.get_xlim()[1], axes.get_ylim()[1]
    columns = [width - (len(measures) - m) * (BAR_PT + 34.0) + 6.0 for m in range(len(measures))]
    write(axes, (0, top - 6), title, size=11, weight="bold", va="top")
    for x, measure in zip(columns, measures, strict=True):
        write(axes, (x, top - 24), f"{measure.name} index", size=7.5, color=SOFT, va="top")
    by_code = table.set_index("territory")
    step = min(26.0, (top - 44.0) / max(len(codes), 1))
    for place, code in enumerate(codes):
        y = top - 46.0 - place * step
        colour = palette.TERRITORIES[scene.colour[scene.labels.index(code)]]
        _draw_names(axes, y, min([*columns, width]) - 18.0, by_code.loc[code], colour)
        for x, measure in zip(columns, measures, strict=True):
            found: Any = figures.loc[(code, measure.name)]
            draw_index_bar(axes, (x, y), measure, found["index"], out=found["in_band"] is False)


def _draw_names(axes: Axes, y: float, room: float, row: "pd.Series[str]", colour: str) -> None:
    axes.add_patch(Rectangle((0, y - 6), 8, 12, facecolor=colour, edgecolor="none"))
    write_fitted(axes, (14, y), row["name"] or str(row.name), room, size=8, weight="bold", va="bottom")
    write_fitted(axes, (14, y - 1), row["rep"] or "nobody yet", room, size=6.8, color=SOFT, va="top")


def draw_index_bar(axes: Axes, at: tuple[float, float], measure: Measure, index: float, *, out: bool) -> None:
    """Draw a bar from 60 to 140 with the band and a mark, and the index beside it."""
    x, y = at

    def place(value: float) -> float:
        return x + BAR_PT * min(max((value - 60.0) / 80.0, 0.0), 1.0)

    band = 100.0 * (BAND if measure.tolerance is None else measure.tolerance)
    left, right = place(100.0 - band), place(100.0 + band)
    axes.add_patch(Rectangle((x, y - 2.5), BAR_PT, 5, facecolor="#eef1f4", edgecolor="none"))
    axes.add_patch(Rectangle((left, y - 2.5), right - left, 5, facecolor="#bfd4ea", edgecolor="none"))
    if not math.isnan(index):
        colour = WARN if out else OUTLINE
        axes.plot([place(index)] * 2, [y - 4.5, y + 4.5], color=colour, linewidth=1.8, solid_capstyle="butt")
        sign = (" ▲" if index > 100.0 else " ▼") if out else ""
        write(axes, (x + BAR_PT + 5, y), f"{index:.0f}{sign}", size=8, va="center", color=WARN if out else INK)
