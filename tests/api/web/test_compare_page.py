"""Plans side by side in a real browser."""

from pathlib import Path

from tests.api.service.world import tiny_document, with_plan
from tests.api.web.world import open_page, served, work
from tests.browser import pictured, started, violations, watch

HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}'\"&"
OTHER = "unit,rep\nA,R1\nB,R2\nC,R2\nD,R2\n"


def test_a_leader_sees_which_plan_is_better_and_who_changed(chromium: Path, tmp_path: Path) -> None:
    """Two plans chosen on the page are told apart by verdict, figures, reps and input; by link the same again."""
    with served(tmp_path) as client, started(chromium) as browser:
        body = tiny_document(client)
        first = with_plan(client, client.post("/v1/scenarios", json={**body, "name": HOSTILE}).json())
        loose = {**body, "name": "Looser", "limits": {"contiguity": "off"}}
        second = with_plan(client, client.post("/v1/scenarios", json=loose).json(), OTHER)
        watched = watch(browser, lambda url: url.startswith(str(client.base_url)), width=1280)
        page = open_page(watched, client, f"/compare?scenario={first['id']}")
        assert "as good as today" in page.inner_text("#verdict")
        page.get_by_label("Another plan").select_option(second["id"])
        page.get_by_role("heading", name="What was changed to get there").wait_for()
        assert HOSTILE in page.inner_text("#verdict") and HOSTILE in page.inner_text("#figures")
        assert "contiguity" in page.inner_text("#inputs") and "1 unit" in page.inner_text("#changes")
        page.get_by_label("Find a unit").fill("Bray")
        page.get_by_role("button", name="Find", exact=True).click()
        assert (
            "today: R1 · A: R1 · B: R2" in page.inner_text(".picked") and page.locator(".side-map canvas").count() == 3
        )
        page.get_by_role("button", name="Changed from today").click()
        reps = page.locator("#changes table").first
        assert "R2" in reps.get_by_role("row").nth(1).inner_text()
        page.get_by_role("button", name="net").press("Enter")
        assert "R1" in reps.get_by_role("row").nth(1).inner_text()
        today = page.get_by_role("button", name="Today", exact=True)
        today.click()
        assert today.get_attribute("aria-pressed") == "true"
        assert violations(page) == [] and watched.noises == []


def test_large_plans_are_compared_by_a_run_that_one_can_leave(chromium: Path, tmp_path: Path) -> None:
    """The run is seen to wait, a cancelled one begins again, and its address shows the result for good."""
    with served(tmp_path, comparison_units_limit=3) as client, started(chromium) as browser:
        scenario = with_plan(client, client.post("/v1/scenarios", json=tiny_document(client)).json())
        watched = watch(browser, lambda url: url.startswith(str(client.base_url)), width=1280)
        page = open_page(watched, client, f"/compare?scenario={scenario['id']}")
        page.get_by_text("Waiting; it is the next.").wait_for()
        assert violations(page) == []
        page.get_by_role("button", name="Cancel").press("Enter")
        page.get_by_role("button", name="Compare again").press("Enter")
        page.get_by_text("Waiting; it is the next.").wait_for()
        pictured(page, "compare-waits")
        work(tmp_path, client)
        page.get_by_role("heading", name="Key figures").wait_for()
        with page.expect_download() as saved:
            page.get_by_role("link", name="Workbook").click()
        assert saved.value.path().read_bytes().startswith(b"PK")
        address = page.url
        page.goto(f"{client.base_url}/runs".replace("//runs", "/runs"))
        page.get_by_role("link", name="See the run of tiny").first.click()
        page.get_by_role("link", name="See the comparison").click()
        page.wait_for_url(address)
        page.get_by_role("heading", name="Key figures").wait_for()
        assert [noise for noise in watched.noises if "409" not in noise] == []
