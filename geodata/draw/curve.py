"""A curve over whole numbers, such as contribution against headcount: PNG or SVG, the same bytes for the same curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from geodata.draw.sheet import INK, RULE, SOFT, WARN, Format, new_page, page_bytes, sheet, write, write_fitted

LINE = "#0072b2"
BAND = "#e3edf5"
LEGEND_ROOM = 0.18
LINE_LETTERS, MOST_LINES = 165, 3


@dataclass(frozen=True)
class Curve:
    """What is drawn.

    Attributes
    ----------
    title, story : str
        Headline, and the paragraph below it.
    across, along : str
        What the axes measure.
    x, y : sequence of numbers
        The points; `open_at` are those x whose plan breaks a rule, drawn hollow.
    most : sequence of (float or None)
        What is proven to be the most possible at each point.
    flat : pair of float or None
        Range of x that is as good as the best.
    today, best : float
        Marked x.
    open_at : sequence of numbers
    """

    title: str
    story: str
    across: str
    along: str
    x: Sequence[float]
    y: Sequence[float]
    most: Sequence[float | None]
    flat: tuple[float, float] | None
    today: float
    best: float
    open_at: Sequence[float]


def draw_curve(curve: Curve, form: Format) -> bytes:
    """Return the curve as one picture."""
    page = new_page()
    head = sheet(page, (0.0, 0.84, 1.0, 0.16))
    right, top = head.get_xlim()[1], head.get_ylim()[1]
    write_fitted(head, (24, top - 22), curve.title, right - 48, size=20, weight="bold", va="top")
    for line, words in enumerate(wrap(curve.story, LINE_LETTERS)[:MOST_LINES]):
        write(head, (24, top - 48 - 15 * line), words, size=10, color=SOFT, va="top")
    _draw_axes(page, curve)
    return page_bytes(page, form)


def _draw_axes(page: Figure, curve: Curve) -> None:
    axes = page.add_axes((0.09, 0.16, 0.87, 0.65))
    if curve.flat is not None:
        axes.axvspan(curve.flat[0] - 0.4, curve.flat[1] + 0.4, color=BAND, zorder=0)
        write(
            axes,
            (curve.flat[0] - 0.35, 0.97),
            "within 1 % of the best",
            size=10,
            color=SOFT,
            va="top",
            transform=axes.get_xaxis_transform(),
        )
    proven = [(x, most) for x, most in zip(curve.x, curve.most, strict=True) if most is not None]
    if proven:
        axes.plot(
            *zip(*proven, strict=True),
            color=SOFT,
            linestyle=":",
            marker="_",
            markersize=9,
            label="the most possible, proven",
        )
    axes.plot(curve.x, curve.y, color=LINE, linewidth=2, marker="o", markersize=7, label="best plan found")
    hollow = [(x, y) for x, y in zip(curve.x, curve.y, strict=True) if x in curve.open_at]
    if hollow:
        axes.plot(
            *zip(*hollow, strict=True),
            "o",
            color=WARN,
            markerfacecolor="white",
            markersize=9,
            label="breaks a hard rule",
        )
    axes.axvline(curve.today, color=SOFT, linewidth=1, linestyle="--", label="today")
    axes.axvline(curve.best, color=LINE, linewidth=1, linestyle="--", label="best")
    axes.set_xlabel(curve.across, color=INK, fontsize=12)
    axes.set_ylabel(curve.along, color=INK, fontsize=12)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda amount, _: f"{amount:,.4g}" if abs(amount) < 1e4 else f"{amount:,.0f}")
    )
    axes.margins(x=0.05, y=LEGEND_ROOM)
    axes.grid(axis="y", color=RULE, linewidth=0.7)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=INK, labelsize=11)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.11), ncol=5, frameon=False, fontsize=10)
