"""What people say on the map page, what they take back and make again, and what they see who see one region only."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.api.service.world import bearer, regional_viewer, tokens
from tests.api.web.test_scenario_page import study
from tests.api.web.world import address, open_page, served, signed_in
from tests.browser import open_site, started, violations

LOADED = "() => performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.endsWith('.js'))"


@pytest.fixture
def grid(tmp_path: Path, chromium: Path) -> Any:
    """A service with the map of 24 squares, and a browser."""
    with served(tmp_path) as client, started(chromium) as browser:
        yield client, browser, study(client)


def staged(page: Page, unit: str, territory: int) -> None:
    """Stage a move of a unit, found in the table."""
    page.get_by_role("tab", name="Units").click()
    page.get_by_role("row", name=unit).click()
    page.get_by_label("Territory to move to").select_option(index=territory)


def saved(page: Page) -> None:
    """Save what is staged."""
    page.get_by_role("tab", name="Changes").click()
    page.get_by_role("button", name="Save changes").click()
    page.locator(".toast").get_by_text("Your changes are saved").last.wait_for()
    page.locator(".toast").get_by_role("button", name="Close").last.click()


def told(page: Page) -> str:
    """Return all figures of the page as text."""
    page.get_by_role("tab", name="Territories").click()
    return page.inner_text("#figures") + page.inner_text(".seats")


def test_saved_moves_are_undone_and_made_again(grid: Any) -> None:
    """Many steps back and forth over saved moves give the very same figures; a new change ends the way forward."""
    client, browser, scenario = grid
    with open_site(browser, address(client, f"/scenarios/{scenario['id']}")) as watched:
        page = watched.page
        figures = [told(page)]
        for unit in ("Unit C", "Unit I"):
            staged(page, unit, 2)
            saved(page)
            figures.append(told(page))
        page.reload()
        page.wait_for_selector("html[data-ready=yes]")
        for key, steps in (("z", (1, 0)), ("y", (1, 2))):
            for step in steps:
                page.get_by_role("tab", name="Changes").click()
                page.keyboard.press(f"Control+{key}")
                said = "is undone" if key == "z" else "is made again"
                page.locator(".toast").get_by_text(said).wait_for()
                page.locator(".toast").get_by_role("button", name="Close").click()
                assert told(page) == figures[step]
        page.keyboard.press("Control+y")
        page.get_by_text("There is nothing to do again").wait_for()
        assert watched.noises == []


def test_comments_are_written_and_found_where_they_belong(grid: Any) -> None:
    """What is said about a unit or territory stands in the review, and marks its place; by keyboard alone."""
    client, browser, scenario = grid
    with open_site(browser, address(client, f"/scenarios/{scenario['id']}?unit=C")) as watched:
        page = watched.page
        page.get_by_role("heading", name="Unit C").wait_for()
        for about, text in (("Unit Unit C", "Who serves it?"), ("Territory R1", "Too far.")):
            page.get_by_role("button", name="Comment", exact=True).press("Enter")
            assert page.evaluate("document.activeElement.id") == "comment"
            page.get_by_label("About").select_option(label=page.locator("#about option", has_text=about).inner_text())
            page.keyboard.type(text)
            page.get_by_role("button", name="Add comment").press("Enter")
            page.locator("#panel-comments li", has_text=text).wait_for()
        page.get_by_role("tab", name="Comments 2").wait_for()
        assert violations(page) == []
        page.get_by_role("button", name="Show on the map: R1").press("Enter")
        page.get_by_role("heading", name="12 units 1 open comment").wait_for()
        page.get_by_role("tab", name="Units").click()
        page.get_by_label("Only").select_option("said")
        assert "1 open comment" in page.get_by_role("row", name="Unit C").inner_text()
        page.get_by_role("tab", name="Territories").click()
        assert page.locator(".seat .said").count() == 1
        assert watched.noises == []
    said = client.get(f"/v1/scenarios/{scenario['id']}/comments").json()["items"]
    assert [(one["about"], one["subject"]) for one in said] == [("unit", "C"), ("territory", "R1")]


def test_the_page_asks_for_its_modules_at_once_and_refuses_newer_files(grid: Any) -> None:
    """No module waits for another one to be read; a page older than the service says so instead of drawing."""
    client, browser, scenario = grid
    path = address(client, f"/scenarios/{scenario['id']}")
    with open_site(browser, path) as watched:
        asked = watched.page.eval_on_selector_all(
            "link[rel=modulepreload], script[src]", "(all) => all.map((one) => one.href || one.src)"
        )
        assert set(watched.page.evaluate(LOADED)) <= set(asked)

        def newer(route: Route) -> None:
            body = route.fetch().json()
            route.fulfill(json={**body, "format": 99})

        watched.page.route("**/cells.json", newer)
        watched.page.reload()
        watched.page.get_by_text("The service was updated since this page was loaded.").wait_for()
        watched.page.get_by_text("Reload the page").wait_for()


def test_a_viewer_of_one_region_has_a_map_of_it(chromium: Path, tmp_path: Path) -> None:
    """They see their units and territories, are told what is left out, comment, and no word of the rest is sent."""
    keys = tokens(tmp_path)
    with served(tmp_path, auth="keys") as client, started(chromium) as browser:
        client.headers.update(bearer(keys["admin"]))
        scenario = study(client)
        viewer = regional_viewer(client, keys["admin"], "West")
        with signed_in(browser, client, viewer) as watched:
            page = open_page(watched, client, f"/scenarios/{scenario['id']}")
            page.get_by_text("You see region West.").wait_for()
            assert page.locator(".seat").count() == 1 and "12 units" in page.inner_text(".seat")
            page.get_by_role("tab", name="Units").click()
            page.get_by_role("row", name="Unit I").click()
            page.get_by_role("button", name="Comment", exact=True).click()
            page.get_by_label("Your comment").fill("Mine.")
            page.get_by_role("button", name="Add comment").click()
            page.locator("#panel-comments li", has_text="Mine.").wait_for()
            page.get_by_role("tab", name="Checks").click()
            assert "Not told for one region" in page.inner_text("#panel-findings")
            assert "R2" not in page.content() and "Unit F" not in page.content()
            assert violations(page) == [] and watched.noises == []
