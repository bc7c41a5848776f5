"""What a deck holds, whatever program shows it: slides of text, figures, tables, charts and maps."""

from dataclasses import dataclass

from geodata.draw.view import KeyFigure


@dataclass(frozen=True)
class SlideTable:
    """A table as texts; `numbers` are the columns set to the right, `wide` how wide columns are among each other."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]
    wide: tuple[float, ...]


@dataclass(frozen=True)
class Series:
    """Amounts by category, None where unknown; a line for a limit, marks for the others."""

    name: str
    amounts: tuple[float | None, ...]
    is_limit: bool = False


@dataclass(frozen=True)
class Chart:
    """Marks and limits over categories."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    across: str
    along: str


@dataclass(frozen=True)
class MapPicture:
    """A map on a slide: whose territories, and what it is called."""

    is_today: bool
    caption: str


@dataclass(frozen=True)
class Slide:
    """One slide: its message as the title, and what shows that the message is true.

    Cards stand on top, one of maps, chart and table below, and bullets below that or alone.
    """

    title: str
    cards: tuple[KeyFigure, ...] = ()
    maps: tuple[MapPicture, ...] = ()
    chart: Chart | None = None
    table: SlideTable | None = None
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deck:
    """Slides with what stands on all of them; the first slide is made of `title`, `subtitle` and `message`."""

    title: str
    subtitle: str
    message: str
    dated: str
    slides: tuple[Slide, ...]
