"""The HTML map in a real Chromium."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from playwright.sync_api import Browser, expect

from geodata.draw.folium_map import draw_map, draw_outlines
from geodata.draw.view import MapView
from tests.browser import open_file, started
from tests.geodata.draw_views import grid_view, with_units
from tests.geodata.test_draw_text import HOSTILE

ATTACK = "".join(HOSTILE)


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """One Chromium for all tests here."""
    with started(chromium) as browser:
        yield browser


def written(folder: Path, view: MapView) -> Path:
    path = folder / "map.html"
    path.write_text(draw_map(view), encoding="utf-8")
    return path


@pytest.mark.parametrize("hostile", [ATTACK, "</script><script>alert(1)</script>", "`${alert(2)}`"])
def test_a_hostile_name_anywhere_stays_text(browser: Browser, tmp_path: Path, hostile: str) -> None:
    """No name, wherever it appears, on load, hover or click, runs or fetches anything."""
    path = written(tmp_path, grid_view(name=lambda text: f"{text} {hostile}"))
    with open_file(browser, path) as watched:
        page = watched.page
        page.mouse.move(800, 450)
        page.mouse.click(810, 440)
        expect(page.locator("#card")).to_be_visible()
        for side in ("Today", "Difference", "Proposed"):
            page.get_by_role("button", name=side, exact=True).click()
        for colour in page.locator("#colour option").evaluate_all("options => options.map(o => o.value)"):
            page.select_option("#colour", colour)
        page.locator("#territory-list button").nth(1).click()
        page.locator("#card .units button").first.click()
        page.fill("#search", "unit 7")
        page.keyboard.press("Enter")
        assert page.locator("#title").text_content().startswith("Grid plan")
        assert watched.noises == []


def test_a_unit_is_found_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    """Typing an id and Enter shows that unit's figures; Escape puts them away."""
    with open_file(browser, written(tmp_path, grid_view())) as watched:
        page = watched.page
        page.locator("#search").focus()
        page.keyboard.type("007")
        page.keyboard.press("Enter")
        expect(page.locator("#card h2")).to_have_text("Unit 7 (007)")
        expect(page.locator("#card dd").first).to_contain_text("Quadrant 0")
        page.keyboard.press("Escape")
        expect(page.locator("#card")).to_be_hidden()


def test_choosing_a_territory_zooms_to_it(browser: Browser, tmp_path: Path) -> None:
    """The list leads to the place: the map is nearer and centred on the territory."""
    with open_file(browser, written(tmp_path, grid_view())) as watched:
        page = watched.page
        before = page.evaluate("planMap.getZoom()")
        page.locator("#territory-list button").nth(3).press("Enter")
        page.wait_for_timeout(600)
        assert page.evaluate("planMap.getZoom()") > before
        assert page.evaluate("planMap.getBounds().contains([4.5, 4.5])")
        expect(page.locator("#card h2")).to_have_text("Quadrant 3 (T4)")


def test_balance_is_told_without_colour_alone(browser: Browser, tmp_path: Path) -> None:
    """A territory out of its band carries a sign and words, one in band or without a band does not."""
    with open_file(browser, written(tmp_path, grid_view())) as watched:
        bars = watched.page.locator("#territory-list li").nth(3).locator(".bar-line")
        expect(bars.nth(0)).to_contain_text("120 ▲")
        expect(bars.nth(0)).to_contain_text("out of band")
        expect(bars.nth(1)).not_to_contain_text("▲")


def test_the_difference_shows_only_what_changes_hands(browser: Browser, tmp_path: Path) -> None:
    """A cell that moves has its new territory's colour, a kept one the neutral colour."""
    with open_file(browser, written(tmp_path, grid_view())) as watched:
        page = watched.page
        page.get_by_role("button", name="Difference", exact=True).click()
        assert cell_colour(watched.page, 1.5, 1.5) == cell_colour(watched.page, 1.5, 5.5)
        assert cell_colour(watched.page, 1.5, 3.5) != cell_colour(watched.page, 1.5, 1.5)
        page.get_by_role("button", name="Today", exact=True).click()
        assert cell_colour(watched.page, 1.5, 3.5) == cell_colour(watched.page, 1.5, 1.5)


def cell_colour(page: object, lat: float, lon: float) -> list[int]:
    """Return the colour drawn a little beside a place, so that no mark is hit."""
    return page.evaluate(  # type: ignore[attr-defined, no-any-return]
        """([lat, lon]) => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
            const canvas = document.querySelector(".stage canvas");
            const at = planMap.latLngToContainerPoint([lat + 0.3, lon + 0.3]);
            const frame = canvas.getBoundingClientRect();
            const stage = planMap.getContainer().getBoundingClientRect();
            const pen = canvas.getContext("2d");
            const pixel = pen.getImageData(at.x + stage.x - frame.x, at.y + stage.y - frame.y, 1, 1);
            done([...pixel.data]);
        })))""",
        [lat, lon],
    )


def test_segments_are_shown_one_at_a_time(browser: Browser, tmp_path: Path) -> None:
    """Where several segments cover the same ground, choosing one leaves its units and outlines only."""
    view = grid_view()
    twice = view.units.loc[np.repeat(view.units.index, 2)].reset_index(drop=True)
    twice["segment"] = ["big", "small"] * 36
    twice["unit"] = twice["unit"] + twice["segment"]
    with open_file(browser, written(tmp_path, with_units(view, twice))) as watched:
        page = watched.page
        page.mouse.click(810, 440)
        expect(page.locator("#card h2")).to_have_text("2 units here")
        page.select_option("#segment", label="small")
        page.mouse.click(810, 440)
        expect(page.locator("#card h2")).to_contain_text("small")
        assert watched.noises == []


def test_points_and_missing_places_open(browser: Browser, tmp_path: Path) -> None:
    """A table of points, some without a place, is a map too, and says what it could not draw."""
    view = grid_view(west=176.0)
    geometry = shapely.centroid(view.units.geometry.to_numpy())
    geometry[7] = None
    path = written(tmp_path, with_units(view, view.units.set_geometry(geometry, crs=4326)))
    with open_file(browser, path) as watched:
        expect(watched.page.locator("#notes")).to_contain_text("Not on the map (1)")
        watched.page.fill("#search", "unit 7")
        watched.page.keyboard.press("Enter")
        expect(watched.page.locator("#card")).to_contain_text("no place on the map")
        assert watched.noises == []


def test_bare_tables_and_no_plan_of_today_open(browser: Browser, tmp_path: Path) -> None:
    """Without any geometry the list of territories still works."""
    view = grid_view()
    bare = view.units.set_geometry(np.full(36, None), crs=4326)
    with open_file(browser, written(tmp_path, replace(view, units=bare, today=None))) as watched:
        expect(watched.page.locator("#sides")).to_be_hidden()
        watched.page.locator("#territory-list button").first.click()
        expect(watched.page.locator("#card")).to_contain_text("9 units")
        assert watched.noises == []


def test_a_single_point_is_a_map(browser: Browser, tmp_path: Path) -> None:
    """One place without extent is shown near, not at an infinite zoom."""
    view = grid_view()
    one = with_units(view, view.units.iloc[:1].set_geometry([shapely.Point(7, 48)], crs=4326))
    homeless = view.proposed.territories.assign(home_lon=np.nan, home_lat=np.nan)
    one = replace(one, proposed=replace(view.proposed, territories=homeless), today=None, bridges=())
    with open_file(browser, written(tmp_path, one)) as watched:
        assert 1 < watched.page.evaluate("planMap.getZoom()") < 20
        assert watched.noises == []


def test_outlines_alone_can_be_clicked(browser: Browser, tmp_path: Path) -> None:
    """The small map answers a click with the territory's figures."""
    path = tmp_path / "outlines.html"
    path.write_text(draw_outlines(grid_view()), encoding="utf-8")
    with open_file(browser, path) as watched:
        watched.page.mouse.click(700, 300)
        expect(watched.page.locator("#card h2")).to_contain_text("Quadrant")
        watched.page.get_by_role("button", name="Today", exact=True).click()
        assert watched.noises == []
