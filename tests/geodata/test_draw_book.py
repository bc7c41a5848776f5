"""The map book."""

import io

import numpy as np
import pypdf

from geodata.draw.book import draw_book
from tests.geodata.draw_views import grid_view, with_units


def test_a_page_a_territory_after_the_overview() -> None:
    """Each manager finds a page with the territory's name, figures and units; the same view gives the same bytes."""
    book = draw_book(grid_view())
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(book)).pages]
    assert len(pages) == 5
    assert "Grid plan" in pages[0]
    assert "Quadrant 2 (T3)" in pages[3] and "Unit 18 (018)" in pages[3] and "Unit 0 (000)" not in pages[3]
    assert draw_book(grid_view()) == book


def test_a_book_of_bare_tables_has_its_pages() -> None:
    """Without a map the figures and lists still fill their pages, and no name breaks one."""
    view = grid_view(name=lambda text: text + "$\\frac{</script>")
    bare = with_units(view, view.units.set_geometry(np.full(36, None), crs=4326))
    assert len(pypdf.PdfReader(io.BytesIO(draw_book(bare))).pages) == 5
