"""Scorecards: one page a rep with map, loads, what was gained and lost, and the largest accounts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from geodata.draw import palette
from geodata.draw.projection import FlatScene, flatten, flattened
from geodata.draw.scene import scene
from geodata.draw.sheet import INK, RULE, SOFT, WARN, book_bytes, new_page, sheet, write, write_fitted
from geodata.draw.side_list import draw_index_bar
from geodata.draw.territory_page import draw_head, draw_territory_map, number
from geodata.draw.view import MapView

STEP = 15.0
"""Height of a line of a list, in points."""


@dataclass(frozen=True)
class Line:
    """A line of a list: a name, with whom or where, an amount as text."""

    name: str
    note: str
    amount: str = ""


@dataclass(frozen=True)
class Block:
    """A list under a title, the most important lines first; `blank` is said where there are none."""

    title: str
    lines: tuple[Line, ...]
    blank: str


@dataclass(frozen=True)
class Scorecard:
    """One rep's page.

    Attributes
    ----------
    territory : str
        Code of the territory.
    about : str
        Manager, region and what else stands below the name.
    today : mapping of str to float
        Today's load of each measure, as pairs; none where the rep has nothing today.
    blocks : tuple of Block
        Gained, lost, accounts.
    """

    territory: str
    about: str
    today: tuple[tuple[str, float], ...]
    blocks: tuple[Block, ...]


def draw_scorecards(view: MapView, cards: Sequence[Scorecard]) -> bytes:
    """Return the cards as PDF, one page each; the same view and cards give the same bytes."""
    return book_bytes(_pages(flatten(scene(view)), cards))


def _pages(flat: FlatScene, cards: Sequence[Scorecard]) -> Iterator[Figure]:
    table = flat.scene.proposed.alignment.territories
    for card in cards:
        label = flat.scene.labels.index(card.territory)
        page = new_page()
        colour = palette.TERRITORIES[flat.scene.colour[label]]
        draw_head(sheet(page, (0.0, 0.87, 1.0, 0.13)), table[table["territory"] == card.territory].iloc[0], colour)
        rows = np.flatnonzero(flat.scene.proposed.owner == label)
        axes = page.add_axes((0.02, 0.06, 0.54, 0.80))
        draw_territory_map(axes, flat, label, rows)
        has_today = _paint_today(axes, flat, label)
        column = sheet(page, (0.585, 0.06, 0.395, 0.80))
        _draw_column(column, flat, card)
        _draw_foot(sheet(page, (0.0, 0.0, 1.0, 0.055)), flat.scene.view, card, has_today=has_today)
        yield page


def _paint_today(axes: Axes, flat: FlatScene, label: int) -> bool:
    """Draw the border of today's territory, dashed; return whether there is one on the map."""
    if flat.scene.today is None:
        return False
    area = flattened(flat.scene.today.outlines.areas[[label]], flat.projection)[0]
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(area))]
    axes.add_collection(LineCollection(rings, colors=WARN, linewidths=1.6, linestyles=[(0, (4, 3))], zorder=4))
    return bool(rings)


def _draw_column(axes: Axes, flat: FlatScene, card: Scorecard) -> None:
    y = _draw_loads(axes, flat, card, axes.get_ylim()[1] - 6.0)
    shown = _shared(card.blocks, int((y - 26.0 * len(card.blocks)) / STEP))
    for block, most in zip(card.blocks, shown, strict=True):
        y = _draw_block(axes, block, most, y)


def _shared(blocks: Sequence[Block], lines: int) -> list[int]:
    """Share the lines of the page among the blocks: short ones get what they need, long ones the rest alike."""
    left = lines
    shown: dict[int, int] = {}
    for at in sorted(range(len(blocks)), key=lambda at: len(blocks[at].lines)):
        fair = left // (len(blocks) - len(shown))
        shown[at] = min(max(len(blocks[at].lines), 1), max(fair, 1))
        left -= shown[at]
    return [shown[at] for at in range(len(blocks))]


def _draw_loads(axes: Axes, flat: FlatScene, card: Scorecard, top: float) -> float:
    """Draw loads against targets and return where the next part begins."""
    measures = flat.scene.view.measures[:6]
    figures = flat.scene.proposed.alignment.figures([measure.name for measure in measures])
    today, right = dict(card.today), axes.get_xlim()[1]
    columns = (0.43 * right, 0.595 * right, 0.76 * right, 0.80 * right)
    heads = ("today", "plan", "target")
    write(axes, (0, top), "Load against target", size=11, weight="bold", va="center")
    for x, words in zip(columns, heads, strict=False):
        write(axes, (x, top), words, size=8, color=SOFT, va="center", ha="right")
    write(axes, (columns[3], top), "index and band", size=8, color=SOFT, va="center")
    for place, measure in enumerate(measures):
        y = top - 20.0 - STEP * place
        found: Any = figures.loc[(card.territory, measure.name)]
        name = f"{measure.name}, {measure.unit}" if measure.unit else measure.name
        write_fitted(axes, (0, y), name, 0.27 * right, size=9, va="center")
        for x, amount in zip(columns, (today.get(measure.name), found["load"], found["target"]), strict=False):
            write(axes, (x, y), number(amount, 0) or "-", size=9, va="center", ha="right")
        draw_index_bar(axes, (columns[3], y), measure, found["index"], out=found["in_band"] is False)
    return top - 20.0 - STEP * len(measures) - 8.0


def _draw_block(axes: Axes, block: Block, most: int, top: float) -> float:
    right = axes.get_xlim()[1]
    axes.plot([0, right], [top, top], color=RULE, linewidth=0.8)
    write_fitted(axes, (0, top - 13), block.title, right, size=11, weight="bold", va="center")
    y = top - 13.0
    listed = block.lines if len(block.lines) <= most else block.lines[: most - 1]
    for line in listed:
        y -= STEP
        write_fitted(axes, (0, y), line.name, 0.46 * right, size=9, va="center")
        write_fitted(axes, (0.48 * right, y), line.note, 0.32 * right, size=9, color=SOFT, va="center")
        write(axes, (right, y), line.amount, size=9, va="center", ha="right")
    if len(listed) < len(block.lines) or not block.lines:
        y -= STEP
        words = f"and {len(block.lines) - len(listed):,} more" if block.lines else block.blank
        write(axes, (0, y), words, size=9, color=SOFT, va="center")
    return y - 13.0


def _draw_foot(axes: Axes, view: MapView, card: Scorecard, *, has_today: bool) -> None:
    right = axes.get_xlim()[1]
    dated = " · ".join(filter(None, (view.title, view.subtitle, view.date)))
    write_fitted(axes, (24, 18), dated, 0.5 * right, size=9, color=SOFT, va="center")
    if has_today:
        x = 0.53 * right
        axes.plot([x, x + 26], [18, 18], color=WARN, linewidth=1.6, linestyle=(0, (4, 3)))
        write(axes, (x + 32, 18), "today's border", size=9, color=INK, va="center")
    write_fitted(axes, (right - 24, 18), card.about, 0.3 * right, size=9, color=SOFT, va="center", ha="right")
