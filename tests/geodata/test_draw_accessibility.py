"""The HTML map and people who do not see it, or not well, or use no mouse."""

from pathlib import Path

from geodata.draw.folium_map import draw_map, draw_outlines
from tests.browser import open_file, started, violations
from tests.geodata.draw_views import grid_view


def test_axe_finds_nothing_wrong(chromium: Path, tmp_path: Path) -> None:
    """The page as it opens, with a card open, in its views and on a small screen passes axe-core's rules."""
    path, outlines = tmp_path / "map.html", tmp_path / "outlines.html"
    path.write_text(draw_map(grid_view()), encoding="utf-8")
    outlines.write_text(draw_outlines(grid_view()), encoding="utf-8")
    with started(chromium) as browser:
        with open_file(browser, path) as watched:
            page = watched.page
            assert violations(page) == []
            page.locator("#territory-list button").nth(1).click()
            page.get_by_role("button", name="Difference", exact=True).click()
            page.fill("#search", "unit 7")
            assert violations(page) == []
        with open_file(browser, outlines, width=400) as watched:
            assert violations(watched.page) == []
