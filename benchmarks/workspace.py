"""Times of the map page of a scenario, in headless Chromium without a GPU.

    python -m benchmarks.workspace [--chromium /usr/bin/chromium] [--only counties]

A service in this process holds the bundled counties, and the cells around the bundled postal codes of the lower 48,
each with a plan drawn by the nearest of seeded homes. "first" is from opening the page to the frame that shows map and
totals, in a browser that has never been here; "ready" the same for somebody who comes back, with the processor time of
the browser; "click" from choosing a territory for the selected unit to new totals and checks; "lasso" selects what a
drawn shape holds; "pan" is the median frame while the map is dragged; "save" is one moved unit, judged and kept; "lock
all" is from the press to new totals, and then until all locks are saved. The load of the machine is told below.
"""

import argparse
import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
import numpy as np
import shapely
from playwright.sync_api import Page, sync_playwright
from scipy.spatial import cKDTree

from benchmarks.geography import on_sphere
from benchmarks.processes import below_cpu_s
from geodata.layers.bundled import ID_COLUMNS, bundled_layer
from geodata.voronoi import cells
from tests.api.web.world import served

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LOWER_48 = (-125.0, 24.0, -66.0, 50.0)
FRAMES = """() => new Promise((resolve) => {
  const times = [];
  let last = performance.now();
  const step = (now) => {
    times.push(now - last);
    last = now;
    if (window.panning) requestAnimationFrame(step);
    else resolve(times.slice(2));
  };
  window.panning = true;
  requestAnimationFrame(step);
})"""


@dataclass(frozen=True)
class Size:
    """A map to open, and how long it may take at most."""

    name: str
    bundled: str
    n_territories: int
    ready_s: float


SIZES = (Size("counties", "us-counties", 150, 1.5), Size("postal codes", "us-zips", 300, 5.0))


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--only", default="")
    wanted = parser.parse_args()
    print(
        "| map | cells | first s | ready s | CPU s | click ms | lasso ms (units) | pan ms | save s | lock all ms, s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for size in SIZES:
        if wanted.only in size.name:
            print(_row(size, wanted.chromium), flush=True)
    print(f"Load of the machine over the last 1, 5 and 15 min: {', '.join(f'{load:.1f}' for load in os.getloadavg())}.")


def _row(size: Size, chromium: str) -> str:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as client, sync_playwright() as playwright:
        client.timeout = httpx2.Timeout(600.0)
        scenario, n_units = _study(client, size)
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        url = f"{str(client.base_url).rstrip('/')}/scenarios/{scenario['id']}"
        first_s, _ = _ready_s(page, url)
        ready_s, cpu_s = min(_ready_s(page, url) for _ in range(3))
        click_ms = _click_ms(page)
        pan_ms = _pan_ms(page)
        lasso_ms, selected = _lasso_ms(page)
        page.goto("about:blank")
        save_s = _save_s(client, scenario)
        lock_ms, lock_s = _lock_all(page, url)
        browser.close()
    return (
        f"| {size.name} | {n_units:,} | {first_s:.2f} | {ready_s:.2f} (most {size.ready_s:g}) | {cpu_s:.2f} "
        f"| {click_ms:.0f} (most 50) | {lasso_ms:.0f} ({selected}; most 100) | {pan_ms:.1f} (most 20) | {save_s:.1f} "
        f"| {lock_ms:.0f}, {lock_s:.1f} |"
    )


def _study(client: httpx2.Client, size: Size) -> tuple[dict[str, Any], int]:
    """Create the scenario with its plan, and make the page's files."""
    frame = bundled_layer(size.bundled).frame
    shapes = frame.geometry.to_numpy()
    if shapes[0].geom_type == "Point":
        shapes = cells(frame.geometry.x.to_numpy(), frame.geometry.y.to_numpy()).polygons
    middle = shapely.get_coordinates(shapely.centroid(shapes))
    west, south, east, north = LOWER_48
    kept = np.flatnonzero((middle >= (west, south)).all(axis=1) & (middle <= (east, north)).all(axis=1))
    rng = np.random.default_rng(1)
    xyz_m = on_sphere(middle[:, 1], middle[:, 0])
    homes = rng.choice(kept, size.n_territories, replace=False)
    near = cKDTree(xyz_m[homes]).query(xyz_m)[1]
    ids = frame[ID_COLUMNS[size.bundled]].astype(str).tolist()
    features = [
        {
            "type": "Feature",
            "properties": {
                "id": ids[i],
                "hours": round(rng.gamma(2.0, 10.0) + 1.0, 1),
                "revenue": round(rng.gamma(2.0, 1000.0)),
            },
            "geometry": shapely.geometry.mapping(shapes[i]),
        }
        for i in kept
    ]
    reps = "id,lat,lon\n" + "".join(f"R{k},{middle[h, 1]:.4f},{middle[h, 0]:.4f}\n" for k, h in enumerate(homes))
    units = _send(client, "units.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    document = {
        "schema_version": 1,
        "name": size.name,
        "units": {"file": units, "id": "id"},
        "measures": {"workload": {"column": "hours", "tolerance": 0.95}, "potential": {"column": "revenue"}},
        "neighbours": {"bridges": "nearest"},
        "reps": {"file": _send(client, "reps.csv", reps)},
    }
    scenario = client.post("/v1/scenarios", json=document).json()
    path = f"/v1/scenarios/{scenario['id']}"
    rows = "unit,rep\n" + "".join(f"{ids[i]},R{near[i]}\n" for i in kept)
    plan = client.post(f"{path}/plans", content=rows, headers={"Content-Type": "text/csv"}).json()
    present = client.put(f"{path}/plan", json={"plan_id": plan["id"]}, headers=_match(scenario)).json()
    for name in ("cells.json", "alignment.json"):
        client.get(f"/v1/plans/{plan['id']}/files/{name}").raise_for_status()
    return present, len(kept)


def _send(client: httpx2.Client, name: str, text: str) -> str:
    return f"dataset:{client.post('/v1/datasets', files={'file': (name, text.encode())}).json()['id']}"


def _match(scenario: dict[str, Any]) -> dict[str, str]:
    return {"If-Match": f'"{scenario["revision"]}"'}


def _ready_s(page: Page, url: str) -> tuple[float, float]:
    """Return the time until the page is ready, and the processor time of the browser meanwhile."""
    before_s, cpu_s = time.perf_counter(), below_cpu_s()
    page.goto(url)
    page.wait_for_selector("html[data-ready=yes]", timeout=120_000)
    return time.perf_counter() - before_s, below_cpu_s() - cpu_s


def _measured_ms(page: Page, name: str) -> list[float]:
    """Return how long the page's own measures of a name took."""
    found: list[float] = page.evaluate(
        "(name) => performance.getEntriesByName(name, 'measure').map((one) => one.duration)", name
    )
    return found


def _click_ms(page: Page) -> float:
    """Select single units and move each; the page measures until totals and checks stand."""
    box = page.locator("#map").bounding_box()
    assert box is not None
    for step in range(5):
        page.mouse.click(box["x"] + box["width"] * (0.35 + 0.06 * step), box["y"] + box["height"] * 0.5)
        page.get_by_label("Territory to move to").select_option(index=1 + step)
    return median(_measured_ms(page, "move"))


def _lasso_ms(page: Page) -> tuple[float, str]:
    """Lasso the middle of the country; the page measures from the end of the drawing until the map shows it."""
    page.get_by_role("button", name="Whole map").click()
    page.wait_for_timeout(1000)
    page.get_by_role("button", name="Lasso").click()
    _drag(page, (0.5, 0.2), (0.85, 0.2), (0.85, 0.8), (0.5, 0.8), (0.5, 0.25))
    return max(_measured_ms(page, "lasso")), page.locator("#selection h2").inner_text()


def _pan_ms(page: Page) -> float:
    """Drag the map to and fro and return the median frame."""
    page.mouse.move(0, 0)
    frames = page.evaluate_handle(f"() => {{ window.frames_told = ({FRAMES})(); return 1; }}")
    _drag(page, (0.5, 0.5), (0.3, 0.4), (0.6, 0.6), (0.4, 0.5), (0.5, 0.5), steps=30)
    frames.dispose()
    times: list[float] = page.evaluate("() => { window.panning = false; return window.frames_told; }")
    return median(times)


def _drag(page: Page, *corners: tuple[float, float], steps: int = 10) -> None:
    box = page.locator("#map").bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=steps)
    page.mouse.up()


def _save_s(client: httpx2.Client, scenario: dict[str, Any]) -> float:
    """Return how long the second of two saved moves takes: the first one prepares the scenario."""
    path = f"/v1/scenarios/{scenario['id']}"
    unit = client.get(f"{path}/assignments").json()["items"][0]["unit"]
    for territory in ("R0", "R1"):
        body, match = {"units": [unit], "territory": territory}, _match(client.get(path).json())
        before_s = time.perf_counter()
        client.post(f"{path}/moves", json=body, headers=match).raise_for_status()
        taken_s = time.perf_counter() - before_s
    return taken_s


def _lock_all(page: Page, url: str) -> tuple[float, float]:
    """Lock all units; return how long the totals took, in ms, and the saving, in s."""
    _ready_s(page, url)
    page.get_by_role("tab", name="Changes").click()
    page.get_by_role("button", name="Lock all", exact=True).click()
    before_s = time.perf_counter()
    page.get_by_role("button", name="Save changes").click()
    page.locator(".toast").get_by_text("Your changes are saved").wait_for(timeout=120_000)
    return max(_measured_ms(page, "lock")), time.perf_counter() - before_s


if __name__ == "__main__":
    main()
