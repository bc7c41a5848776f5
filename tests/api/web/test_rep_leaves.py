"""A rep leaves in mid-year: from the new list of reps to a plan that people can defend, in a real browser."""

import json
from pathlib import Path
from typing import Any

import httpx2

from tests.api.service.world import send, with_plan
from tests.api.web.world import open_page, served, work
from tests.browser import pictured, started, violations, watch
from tests.scenarios.tiny_study import squares

OWNERS = {**dict.fromkeys("ABGH", "R1"), **dict.fromkeys("CDIJ", "R2"), **dict.fromkeys("EFKL", "R3")}
REPS = "id,name,lat,lon,status\nR1,Ann,49.95,10.1,active\nR2,Bo,49.95,10.3,{}\nR3,Cy,49.95,10.5,active\n"


def study(client: httpx2.Client) -> dict[str, Any]:
    """Create twelve squares for three reps, with today's plan as the plan."""
    features = json.loads(squares("ABCDEF\nGHIJKL"))
    for feature in features["features"]:
        feature["properties"]["owner"] = OWNERS[feature["properties"]["id"]]
    document = {
        "schema_version": 1,
        "name": "Mid-year",
        "units": {"file": send(client, "units.geojson", json.dumps(features)), "id": "id", "current": "owner"},
        "measures": {"workload": {"column": "hours"}, "potential": {"column": "revenue"}},
        "reps": {"file": send(client, "reps.csv", REPS.format("active"))},
        "solve": {"effort": 0.01},
    }
    rows = "unit,rep\n" + "".join(f"{unit},{rep}\n" for unit, rep in OWNERS.items())
    return with_plan(client, client.post("/v1/scenarios", json=document).json(), rows)


def owners(client: httpx2.Client, scenario: dict[str, Any]) -> dict[str, str]:
    """Return who has what in the present plan."""
    rows = client.get(f"/v1/scenarios/{scenario['id']}/assignments").json()["items"]
    return {row["unit"]: row["rep"] for row in rows}


def test_a_rep_leaves_and_the_others_take_over(chromium: Path, tmp_path: Path) -> None:
    """Only what must move moves, each move is explained, a change by hand is kept while the rest is improved."""
    with served(tmp_path) as client, started(chromium) as browser:
        scenario = study(client)
        newer = tmp_path / "reps-july.csv"
        newer.write_text(REPS.format("leaving"), encoding="utf-8")
        watched = watch(browser, lambda url: url.startswith(str(client.base_url)), width=1280)
        page = open_page(watched, client, f"/scenarios/{scenario['id']}/settings#data")
        page.get_by_role("button", name="Replace reps.csv by a newer file").click()
        page.locator(".card .card").get_by_label("Files to upload").set_input_files(newer)
        page.get_by_text("reps-july.csv takes the place of reps.csv.").wait_for()
        page.locator(".step").nth(4).click()
        page.get_by_text("12 places for 2 territories").wait_for()
        pictured(page, "rep-leaves-check")
        page.get_by_role("button", name="Go on to the run").click()
        page.get_by_role("button", name="Save and run").click()
        page.wait_for_url("**/run")
        work(tmp_path, client)
        page.get_by_role("link", name="Compare with the present plan").click()
        page.get_by_role("heading", name="Who gains and who loses").wait_for()
        assert "4 units" in page.inner_text("#changes") and violations(page) == []
        page.go_back()
        page.get_by_role("button", name="Use this plan and open the map").click()
        page.get_by_role("tab", name="Units").click()
        after = owners(client, scenario)
        assert {unit for unit in OWNERS if after[unit] != OWNERS[unit]} == set("CDIJ")
        page.get_by_role("searchbox").fill("C")
        page.get_by_role("row", name="C", exact=False).nth(1).click()
        page.get_by_role("button", name="Why this rep?").click()
        page.locator("#why table").first.wait_for()
        pictured(page, "rep-leaves-why")
        assert violations(page) == []

        page.get_by_label("Territory to move to").select_option(label="R3 · Cy")
        page.get_by_role("tab", name="Changes").click()
        page.get_by_role("button", name="Re-optimise").click()
        page.get_by_role("button", name="Stop and keep the best").wait_for()
        work(tmp_path, client)
        page.get_by_role("button", name="Use it").click()
        page.get_by_text("The new plan is in use.").wait_for()
        assert owners(client, scenario)["C"] == "R3" and violations(page) == []
        assert watched.noises == []
