"""A planner's way through the page of a scenario, in a real browser."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Page

from tests.api.service.world import send
from tests.api.web.world import address, served
from tests.browser import Watched, open_site, started, violations
from tests.scenarios.tiny_study import squares

HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}"
DRAWING = "ABCDEF\nGHIJKL\nMNOPQR\nSTUVWX"
REPS = f"id,name,lat,lon\nR1,{HOSTILE},49.95,10.15\nR2,Bo,49.95,10.45\n"
WEST, EAST = "ABCGHIMNOSTU", "DEFJKLPQRVWX"


@pytest.fixture
def grid(tmp_path: Path, chromium: Path) -> Any:
    """A service with a map of 24 squares, the west of R1 and the east of R2, and a browser."""
    with served(tmp_path) as client, started(chromium) as browser:
        yield client, browser, study(client)


def study(client: httpx2.Client) -> dict[str, Any]:
    """Create the scenario with its plan."""
    features = json.loads(squares(DRAWING))
    for feature in features["features"]:
        own = feature["properties"]
        own |= {
            "owner": "R1" if own["id"] in WEST else "R2",
            "region": "West" if own["id"] in WEST else "East",
            "name": HOSTILE if own["id"] == "A" else f"Unit {own['id']}",
        }
    document = {
        "schema_version": 1,
        "name": HOSTILE,
        "units": {
            "file": send(client, "u.geojson", json.dumps(features)),
            "id": "id",
            "name": "name",
            "current": "owner",
        },
        "measures": {"workload": {"column": "hours", "tolerance": 0.2}, "potential": {"column": "revenue"}},
        "reps": {"file": send(client, "reps.csv", REPS)},
        "solve": {"effort": 0.01},
    }
    scenario = client.post("/v1/scenarios", json=document).json()
    rows = "unit,rep\n" + "".join(f"{unit},R1\n" for unit in WEST) + "".join(f"{unit},R2\n" for unit in EAST)
    path = f"/v1/scenarios/{scenario['id']}"
    plan = client.post(f"{path}/plans", content=rows, headers={"Content-Type": "text/csv"}).json()
    match = {"If-Match": f'"{scenario["revision"]}"'}
    return dict(client.put(f"{path}/plan", json={"plan_id": plan["id"]}, headers=match).json())


def drag(page: Page, *corners: tuple[float, float]) -> None:
    """Draw a line over the map through corners given as shares of its width and height."""
    box = page.locator("#map").bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


def figures(page: Page) -> str:
    """Return all figures of the page as text."""
    return page.inner_text("#figures") + seats(page)


def seats(page: Page) -> str:
    """Return the figures of the territories as text."""
    page.get_by_role("tab", name="Territories").click()
    return page.inner_text(".seats")


def opened(browser: Any, client: httpx2.Client, scenario: dict[str, Any], **options: Any) -> Any:
    """Open the page of a scenario."""
    return open_site(browser, address(client, f"/scenarios/{scenario['id']}"), **options)


def quiet(watched: Watched) -> bool:
    """Return whether the page made no noise and axe finds nothing wrong."""
    return watched.noises == [] and violations(watched.page) == []


def test_lasso_move_lock_undo_save(grid: Any) -> None:
    """Draw, move, see what breaks, lock, undo to the very same figures, save; the service has what the page showed."""
    client, browser, scenario = grid
    with opened(browser, client, scenario) as watched:
        page = watched.page
        before = figures(page)
        page.get_by_role("button", name="Lasso").click()
        drag(page, (0.5, 0.02), (0.98, 0.02), (0.98, 0.98), (0.5, 0.98), (0.5, 0.5))
        page.get_by_role("heading", name="12 units").wait_for()
        page.get_by_label("Territory to move to").select_option(index=1)
        page.get_by_text("This breaks a rule").first.wait_for()
        assert quiet(watched)
        page.get_by_role("tab", name="Changes").click()
        page.get_by_role("button", name="Undo", exact=True).last.click()
        assert figures(page) == before
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="Units").click()
        page.get_by_role("row", name="Unit C").click()
        page.get_by_role("button", name="Lock", exact=True).click()
        page.get_by_role("row", name="Unit I").click()
        page.get_by_label("Territory to move to").select_option(index=2)
        after = seats(page)
        page.get_by_role("tab", name="Changes").click()
        assert quiet(watched)
        page.get_by_role("button", name="Save changes").click()
        page.locator(".toast").get_by_text("Your changes are saved").wait_for()
        assert seats(page) == after
    path = f"/v1/scenarios/{scenario['id']}"
    owners = {row["unit"]: row["rep"] for row in client.get(f"{path}/assignments").json()["items"]}
    assert owners["I"] == "R2" and owners["C"] == "R1"
    assert [lock["unit"] for lock in client.get(f"{path}/locks").json()] == ["C"]
    with opened(browser, client, scenario, theme="dark") as watched:
        page = watched.page
        page.get_by_role("tab", name="Units").click()
        page.get_by_role("row", name="Unit C").click()
        page.get_by_label("Territory to move to").select_option(index=2)
        page.get_by_text("1 locked unit stays where it is").wait_for()
        page.get_by_role("tab", name="Changes").click()
        page.get_by_role("button", name="Undo", exact=True).click()
        page.get_by_text("The last saved change is undone").wait_for()
        assert quiet(watched)
    owners = {row["unit"]: row["rep"] for row in client.get(f"{path}/assignments").json()["items"]}
    assert owners["I"] == "R1"


def test_two_planners_keep_what_they_staged(grid: Any) -> None:
    """Whom somebody else was faster than sees the newer plan, with their own staged changes on it."""
    client, browser, scenario = grid
    with opened(browser, client, scenario) as watched:
        page = watched.page
        page.get_by_role("tab", name="Units").click()
        page.get_by_role("row", name="Unit C").click()
        page.get_by_label("Territory to move to").select_option(index=2)
        match = {"If-Match": f'"{scenario["revision"]}"'}
        path = f"/v1/scenarios/{scenario['id']}"
        assert client.post(f"{path}/moves", json={"units": ["I"], "territory": "R2"}, headers=match).status_code == 201
        page.get_by_text("Somebody else changed this scenario").wait_for()
        page.get_by_role("tab", name="Changes").click()
        page.get_by_role("listitem").filter(has_text="Unit C").wait_for()
        page.get_by_role("button", name="Save changes").click()
        page.locator(".toast").get_by_text("Your changes are saved").wait_for()
        owners = {row["unit"]: row["rep"] for row in client.get(f"{path}/assignments").json()["items"]}
        assert owners["C"] == owners["I"] == "R2"


def test_all_of_it_by_keyboard(grid: Any) -> None:
    """Nobody needs a mouse or the map: the table finds, selects and moves; the reason is told."""
    client, browser, scenario = grid
    with opened(browser, client, scenario) as watched:
        page = watched.page
        page.get_by_role("tab", name="Territories").focus()
        page.keyboard.press("ArrowRight")
        page.get_by_role("searchbox").focus()
        page.keyboard.type("unit j")
        page.get_by_role("region", name="Table of units").focus()
        page.keyboard.press("Home")
        page.get_by_role("heading", name="Unit J").wait_for()
        page.get_by_label("Territory to move to").focus()
        page.keyboard.type("R1")
        page.keyboard.press("Enter")
        page.get_by_role("tab", name="Changes 1").wait_for()
        page.get_by_role("tab", name="Changes").focus()
        page.keyboard.press("Control+z")
        page.get_by_text("Undone:").wait_for()
        page.get_by_role("button", name="Why this rep?").press("Enter")
        page.locator("#why table").first.wait_for()
        assert HOSTILE in page.inner_text("main") and quiet(watched)
