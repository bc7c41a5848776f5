"""Pictures, the map book and the light map of a written plan."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from geodata.draw.book import draw_book
from geodata.draw.folium_map import draw_outlines
from geodata.draw.fonts import without_glyph
from geodata.draw.picture import draw_picture
from geodata.draw.view import MapView
from geodata.findings import Finding, Level
from scenarios.export.form import Made
from scenarios.export.written import WrittenPlan

Draw = Callable[[MapView], bytes]

DRAWINGS: dict[str, tuple[str, Draw]] = {
    "png": ("plan.png", lambda view: draw_picture(view, "png")),
    "svg": ("plan.svg", lambda view: draw_picture(view, "svg")),
    "pdf": ("plan.pdf", lambda view: draw_picture(view, "pdf")),
    "book": ("book.pdf", draw_book),
    "outlines": ("outlines.html", lambda view: draw_outlines(view).encode()),
}
"""What is drawn: file name and artist."""
PICTURES = ("png", "svg", "pdf", "book")
"""What is drawn with the fonts of this machine; maps use those of whoever opens them."""


def drawing(plan: WrittenPlan, form: str) -> Made:
    """Draw a plan."""
    name, draw = DRAWINGS[form]
    view = dated(plan)
    return Made({name: draw(view)}, tuple(missing_letters(view, name)) if form in PICTURES else ())


def dated(plan: WrittenPlan) -> MapView:
    """Return the view with the day the plan was made, which may not stand in files that must not change."""
    return replace(plan.view, date=f"made on {made_on(plan)}")


def made_on(plan: WrittenPlan) -> str:
    """Return the day the plan was made."""
    return plan.report.timing.started.date().isoformat()


def missing_letters(view: MapView, name: str) -> Iterator[Finding]:
    """Yield a warning where letters of the plan are in no font here."""
    columns = (view.units["name"], view.units["unit"], *(view.proposed.territories[key] for key in ("name", "rep")))
    letters = without_glyph([view.title, *(text for column in columns for text in column.unique())])
    if letters:
        shown = " ".join(letters[:8])
        message = f"{len(letters)} letters are in no font of this machine and became boxes in pictures: {shown}."
        hint = "Maybe install a font that has them, such as Noto Sans CJK, or send the map, which needs none."
        yield Finding(Level.WARNING, "missing-letters", message, hint, name, value=shown)
