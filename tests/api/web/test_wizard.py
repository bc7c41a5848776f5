"""From data to a scenario in a real browser: broken files, guessed columns, hostile names."""

from pathlib import Path

from playwright.sync_api import Page

from tests.api.service.world import tiny_document
from tests.api.web.world import address, served
from tests.browser import READY, open_site, started, violations
from tests.scenarios.tiny_study import REPS, UNITS

HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}'&"
REFUSED = "console Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"
"""What Chromium itself writes of a file that the service refuses."""


def files_of(folder: Path) -> list[str]:
    """Write the tiny study with hostile names, its reps broken; return the files."""
    units = UNITS.replace("id,name", f'"{HOSTILE}",name').replace("Ashby", f'"{HOSTILE}"')
    (folder / f"{HOSTILE.replace('/', '')}.csv").write_text(units, encoding="utf-8")
    (folder / "reps.csv").write_text(REPS.replace("R2,50.0,10.3", "R2,50.0"), encoding="utf-8")
    return [str(path) for path in sorted(folder.glob("*.csv"))]


def turn(page: Page, title: str) -> None:
    """Go to the next step."""
    page.get_by_role("button", name=f"Next: {title}").click()
    page.get_by_role("heading", name=title, exact=True).wait_for()
    page.wait_for_selector(READY)


def test_broken_files_are_repaired_on_the_way_to_a_scenario(chromium: Path, tmp_path: Path) -> None:
    """A first visitor with a broken file gets to a run; hostile names stay names; a reload loses nothing."""
    data = tmp_path / "data"
    data.mkdir()
    with (
        served(tmp_path) as client,
        started(chromium) as browser,
        open_site(browser, address(client, "/new")) as watched,
    ):
        page = watched.page
        page.get_by_label("Files to upload").set_input_files(files_of(data))
        page.get_by_text("reps.csv cannot be used yet.").wait_for()
        assert "row 2" in page.get_by_role("table", name="Findings in reps.csv").inner_text()
        assert violations(page) == []
        (data / "reps.csv").write_text(REPS, encoding="utf-8")
        page.get_by_label("Repaired file for reps.csv").set_input_files(str(data / "reps.csv"))
        page.get_by_text("reps.csv is here.").wait_for()
        page.get_by_text(f"{HOSTILE}.csv is here.").wait_for()
        turn(page, "Columns")
        assert page.get_by_label("ID", exact=True).first.input_value() == HOSTILE
        assert violations(page) == []
        turn(page, "Measures and goals")
        page.get_by_label("Band that must be kept (in %)").first.fill("60")
        page.get_by_label("Few changes").select_option("Counts a lot")
        turn(page, "Limits and rules")
        page.reload()
        page.get_by_role("heading", name="Limits and rules", exact=True).wait_for()
        turn(page, "Check")
        page.get_by_text("4 places for 2 territories").wait_for()
        page.get_by_role("button", name="Go on to the run").click()
        page.get_by_label("Name of the scenario").fill(HOSTILE)
        page.get_by_role("button", name="Create and run").click()
        page.wait_for_url(lambda url: "/new" not in url)
        assert watched.noises == [REFUSED]
        scenario = client.get("/v1/scenarios").json()["items"][0]
        assert scenario["name"] == HOSTILE and scenario["job"]["status"] == "queued"
        document = client.get(f"/v1/scenarios/{scenario['id']}").json()["document"]
        assert document["measures"]["workload"]["tolerance"] == 0.6 and document["goals"]["disruption"] == 2


def test_findings_lead_to_where_they_are_mended(chromium: Path, tmp_path: Path) -> None:
    """An existing scenario is changed by the same forms and as text; whoever was faster is not overwritten unseen."""
    with served(tmp_path) as client, started(chromium) as browser:
        scenario = client.post("/v1/scenarios", json=tiny_document(client)).json()
        path = f"/scenarios/{scenario['id']}/settings"
        with open_site(browser, address(client, path), theme="dark") as watched:
            page = watched.page
            page.get_by_role("button", name="As text").click()
            page.get_by_label("Scenario document").fill(
                page.get_by_label("Scenario document").input_value().replace("column: hours", "column: hourz")
            )
            page.get_by_role("button", name="Check and take over").click()
            page.get_by_text("cannot run yet").wait_for()
            assert violations(page) == []
            page.locator(".step").nth(4).click()
            page.get_by_role("button", name="Go to Columns").first.click()
            page.get_by_label("Workload").select_option("hours")
            page.locator(".step").nth(5).click()
            page.get_by_label("A thorough plan").check()
            revised = client.patch(
                f"/v1/scenarios/{scenario['id']}", json={"name": "theirs"}, headers={"If-Match": '"1"'}
            )
            assert revised.status_code == 200
            page.get_by_role("button", name="Save without running").click()
            page.get_by_role("button", name="Lay mine over theirs").click()
            page.wait_for_url(lambda url: "/settings" not in url)
        kept = client.get(f"/v1/scenarios/{scenario['id']}").json()["document"]
        assert kept["name"] == "theirs" and kept["solve"] == {"time_limit_s": 300}
