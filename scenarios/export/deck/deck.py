"""The deck of a plan in both its forms."""

from geodata.draw.deck import draw_deck
from geodata.draw.deck_maps import DeckMaps
from scenarios.export.deck.content import deck
from scenarios.export.deck.pptx import deck_pptx
from scenarios.export.drawings import dated, missing_letters
from scenarios.export.form import Made
from scenarios.export.written import WrittenPlan

PPTX, PDF = "deck.pptx", "deck.pdf"


def deck_slides(plan: WrittenPlan) -> Made:
    """Return the deck to be edited."""
    view = dated(plan)
    return Made({PPTX: deck_pptx(DeckMaps(view), deck(plan), plan.report.timing.started)})


def deck_pages(plan: WrittenPlan) -> Made:
    """Return the deck to be sent."""
    view = dated(plan)
    return Made({PDF: draw_deck(DeckMaps(view), deck(plan))}, tuple(missing_letters(view, PDF)))
