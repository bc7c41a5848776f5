"""Names on a picture: where there is room, and never one over another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from geodata.draw.sheet import write
from geodata.draw.text import clean

POINT_ROOM_PT = 20.0
"""Room around a place without area."""
PILL = {"boxstyle": "round,pad=0.12", "facecolor": "white", "alpha": 0.75, "linewidth": 0}


@dataclass(frozen=True)
class Spot:
    """A place to name: its middle and the radius around it in metres (0 for a point), and words, the best first."""

    x: float
    y: float
    room: float
    words: tuple[str, ...]


def label_spots(
    axes: Axes, spots: Iterable[Spot], keep_free: npt.NDArray[np.float64], *, size: float, bold: bool
) -> None:
    """Write for each spot the first words that fit into it; places (x, y) in `keep_free` stay uncovered."""
    metres = _metres_per_point(axes)
    taken = [_box(place, 4.0 * metres, 4.0 * metres) for place in keep_free]
    for spot in spots:
        found = _fitting(spot, taken, size, metres)
        if found is not None:
            words, box = found
            taken.append(box)
            middle = ((box.x0 + box.x1) / 2.0, (box.y0 + box.y1) / 2.0)
            style: dict[str, Any] = {"weight": "bold", "bbox": PILL} if bold else {}
            write(axes, middle, words, size=size, ha="center", va="center", clip_on=True, **style)


def _fitting(spot: Spot, taken: Sequence[Bbox], size: float, metres: float) -> tuple[str, Bbox] | None:
    room = spot.room or POINT_ROOM_PT * metres
    for words, lines in product(filter(None, map(clean, spot.words)), (0.0, 1.5, -1.5)):
        down = lines * size * metres
        half = (len(words) * 0.36 * size + 1.5) * metres
        box = _box(np.array([spot.x, spot.y - down]), half, 0.65 * size * metres)
        if half <= room * 1.25 and abs(down) < room and not any(map(box.overlaps, taken)):
            return words, box
    return None


def _metres_per_point(axes: Axes) -> float:
    figure = axes.get_figure(root=True)
    assert figure is not None
    left, right = axes.get_xlim()
    return (right - left) / (axes.bbox.width * 72.0 / figure.dpi)


def _box(middle: npt.NDArray[np.float64], half_width: float, half_height: float) -> Bbox:
    x, y = middle
    return Bbox([[x - half_width, y - half_height], [x + half_width, y + half_height]])
