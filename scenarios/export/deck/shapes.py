"""Objects on a slide: text, cards, tables and pictures. All text goes through `clean`, so that any reader takes it."""

import io
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from geodata.draw.deck_maps import DeckMaps
from geodata.draw.slides import Deck, MapPicture, SlideTable
from geodata.draw.text import clean
from geodata.draw.view import KeyFigure

ACCENT, INK, SOFT = RGBColor(0x22, 0x46, 0x5C), RGBColor(0x18, 0x21, 0x2C), RGBColor(0x55, 0x60, 0x6E)
PAPER, STRIPE, WHITE = RGBColor(0xF1, 0xF5, 0xF8), RGBColor(0xF5, 0xF7, 0xF9), RGBColor(0xFF, 0xFF, 0xFF)
LEFT_IN, ROOM_IN = 0.5, 12.333
"""Left margin, and the width between the margins."""
ROW_IN = 0.29
LONGEST_TITLE = 200


def set_title(page: Any, words: str) -> None:
    """Fill the slide's title, which outlines and screen readers tell first."""
    title = page.shapes.title
    _place(title, LEFT_IN, 0.3, ROOM_IN, 0.7)
    _write(title.text_frame, words[:LONGEST_TITLE], 24 if len(words) < 80 else 18, bold=True, colour=ACCENT)
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def add_cover(page: Any, deck: Deck) -> None:
    """Fill the first slide."""
    bar = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(0.2), Inches(7.5))
    _fill(bar, ACCENT)
    set_title(page, deck.title)
    _place(page.shapes.title, 0.8, 1.3, 11.5, 0.9)
    page.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(36)
    add_text(page, deck.subtitle, (0.8, 2.2, 11.5, 0.5), 18, colour=SOFT)
    add_text(page, deck.message, (0.8, 3.0, 11.5, 3.0), 18)
    add_text(page, deck.dated, (0.8, 6.8, 11.5, 0.4), 12, colour=SOFT)


def add_foot(page: Any, deck: Deck, number: int) -> None:
    """Add what stands below every slide."""
    words = " · ".join(filter(None, (deck.title, deck.subtitle, deck.dated)))
    add_text(page, words[:LONGEST_TITLE], (LEFT_IN, 7.1, 10.0, 0.3), 10, colour=SOFT)
    add_text(page, str(number), (11.8, 7.1, 1.03, 0.3), 10, colour=SOFT, is_right=True)


def add_text(
    page: Any,
    words: str,
    place: tuple[float, float, float, float],
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor = INK,
    is_right: bool = False,
) -> None:
    """Add a box of text at left, top, width and height in inches."""
    box = page.shapes.add_textbox(*(Inches(length) for length in place))
    box.text_frame.word_wrap = True
    _write(box.text_frame, words, size, bold=bold, colour=colour)
    box.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT


def add_cards(page: Any, cards: tuple[KeyFigure, ...], top: float) -> None:
    """Add the key figures side by side."""
    wide = (ROOM_IN + 0.15) / len(cards)
    for place, card in enumerate(cards):
        left = LEFT_IN + place * wide
        paper = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(left), Inches(top), Inches(wide - 0.15), Inches(0.98))
        _fill(paper, PAPER)
        frame = paper.text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        _write(frame, card.value, 22, bold=True, colour=ACCENT)
        for words, size, colour in ((card.label, 12, INK), (card.note, 10, SOFT)):
            if words:
                _run(frame.add_paragraph(), words, size, colour=colour)
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT


def add_bullets(page: Any, bullets: tuple[str, ...], top: float, *, small: bool) -> None:
    """Add sentences below each other, each with a bullet before it unless it is a note below a table."""
    box = page.shapes.add_textbox(Inches(LEFT_IN), Inches(top + 0.15), Inches(ROOM_IN), Inches(0.5 * len(bullets)))
    frame = box.text_frame
    frame.word_wrap = True
    for place, words in enumerate(bullets):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(4 if small else 12)
        if not small:
            _mark(paragraph)
        _run(paragraph, words, 12 if small else 18, colour=SOFT if small else INK)


def add_table(page: Any, table: SlideTable, top: float) -> float:
    """Add a table that can be edited, and return where the next part begins."""
    n_rows = len(table.rows) + 1
    frame = page.shapes.add_table(
        n_rows, len(table.columns), Inches(LEFT_IN), Inches(top), Inches(ROOM_IN), Inches(ROW_IN * n_rows)
    )
    grid = frame.table
    for column, wide in zip(grid.columns, table.wide, strict=True):
        column.width = Inches(ROOM_IN * wide / sum(table.wide))
    for line, row in enumerate((table.columns, *table.rows)):
        grid.rows[line].height = Inches(ROW_IN)
        for at, words in enumerate(row):
            _cell(grid.cell(line, at), words, line, is_number=at in table.numbers)
    return top + ROW_IN * n_rows


def add_plan_map(page: Any, maps: DeckMaps) -> None:
    """Add the plan's map with the list of territories, behind the title."""
    shape = page.shapes.add_picture(io.BytesIO(maps.plan_png()), 0, 0, Inches(13.333), Inches(7.5))
    page.shapes._spTree.remove(shape._element)
    page.shapes._spTree.insert(2, shape._element)
    _describe(shape, "Map of the plan's territories")


def add_half_map(page: Any, maps: DeckMaps, picture: MapPicture, place: int) -> None:
    """Add one of two maps side by side, with its caption."""
    wide, high = ROOM_IN / 2, 5.5
    left = LEFT_IN + place * wide
    data = maps.half_png(is_today=picture.is_today, width_in=wide - 0.1, height_in=high)
    shape = page.shapes.add_picture(io.BytesIO(data), Inches(left), Inches(1.5), Inches(wide - 0.1), Inches(high))
    _describe(shape, f"Map of {picture.caption}")
    add_text(page, picture.caption, (left, 1.1, wide, 0.4), 16, bold=True)


def _describe(shape: Any, words: str) -> None:
    """Name a picture for those who do not see it."""
    shape.name = words
    shape._element._nvXxPr.cNvPr.set("descr", f"{words}; the table of territories tells the same in figures.")


def _cell(cell: Any, words: str, line: int, *, is_number: bool) -> None:
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.margin_left = cell.margin_right = Inches(0.08)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    _write(cell.text_frame, words, 11, bold=line == 0, colour=WHITE if line == 0 else INK)
    cell.text_frame.word_wrap = True
    cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    cell.fill.solid()
    cell.fill.fore_color.rgb = ACCENT if line == 0 else STRIPE if line % 2 == 0 else WHITE


def _write(frame: Any, words: str, size: float, *, bold: bool, colour: RGBColor) -> None:
    """Fill a frame with one paragraph."""
    frame.clear()
    _run(frame.paragraphs[0], words, size, bold=bold, colour=colour)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _run(paragraph: Any, words: str, size: float, *, colour: RGBColor, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = clean(words)
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = colour


def _fill(shape: Any, colour: RGBColor) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.line.fill.background()
    shape.shadow.inherit = False


def _mark(paragraph: Any) -> None:
    """Put a bullet before a paragraph, its lines one below the other."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Inches(0.3)))
    properties.set("indent", str(-Inches(0.3)))
    properties.append(properties.makeelement(qn("a:buChar"), {"char": "•"}))


def _place(shape: Any, left: float, top: float, wide: float, high: float) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(length) for length in (left, top, wide, high))
