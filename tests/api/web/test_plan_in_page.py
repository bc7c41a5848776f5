"""What the page reckons by itself is what the service says: loads, bands, ways, fit, pieces, changes."""

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.api.service.world import send
from tests.api.web.world import address, served
from tests.browser import open_site, started

SAMPLES = Path("scenarios/samples")
RECKONED = """async ([id, moves]) => {
  const base = document.querySelector("script[type=module]").src.replace("shell.js", "");
  const { readDesk } = await import(base + "scenario/load.js");
  const { checks } = await import(base + "scenario/checks.js");
  const scenario = await (await fetch(`/v1/scenarios/${id}`)).json();
  const { plan, units, ...desk } = await readDesk(scenario, { role: "admin", region: null });
  const before = JSON.stringify(plan.figures);
  const made = moves.map(([ids, to]) =>
    plan.move(ids.map((one) => units.rowOf.get(one)), plan.territories.findIndex((one) => one.code === to)));
  const told = plan.figures.map((one, at) => ({
    territory: plan.territories[at].code, units: one.units, moved: one.moved, pieces: one.pieces,
    mean_km: one.meanKm, max_km: one.units ? one.maxKm : null, fit: one.meanFit, loads: one.loads,
    in_band: units.measures.map((_, measure) => plan.inBand(at, measure)),
  }));
  const changes = { ...plan.changes };
  made.reverse().forEach((change) => plan.undo(change));
  return { told, changes, isRestored: JSON.stringify(plan.figures) === before };
}"""


def study(client: Any, name: str) -> tuple[dict[str, Any], list[str], list[str]]:
    """Create a sample with today's owners as its plan; return it, its units and its territories."""
    folder = SAMPLES / name
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    for path in sorted(folder.glob("*.*")):
        if path.suffix in (".csv", ".geojson") and path.name in text:
            text = text.replace(path.name, send(client, path.name, path.read_text(encoding="utf-8")))
    scenario = client.post("/v1/scenarios", content=text, headers={"Content-Type": "application/yaml"}).json()
    reps = list(csv.DictReader(io.StringIO((folder / "reps.csv").read_text(encoding="utf-8-sig"))))
    staying = [rep["id"] for rep in reps if rep["status"] != "leaving"]
    source = next(folder.glob("*.geojson"))
    owned = [one["properties"] for one in json.loads(source.read_text(encoding="utf-8"))["features"]]
    key = "fips" if "fips" in owned[0] else "code"
    rows = "".join(f"{one[key]},{one['owner'] if one['owner'] in staying else staying[0]}\n" for one in owned)
    plan = client.post(
        f"/v1/scenarios/{scenario['id']}/plans", content=f"unit,rep\n{rows}", headers={"Content-Type": "text/csv"}
    ).json()
    path = f"/v1/scenarios/{scenario['id']}"
    match = {"If-Match": f'"{scenario["revision"]}"'}
    present = client.put(f"{path}/plan", json={"plan_id": plan["id"]}, headers=match).json()
    territories = [one["territory"] for one in client.get(f"{path}/metrics").json()["territories"]]
    return present, [one[key] for one in owned], territories


def test_the_page_reckons_as_the_judge_does(chromium: Path, tmp_path: Path) -> None:
    """A planner sees at once what the service will say, for random moves; undoing restores every figure exactly."""
    with served(tmp_path) as client, started(chromium) as browser:
        scenario, units, territories = study(client, "texas")
        path = f"/v1/scenarios/{scenario['id']}"
        chance = random.Random(7)
        moves = [(chance.sample(units, 5), to) for to in chance.sample(territories, 4)]
        with open_site(browser, address(client, "/")) as watched:
            for made in ([], moves):
                if made:
                    body = {"moves": [{"units": ids, "territory": to} for ids, to in made]}
                    found = reckoned(watched.page, scenario["id"], made)
                    match = {"If-Match": f'"{scenario["revision"]}"'}
                    answer = client.post(f"{path}/moves", json=body, headers=match)
                    assert answer.status_code == 201, answer.text
                else:
                    found = reckoned(watched.page, scenario["id"], [])
                assert found["isRestored"]
                same(found, client.get(f"{path}/metrics").json())


def reckoned(page: Page, scenario_id: str, moves: list[tuple[list[str], str]]) -> Any:
    """Return the figures that the page's own modules reckon."""
    return page.evaluate(RECKONED, [scenario_id, moves])


def same(found: Any, report: Any) -> None:
    """Compare the page's figures with a report."""
    for mine, theirs in zip(found["told"], report["territories"], strict=True):
        assert [mine[name] for name in ("territory", "units", "moved", "pieces")] == [
            theirs[name] for name in ("territory", "units", "moved", "pieces")
        ]
        loads = list(theirs["loads"].values())
        assert mine["loads"] == pytest.approx([load["load"] for load in loads])
        assert mine["in_band"] == [load["in_band"] for load in loads]
        for name in ("mean_km", "max_km", "fit"):
            expected = None if theirs[name] is None else pytest.approx(theirs[name], rel=1e-5, abs=0.02)
            assert mine[name] == expected, (name, mine["territory"])
    assert found["changes"]["units"] == report["changes"]["moved_units"]
    assert found["changes"]["percent"] == pytest.approx(report["changes"]["moved_potential_percent"])
