"""The deck as PPTX: titles, tables and charts as objects of their own, to be edited in any office program."""

import io
import zipfile
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.util import Inches

from geodata.draw.deck_maps import DeckMaps
from geodata.draw.slides import Deck, Slide
from scenarios.export.archive import zipped
from scenarios.export.deck.charts import add_chart
from scenarios.export.deck.shapes import (
    add_bullets,
    add_cards,
    add_cover,
    add_foot,
    add_half_map,
    add_plan_map,
    add_table,
    set_title,
)

WIDTH_IN, HEIGHT_IN = 13.333, 7.5
TITLE_ONLY = 5
"""Layout of the plain template with a title and nothing else."""
TOP_IN, CARDS_IN = 1.15, 1.15
"""Where a slide's body begins, and the height of a row of cards."""


def deck_pptx(maps: DeckMaps, deck: Deck, made: datetime) -> bytes:
    """Return the deck; the same content, maps and day give the same bytes.

    `made` stands in place of every clock.
    """
    show = Presentation()
    show.slide_width, show.slide_height = Inches(WIDTH_IN), Inches(HEIGHT_IN)
    _tell(show.core_properties, deck, made)
    add_cover(show.slides.add_slide(show.slide_layouts[TITLE_ONLY]), deck)
    for number, slide in enumerate(deck.slides, start=2):
        page = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
        set_title(page, slide.title)
        _fill(page, maps, slide)
        add_foot(page, deck, number)
    memory = io.BytesIO()
    show.save(memory)
    with zipfile.ZipFile(memory) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def _tell(properties: Any, deck: Deck, made: datetime) -> None:
    """Set what a file says of itself."""
    properties.title, properties.subject = deck.title[:200], deck.subtitle[:200]
    properties.author = properties.last_modified_by = "territory-optimizer"
    properties.created = properties.modified = made.replace(tzinfo=None, microsecond=0)
    properties.revision = 1


def _fill(page: Any, maps: DeckMaps, slide: Slide) -> None:
    """Put the parts of a slide below each other."""
    top = TOP_IN
    if slide.cards:
        add_cards(page, slide.cards, top)
        top += CARDS_IN
    if len(slide.maps) == 1:
        add_plan_map(page, maps)
    else:
        for place, picture in enumerate(slide.maps):
            add_half_map(page, maps, picture, place)
    if slide.chart is not None:
        add_chart(page, slide.chart)
    if slide.table is not None:
        top = add_table(page, slide.table, top)
    if slide.bullets:
        add_bullets(page, slide.bullets, top, small=slide.table is not None)
