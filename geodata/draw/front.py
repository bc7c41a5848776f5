"""The front of a sweep as pictures: one panel for each pair of goals."""

from dataclasses import dataclass
from itertools import combinations
from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from geodata.arrays import FloatArray
from geodata.draw.sheet import INK, RULE, SOFT, Format, new_page, page_bytes, sheet, write, write_fitted
from geodata.draw.text import clean

CHOSEN, KEPT, BEATEN, TODAY = "#0b5cad", "#7fb0de", "#c9d0d8", "#a83b00"
FAR = 0.6
"""Today's plan is drawn where it lies within this share of a panel's range around the points."""
COLUMNS = 3
LINE = 26
"""Letters in a line beside a panel."""


@dataclass(frozen=True)
class FrontPoint:
    """One plan: its amount of each goal; `proposal` is its number where it is one."""

    name: str
    amounts: tuple[float, ...]
    on_front: bool
    proposal: int | None


@dataclass(frozen=True)
class FrontView:
    """What the picture shows.

    Attributes
    ----------
    title, subtitle : str
    axes : tuple of str
        Label of each goal with its unit.
    points : tuple of FrontPoint
    today : tuple of float or None
        Amounts of today's plan.
    """

    title: str
    subtitle: str
    axes: tuple[str, ...]
    points: tuple[FrontPoint, ...]
    today: tuple[float, ...] | None


def draw_front(view: FrontView, form: Format) -> bytes:
    """Return the front as one picture, the same bytes for the same view."""
    return page_bytes(_page(view), form)


def _page(view: FrontView) -> Figure:
    page = new_page()
    head = sheet(page, (0.0, 0.88, 1.0, 0.12))
    width = head.get_xlim()[1]
    write_fitted(head, (24, 44), view.title, width - 48, size=20, weight="bold", va="top")
    write_fitted(head, (24, 16), view.subtitle, width - 48, size=11, color=SOFT, va="top")
    pairs = list(combinations(range(len(view.axes)), 2))
    if not view.points or not pairs:
        write(head, (24, -60), "No plan keeps every hard rule at any point.", size=13)
        return page
    columns = min(len(pairs), COLUMNS)
    rows = -(-len(pairs) // columns)
    for index, (x, y) in enumerate(pairs):
        row, column = divmod(index, columns)
        left, bottom = 0.07 + column * 0.93 / columns, 0.15 + (rows - 1 - row) * 0.76 / rows
        _panel(page.add_axes((left, bottom, 0.93 / columns - 0.075, 0.76 / rows - 0.1 * (rows > 1) - 0.02)), view, x, y)
    _legend(page, view)
    return page


def _panel(axes: Axes, view: FrontView, x: int, y: int) -> None:
    """Draw the plans by two goals: the front, the beaten ones, the numbered proposals, and today where it is near."""
    places = np.array([(point.amounts[x], point.amounts[y]) for point in view.points])
    beaten = np.array([not point.on_front for point in view.points])
    axes.scatter(places[beaten, 0], places[beaten, 1], s=26, c=BEATEN, linewidths=0, zorder=2)
    axes.scatter(places[~beaten, 0], places[~beaten, 1], s=46, c=KEPT, linewidths=0, zorder=3)
    for point, place in zip(view.points, places, strict=True):
        if point.proposal is not None:
            axes.scatter(place[0], place[1], s=230, c=CHOSEN, edgecolors="white", linewidths=1.2, zorder=4)
            style = {"ha": "center", "va": "center_baseline", "size": 10, "weight": "bold", "color": "white"}
            write(axes, (place[0], place[1]), str(point.proposal), **style)
    if view.today is not None and _is_near(places, np.array([view.today[x], view.today[y]])):
        axes.scatter(view.today[x], view.today[y], marker="D", s=60, c=TODAY, zorder=4)
    axes.margins(0.12)
    axes.ticklabel_format(style="plain", useOffset=False)
    axes.set_xlabel("\n".join(wrap(clean(view.axes[x]), 2 * LINE)), color=INK, fontsize=9, parse_math=False)
    axes.set_ylabel("\n".join(wrap(clean(view.axes[y]), LINE)), color=INK, fontsize=9, parse_math=False)
    axes.tick_params(colors=SOFT, labelsize=9)
    axes.grid(color=RULE, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(RULE)


def _is_near(places: FloatArray, today: FloatArray) -> bool:
    low, high = places.min(axis=0), places.max(axis=0)
    room = FAR * np.maximum(high - low, 1e-9)
    return bool(((today >= low - room) & (today <= high + room)).all())


def _legend(page: Figure, view: FrontView) -> None:
    signs = [
        ("o", CHOSEN, 11.0, "proposal"),
        ("o", KEPT, 7.0, "on the front"),
        ("o", BEATEN, 5.5, "another plan beats it"),
    ]
    if view.today is not None:
        signs.append(("D", TODAY, 7.0, "today (where it is near)"))
    handles = [
        Line2D([], [], linestyle="none", marker=marker, markersize=size, color=colour, label=label)
        for marker, colour, size, label in signs
    ]
    page.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.012, 0.0), ncols=4, frameon=False, fontsize=10)
