"""The run of a scenario in a real browser: followed, left, come back to, stuck and got out of."""

import threading
from pathlib import Path

from playwright.sync_api import Page

from tests.api.service.world import tiny_document
from tests.api.web.world import address, served, work
from tests.browser import READY, open_file, open_site, pictured, started, violations

OVER = "html[data-over=yes]"


def figures(page: Page) -> str:
    """Return what the page says of how it goes."""
    return page.get_by_label("Where it stands").inner_text()


def test_a_run_is_followed_to_its_map(chromium: Path, tmp_path: Path) -> None:
    """A first visitor takes a sample, runs it, sees curve and map grow, comes back to all of it, and opens the map."""
    with (
        served(tmp_path) as client,
        started(chromium) as browser,
        open_site(browser, address(client, "/new")) as watched,
    ):
        page = watched.page
        page.get_by_role("button", name="Take the sample France terrain").click()
        page.get_by_role("heading", name="Run", exact=True).wait_for()
        page.get_by_label("Another time").fill("30")
        page.get_by_label("Another time").press("Tab")
        page.get_by_role("button", name="Save and run").click()
        page.wait_for_url("**/run")
        page.get_by_text("Waits; it is the next").wait_for()
        assert violations(page) == []
        worker = threading.Thread(target=work, args=(tmp_path, client))
        worker.start()
        page.wait_for_selector(OVER, timeout=240_000)
        worker.join()
        pictured(page, "run-ended")
        assert "96 places in 12 territories" in page.inner_text("#map-words")
        assert "Ended" in figures(page) and page.locator(".chart path.value").count() >= 1
        shown = page.inner_text("#outcome")
        page.reload()
        page.wait_for_selector(OVER)
        assert page.inner_text("#outcome") == shown and page.locator("#steps tbody tr").count() > 1
        assert violations(page) == []
        page.get_by_role("link", name="Open the map").click()
        page.wait_for_url(
            lambda url: url.endswith(f"/scenarios/{client.get('/v1/scenarios').json()['items'][0]['id']}")
        )
        page.wait_for_selector(READY)
        page.get_by_role("link", name="Export").click()
        with page.expect_download() as saved:
            page.get_by_label("Download Map", exact=True).click()
        exported = tmp_path / saved.value.suggested_filename
        saved.value.save_as(exported)
        pictured(page, "exports")
        assert violations(page) == [] and watched.noises == []
        with open_file(browser, exported) as map_file:
            assert "France terrain" in map_file.page.title() and "Gironde" in map_file.page.content()
            pictured(map_file.page, "exported-map")
            assert map_file.noises == [] and violations(map_file.page) == []


def test_who_asks_too_much_is_led_out(chromium: Path, tmp_path: Path) -> None:
    """Where no plan keeps every rule the page says why, changes the scenario at one press, and runs it again."""
    with served(tmp_path) as client, started(chromium) as browser:
        document = {
            **tiny_document(client),
            "limits": {"max_distance_km": 5, "disruption": {"units": 0.1}},
            "rules": {"lock": [{"unit": "A", "rep": "R2"}]},
        }
        scenario = client.post("/v1/scenarios", json=document).json()
        client.post("/v1/jobs", json={"scenario_id": scenario["id"]})
        work(tmp_path, client)
        with open_site(browser, address(client, f"/scenarios/{scenario['id']}/run"), theme="dark") as watched:
            page = watched.page
            page.get_by_text("No plan keeps every rule: that is proven.").wait_for()
            assert violations(page) == []
            page.get_by_role("button", name="Apply all of them and run again").click()
            page.wait_for_url("**job=*")
            work(tmp_path, client)
            page.get_by_text("keeps every rule").or_(page.get_by_text("best plan, proven")).first.wait_for(
                timeout=60_000
            )
            page.goto(address(client, "/runs"))
            page.get_by_role("table").wait_for()
            assert page.get_by_role("row").count() == 3 and violations(page) == []
            assert watched.noises == []
