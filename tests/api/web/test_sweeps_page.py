"""The front of a sweep in a real browser."""

from pathlib import Path

from tests.api.service.test_sweeps import submitted, work
from tests.api.service.world import service, tiny_scenario, with_plan
from tests.api.web.world import open_page, served
from tests.browser import started, violations, watch

VARY = {"measures.workload.tolerance": ["0.3", "0.9", "-1"]}


def test_a_plan_of_the_front_is_picked_by_keyboard_and_compared(chromium: Path, tmp_path: Path) -> None:
    """A leader goes from the plot to a plan beside the present one, without a mouse and without a command."""
    with service(tmp_path) as client:
        scenario = with_plan(client, tiny_scenario(client))
        submitted(client, scenario, vary=VARY)
        list(work(client))
    with served(tmp_path) as client, started(chromium) as browser:
        watched = watch(browser, lambda url: url.startswith(str(client.base_url)), width=1280)
        page = open_page(watched, client, f"/scenarios/{scenario['id']}/sweeps")
        assert "no plan that keeps every hard rule" in page.inner_text("#sweep")
        marks = page.locator(".mark")
        assert marks.count() == page.locator("#sweep tbody tr").count() > 1
        before = page.inner_text(".chosen h3")
        other = page.locator(".mark[aria-pressed=false]").first
        other.press("Enter")
        page.wait_for_function("before => document.querySelector('.chosen h3').textContent !== before", arg=before)
        page.get_by_label("Up").select_option("balance")
        assert violations(page) == []
        page.get_by_role("button", name="Compare with the present plan").click()
        page.wait_for_url("**/compare?**")
        page.get_by_role("heading", name="Key figures").wait_for()
        assert len(client.get("/v1/scenarios").json()["items"]) == 2
        assert watched.noises == []
