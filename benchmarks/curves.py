"""Curves of gap and misses over time, drawn as an SVG with the same bytes for the same curves."""

import math
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from optimizer.result import Progress

COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
"""Okabe and Ito's, told apart by colour-blind eyes too."""
FIRST_S = 0.1
"""Where the logarithmic axis of seconds begins."""
LEAST_GAP_PERCENT = 0.01
"""Where the logarithmic axis of gaps begins; a proven optimum is drawn there."""
STRETCHES = 25
"""Points drawn for each factor of ten in time."""


@dataclass(frozen=True)
class Curve:
    """What a solve told of itself."""

    name: str
    events: tuple[Progress, ...]


def draw_gaps(curves: list[Curve], path: Path) -> None:
    """Draw the gap of legal plans and the sum of misses of the others, both over seconds."""
    with mpl.rc_context({"svg.hashsalt": "territory", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(8.5, 3.6), layout="constrained")
        left, right = figure.subplots(1, 2)
        for curve, color in zip(curves, COLORS, strict=False):
            left.plot(*_steps(_gaps(curve)), color=color, drawstyle="steps-post", label=curve.name)
            right.plot(*_steps(_misses(curve)), color=color, drawstyle="steps-post", label=curve.name)
        _finish(left, "gap to the bound, %")
        _finish(right, "sum of misses, in targets")
        left.set_yscale("log")
        left.set_ylim(bottom=LEAST_GAP_PERCENT)
        right.set_yscale("symlog", linthresh=0.01)
        right.set_ylim(bottom=0)
        right.legend(frameon=False, fontsize=8)
        figure.savefig(path, metadata={"Date": None, "Creator": None})


def _finish(axes: Axes, title: str) -> None:
    axes.set_title(title, fontsize=10)
    axes.set_xscale("log")
    axes.set_xlim(left=FIRST_S)
    axes.set_xlabel("seconds")
    axes.grid(visible=True, color="#dddddd", linewidth=0.5)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _gaps(curve: Curve) -> list[tuple[float, float]]:
    return [
        (event.seconds, max(100.0 * (event.value - event.bound) / abs(event.value), LEAST_GAP_PERCENT))
        for event in curve.events
        if event.violation == 0.0 and event.value and event.bound is not None
    ]


def _misses(curve: Curve) -> list[tuple[float, float]]:
    return [(event.seconds, event.violation) for event in curve.events if event.violation is not None]


def _steps(points: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """Return the last point of each short stretch of the axis."""
    last = {round(STRETCHES * math.log10(max(seconds, FIRST_S))): value for seconds, value in points}
    return [10 ** (stretch / STRETCHES) for stretch in last], list(last.values())
