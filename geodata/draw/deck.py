"""The deck as PDF: every slide a page, drawn from the same content as the editable one."""

from collections.abc import Iterator
from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from geodata.draw.deck_maps import DeckMaps
from geodata.draw.fonts import families
from geodata.draw.sheet import INK, RULE, SOFT, WIDTH_IN, book_bytes, new_page, sheet, write, write_fitted
from geodata.draw.slides import Chart, Deck, Series, Slide, SlideTable
from geodata.draw.text import clean
from geodata.draw.view import KeyFigure

ACCENT = "#22465c"
TODAY, PLAN, LIMIT = "#9aa5b1", "#0b5cad", "#b5651d"
"""Colours of a chart's marks and limits."""
MARGIN = 36.0
"""Room at the left and right, in points."""
PAGE_PT = WIDTH_IN * 72.0
ROW_PT, HEAD_PT, CARDS_PT, LINE_PT = 21.0, 24.0, 80.0, 22.0


def draw_deck(maps: DeckMaps, deck: Deck) -> bytes:
    """Return the deck; the same content and maps give the same bytes."""
    return book_bytes(_pages(maps, deck))


def _pages(maps: DeckMaps, deck: Deck) -> Iterator[Figure]:
    yield _cover(deck)
    for number, slide in enumerate(deck.slides, start=2):
        page = new_page()
        _draw_head(sheet(page, (0.0, 0.87, 1.0, 0.13)), slide.title)
        _draw_body(page, maps, slide)
        foot = sheet(page, (0.0, 0.0, 1.0, 0.055))
        words = " · ".join(filter(None, (deck.title, deck.subtitle, deck.dated)))
        write_fitted(foot, (MARGIN, 16), words, 700, size=9, color=SOFT, va="center")
        write(foot, (PAGE_PT - MARGIN, 16), f"{number}", size=9, color=SOFT, va="center", ha="right")
        yield page


def _cover(deck: Deck) -> Figure:
    page = new_page()
    axes = sheet(page, (0.0, 0.0, 1.0, 1.0))
    axes.add_patch(Rectangle((0, 0), 14, 540, facecolor=ACCENT, edgecolor="none"))
    write_fitted(axes, (60, 400), deck.title, 820, size=36, weight="bold", va="center")
    write_fitted(axes, (60, 356), deck.subtitle, 820, size=18, color=SOFT, va="center")
    for line, words in enumerate(wrap(clean(deck.message), 92)[:8]):
        write(axes, (60, 290 - 25 * line), words, size=15, va="center")
    write(axes, (60, 40), deck.dated, size=11, color=SOFT, va="center")
    return page


def _draw_head(axes: Axes, title: str) -> None:
    write_fitted(axes, (MARGIN, 36), title, PAGE_PT - 2 * MARGIN, size=22, weight="bold", va="center", color=ACCENT)
    axes.plot([MARGIN, PAGE_PT - MARGIN], [12, 12], color=RULE, linewidth=1.0)


def _draw_body(page: Figure, maps: DeckMaps, slide: Slide) -> None:
    """Draw the parts of a slide below each other."""
    axes = sheet(page, (0.0, 0.06, 1.0, 0.81))
    top = axes.get_ylim()[1] - 8.0
    if slide.cards:
        _draw_cards(axes, slide.cards, top)
        top -= CARDS_PT
    if slide.maps:
        _draw_maps(page, maps, slide)
    if slide.chart is not None:
        _draw_chart(page.add_axes((0.07, 0.27, 0.89, 0.54)), slide.chart)
    if slide.table is not None:
        top = _draw_table(axes, slide.table, top)
    _draw_bullets(axes, slide.bullets, top - 12.0, small=slide.table is not None)


def _draw_cards(axes: Axes, cards: tuple[KeyFigure, ...], top: float) -> None:
    wide = (PAGE_PT - 2 * MARGIN + 12.0) / len(cards)
    for place, card in enumerate(cards):
        x = MARGIN + place * wide
        axes.add_patch(Rectangle((x, top - 70), wide - 12, 68, facecolor="#f1f5f8", edgecolor="none"))
        write_fitted(axes, (x + 12, top - 22), card.value, wide - 36, size=22, weight="bold", va="center", color=ACCENT)
        write_fitted(axes, (x + 12, top - 44), card.label, wide - 36, size=11, va="center")
        write_fitted(axes, (x + 12, top - 59), card.note, wide - 36, size=9.5, color=SOFT, va="center")


def _draw_maps(page: Figure, maps: DeckMaps, slide: Slide) -> None:
    """Draw the plan alone over the whole page, or two maps side by side."""
    if len(slide.maps) == 1:
        maps.draw_plan(page)
        return
    wide = 0.95 / len(slide.maps)
    for place, picture in enumerate(slide.maps):
        left = 0.025 + place * wide
        head = sheet(page, (left, 0.83, wide, 0.04))
        write(head, (head.get_xlim()[1] / 2, 12), picture.caption, size=13, weight="bold", va="center", ha="center")
        maps.draw_half(page.add_axes((left, 0.06, wide - 0.01, 0.77)), is_today=picture.is_today)


def _draw_chart(axes: Axes, chart: Chart) -> None:
    """Draw marks a category, with the limits as lines."""
    x = np.arange(len(chart.categories))
    colours = {"today": TODAY, "plan": PLAN}
    for series in chart.series:
        amounts = np.array([np.nan if amount is None else amount for amount in series.amounts])
        style = _style(series, colours)
        axes.plot(x, amounts, label=series.name, **style)  # type: ignore[arg-type]
    axes.axhline(100.0, color=RULE, linewidth=1.0, zorder=0)
    labels = [clean(category)[:22] for category in chart.categories]
    axes.set_xticks(x, labels, rotation=45, ha="right", fontsize=9, color=INK, parse_math=False, family=[*families()])
    axes.set_xlim(-0.6, len(x) - 0.4)
    axes.set_ylabel(chart.along, fontsize=11, color=INK)
    axes.set_xlabel(chart.across, fontsize=10, color=SOFT)
    axes.tick_params(axis="y", colors=INK, labelsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncol=4, frameon=False, fontsize=11)


def _style(series: Series, colours: dict[str, str]) -> dict[str, object]:
    if series.is_limit:
        return {"color": LIMIT, "linewidth": 1.2, "linestyle": "--"}
    fill = "white" if series.name == "today" else colours[series.name]
    colour = colours[series.name]
    return {"color": colour, "linestyle": "none", "marker": "o", "markersize": 8, "markerfacecolor": fill, "zorder": 3}


def _draw_table(axes: Axes, table: SlideTable, top: float) -> float:
    """Draw a table and return where the next part begins."""
    room = PAGE_PT - 2 * MARGIN
    edges = MARGIN + room * np.concatenate([[0.0], np.cumsum(table.wide)]) / sum(table.wide)
    axes.add_patch(Rectangle((MARGIN, top - HEAD_PT), room, HEAD_PT, facecolor=ACCENT, edgecolor="none"))
    _draw_row(axes, table, table.columns, edges.tolist(), top - HEAD_PT / 2, color="white", weight="bold")
    for line, row in enumerate(table.rows):
        y = top - HEAD_PT - ROW_PT * line
        if line % 2:
            axes.add_patch(Rectangle((MARGIN, y - ROW_PT), room, ROW_PT, facecolor="#f5f7f9", edgecolor="none"))
        _draw_row(axes, table, row, edges.tolist(), y - ROW_PT / 2, color=INK)
    return top - HEAD_PT - ROW_PT * len(table.rows)


def _draw_row(
    axes: Axes, table: SlideTable, cells: tuple[str, ...], edges: list[float], y: float, **style: str
) -> None:
    for column, words in enumerate(cells):
        left, right = edges[column] + 6.0, edges[column + 1] - 6.0
        is_number = column in table.numbers
        at = (right, y) if is_number else (left, y)
        write_fitted(
            axes, at, words, right - left, size=10.5, va="center", ha="right" if is_number else "left", **style
        )


def _draw_bullets(axes: Axes, bullets: tuple[str, ...], top: float, *, small: bool) -> None:
    size, letters = (11.0, 130) if small else (15.0, 95)
    y = top - 14.0
    for bullet in bullets:
        if not small:
            axes.add_patch(Rectangle((MARGIN, y - 3), 7, 7, facecolor=ACCENT, edgecolor="none"))
        for words in wrap(clean(bullet), letters)[:4]:
            write(axes, (MARGIN + (0 if small else 20), y), words, size=size, va="center", color=SOFT if small else INK)
            y -= LINE_PT
        y -= 10.0
