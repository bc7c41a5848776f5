"""Pages drawn with matplotlib: their size, their text, and how they become bytes."""

import io
import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.text import Text

from geodata.draw.fonts import families
from geodata.draw.text import clean

Format = Literal["png", "svg", "pdf"]
WIDTH_IN, HEIGHT_IN = 13.333, 7.5
"""A 16:9 slide."""
DPI = 160
INK = "#18212c"
SOFT = "#55606e"
RULE = "#d9dee4"
WARN = "#a83b00"
_NO_DATES: dict[Format, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
}


def new_page(size_in: tuple[float, float] = (WIDTH_IN, HEIGHT_IN)) -> Figure:
    """Return an empty page, kept by nobody but the caller."""
    figure = Figure(figsize=size_in, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def sheet(figure: Figure, place: tuple[float, float, float, float]) -> Axes:
    """Return an empty part of a page (left, bottom, width, height as shares) whose data units are points."""
    axes = figure.add_axes(place)
    axes.set_xlim(0, place[2] * WIDTH_IN * 72)
    axes.set_ylim(0, place[3] * HEIGHT_IN * 72)
    axes.set_axis_off()
    return axes


def write(axes: Axes, at: tuple[float, float], words: str, **style: Any) -> Text:
    """Write text at a place in data units; no sign of it is read as mathematics."""
    return axes.text(
        *at, clean(words), **{"color": INK, "parse_math": False, "zorder": 6, "family": [*families()], **style}
    )


def write_fitted(axes: Axes, at: tuple[float, float], words: str, room: float, *, size: float, **style: Any) -> None:
    """Write text of `size` points into `room` points: smaller where it is long, and cut where that does not do."""
    wide = 0.64 if style.get("weight") == "bold" else 0.56
    fitting = max(0.65 * size, min(size, room / (wide * max(len(words), 1))))
    most = max(int(room / (wide * fitting)), 2)
    shown = words if len(words) <= most else words[: most - 1] + "…"
    write(axes, at, shown, size=fitting, **style)


def page_bytes(figure: Figure, form: Format) -> bytes:
    """Return a page without dates, versions or random ids; letters that no font has become boxes."""
    buffer = io.BytesIO()
    with _settings():
        figure.savefig(buffer, format=form, dpi=DPI, metadata=_NO_DATES[form])
    return buffer.getvalue()


def book_bytes(pages: Iterable[Figure]) -> bytes:
    """Return one PDF of pages, each drawn only when its turn comes."""
    buffer = io.BytesIO()
    with _settings(), PdfPages(buffer, metadata=_NO_DATES["pdf"]) as book:
        for page in pages:
            book.savefig(page)
    return buffer.getvalue()


@contextmanager
def _settings() -> Iterator[None]:
    """Count ids from a fixed start, embed fonts whole, and stay quiet about letters and weights that no font has."""
    told = logging.getLogger("matplotlib.font_manager")
    level = told.level
    told.setLevel(logging.ERROR)
    with mpl.rc_context({"svg.hashsalt": "territory", "pdf.fonttype": 42}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
        try:
            yield
        finally:
            told.setLevel(level)
