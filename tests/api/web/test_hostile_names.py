"""Names that want to be scripts, formulas or markup stay names: on every page and in every export."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openpyxl

from api.web.pages import PAGES
from tests.api.service.world import send, with_plan
from tests.api.web.world import open_page, served
from tests.browser import open_file, pictured, started, violations, watch
from tests.scenarios.tiny_study import squares

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(2)>${alert(3)}`{{7*7}}'\"&"
FORMULA = '=HYPERLINK("http://127.0.0.1:9/"&A1,"\'x")'
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def table(rows: list[list[str]]) -> str:
    """Return CSV text."""
    memory = io.StringIO()
    csv.writer(memory).writerows(rows)
    return memory.getvalue()


def study(client: httpx2.Client) -> dict[str, Any]:
    """Create a study with hostile names in units, reps, territories, managers and accounts, with plan and comment."""
    features = json.loads(squares("ABCD"))
    for feature in features["features"]:
        unit = feature["properties"]["id"]
        feature["properties"] |= {"name": SCRIPT if unit == "A" else FORMULA, "owner": "R1" if unit in "AB" else "R2"}
    reps = [
        ["id", "name", "lat", "lon", "territory", "manager"],
        ["R1", SCRIPT, "50", "10", "SOUTH", FORMULA],
        ["R2", FORMULA, "50", "10.3", "=NORTH", SCRIPT],
    ]
    accounts = [["Id", "Name", "Owner", "Unit", "effort", "money"]] + [
        [f"00{at}", name, "R1" if unit in "AB" else "R2", unit, "5", "50"]
        for at, (name, unit) in enumerate([(SCRIPT, "A"), (FORMULA, "B"), ("@SUM(1)", "C"), ("Plain", "D")])
    ]
    document = {
        "schema_version": 1,
        "name": SCRIPT,
        "units": {"file": send(client, "units.geojson", json.dumps(features)), "id": "id", "name": "name"},
        "accounts": {
            "file": send(client, "accounts.csv", table(accounts)),
            "id": "Id",
            "name": "Name",
            "owner": "Owner",
            "geography": "Unit",
        },
        "measures": {"workload": {"column": "effort"}, "potential": {"column": "money"}},
        "reps": {"file": send(client, "reps.csv", table(reps))},
        "solve": {"effort": 0.01},
    }
    answer = client.post("/v1/scenarios", json=document)
    assert answer.status_code == 201, answer.text
    scenario = with_plan(client, answer.json(), "unit,rep\nA,R1\nB,R2\nC,R2\nD,R2\n")
    said = client.post(
        f"/v1/scenarios/{scenario['id']}/comments", json={"about": "unit", "subject": "A", "text": SCRIPT}
    )
    assert said.status_code == 201, said.text
    return scenario


def test_hostile_names_are_inert_on_every_page(chromium: Path, tmp_path: Path) -> None:
    """No page runs a name, asks for what stands in it or is broken by it; axe is content with each, in either theme."""
    with served(tmp_path) as client, started(chromium) as browser:
        scenario = study(client)
        own = str(client.base_url)
        for at, page_at in enumerate(PAGES):
            watched = watch(browser, lambda url: url.startswith(own), width=1280, theme="dark" if at % 2 else "light")
            path = page_at.path.replace("{scenario_id}", scenario["id"])
            page = open_page(watched, client, f"{path}?scenario={scenario['id']}" if path == "/compare" else path)
            if path == "/compare":
                page.wait_for_selector("#maps[data-ready=yes]")
            pictured(page, f"hostile{page_at.template}-{at}")
            assert "scenario_id" not in page_at.path or SCRIPT in page.inner_text("main"), path
            assert violations(page) == [] and watched.noises == [], path
            page.close()


def test_hostile_names_are_inert_in_every_export(chromium: Path, tmp_path: Path) -> None:
    """No cell of any table is a formula, ids keep their zeros, and pages that are sent run nothing."""
    with served(tmp_path) as client, started(chromium) as browser:
        scenario = study(client)
        seen = set()
        for name, data in exports(client, scenario):
            seen.add(name.rpartition(".")[2])
            if name.endswith(".csv"):
                cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
                assert [
                    cell for cell in cells if cell.startswith(FORMULAS) and not re.fullmatch(r"-[\d.e-]+", cell)
                ] == []
                assert "001" in cells or not name.endswith(("accounts.csv", "owner-changes.csv")), name
            elif name.endswith(".xlsx"):
                book = openpyxl.load_workbook(io.BytesIO(data))
                cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
                assert [cell.coordinate for cell in cells if cell.data_type == "f"] == [], name
            elif name.endswith(".html"):
                path = tmp_path / name.replace("/", "-")
                path.write_bytes(data)
                with open_file(browser, path) as watched:
                    assert watched.noises == [] and violations(watched.page) == [], name
        assert {"csv", "xlsx", "html", "pdf", "pptx"} <= seen


def exports(client: httpx2.Client, scenario: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the menu of forms that this plan can have, those in zips too."""
    path = f"/v1/scenarios/{scenario['id']}"
    addresses = {
        form["file"]: f"{path}/exports/{form['name']}"
        for form in client.get(f"{path}/exports").json()
        if not form["needs"] and form["name"] != "routing"  # it wants postal codes
    }
    plain = ("map.html", "plan.xlsx", "plan.csv", "territories.csv", "accounts.csv")
    addresses |= {name: f"/v1/plans/{scenario['plan_id']}/files/{name}" for name in plain}
    for form in ("html", "xlsx", "csv"):
        addresses[f"comparison.{form}"] = f"/v1/comparisons?scenario={scenario['id']}&format={form}"
    for name, address in addresses.items():
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        yield from _files(name, answer.content)


def _files(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if not name.endswith(("/", ".zip")):
        yield name, data
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for inside in archive.namelist():
            yield from _files(f"{name.strip('/')}-{inside}", archive.read(inside))
