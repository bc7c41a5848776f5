"""Viewers limited to a region: they see theirs, and nothing of anybody else's."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.access import ACCESS, REGIONAL, VIEWER
from api.plans.files import FORM_OF, PAGES
from api.web import pages
from tests.api.service.world import bearer, match, regional_viewer, send, service, tokens, with_plan

UNITS = """id,name,lat,lon,hours,revenue,region,owner
west-1,Westham,50,10.0,10,1,West,rep-w
west-2,Westley,50,10.1,20,2,West,rep-w
west-3,Weston,50,10.2,30,3,West,rep-m
east-4,Eastham,50,10.3,40,4,East,rep-m
east-5,Eastley,50,10.4,50,5,East,rep-e
=east,Easton,50,10.5,60,6,East,rep-e
"""
REPS = "id,lat,lon\nrep-w,50,10\nrep-m,50,10.25\nrep-e,50,10.5\n"
PLAN = "unit,rep\nwest-1,rep-w\nwest-2,rep-w\nwest-3,rep-m\neast-4,rep-m\neast-5,rep-e\n=east,rep-e\n"
HIDDEN = re.compile(r"east|rep-e", re.IGNORECASE)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A service with a planned scenario of two regions, asked by an admin."""
    keys = tokens(tmp_path)
    with service(tmp_path, auth="keys", requests_per_minute=10_000) as asking:
        asking.headers.update(bearer(keys["admin"]))
        yield asking


@pytest.fixture
def scenario(client: TestClient) -> dict[str, Any]:
    """The scenario, with a move and locks in both regions."""
    document = {
        "schema_version": 1,
        "name": "two regions",
        "units": {"file": send(client, "units.csv", UNITS), "id": "id", "name": "name", "current": "owner"},
        "measures": {"workload": {"column": "hours"}, "potential": {"column": "revenue"}},
        "reps": {"file": send(client, "reps.csv", REPS)},
        "rules": {
            "lock": [
                {"unit": "east-5", "rep": "rep-e", "reason": "Eastern"},
                {"unit": "west-1", "rep": "rep-w", "reason": "mine"},
            ]
        },
    }
    created = client.post("/v1/scenarios", json=document)
    assert created.status_code == 201, created.text
    planned = with_plan(client, created.json(), PLAN)
    path = f"/v1/scenarios/{planned['id']}"
    body = {"units": ["west-2", "east-4"], "territory": "rep-m"}
    moved = client.post(f"{path}/moves", json=body, headers=match(planned))
    assert moved.status_code == 201, moved.text
    return dict(client.get(path).json())


def asking_as(client: TestClient, *values: str) -> TestClient:
    """Let a viewer limited to these regions ask from now on."""
    admin = client.headers["Authorization"].removeprefix("Bearer ")
    client.headers.update(bearer(regional_viewer(client, admin, *values)))
    return client


def test_no_answer_tells_of_another_region(client: TestClient, scenario: dict[str, Any]) -> None:
    """Every call that a viewer may make is searched for units, names and reps of the other region."""
    job = client.post("/v1/jobs", json={"scenario_id": scenario["id"]}).json()["id"]
    for unit in ("east-5", "west-1"):
        remark = {"about": "unit", "subject": unit, "text": f"Look at {unit}."}
        assert client.post(f"/v1/scenarios/{scenario['id']}/comments", json=remark).status_code == 201
    dataset = client.get("/v1/datasets").json()["items"][0]["id"]
    ids = {"scenario_id": scenario["id"], "plan_id": scenario["plan_id"], "job_id": job, "dataset_id": dataset}
    files = ("plan.csv", "territories.csv", "report.json", "certificate.json", *PAGES, *FORM_OF)
    forms = ("json", "csv", "geojson")
    asking_as(client)
    seen = 0
    for call, least in ACCESS.items():
        path = call.split()[1].replace("{version}", "1")
        if least != VIEWER or not call.startswith("GET "):
            continue
        for name, value in ids.items():
            path = path.replace(f"{{{name}}}", value)
        paths = [path.replace("{name}", name) for name in files] if "{name}" in path else [path]
        paths = [f"{path}?format={form}" for form in forms] if path.endswith("assignments") else paths
        is_open = call in REGIONAL or call.split()[1] in {page.path for page in pages.PAGES}
        for asked in paths:
            answer = client.get(asked)
            assert answer.status_code in ((200, 404) if is_open else (403,)), (asked, answer.text)
            assert not HIDDEN.search(answer.text), asked
            seen += answer.status_code == 200
    assert seen >= len({call for call in REGIONAL if call.startswith("GET ")})


def test_a_viewer_sees_all_of_their_own_region(client: TestClient, scenario: dict[str, Any]) -> None:
    """What is theirs is complete: rows, shapes, figures, moves and locks."""
    path = f"/v1/scenarios/{scenario['id']}"
    whole = list(csv.DictReader(client.get(f"{path}/assignments?format=csv").text.lstrip("\ufeff").splitlines()))
    figures = {figure["territory"]: figure for figure in client.get(f"{path}/metrics").json()["territories"]}
    asking_as(client)
    assert client.get("/v1/me").json()["region"] == {"field": "region", "values": ["West"]}
    rows = client.get(f"{path}/assignments").json()["items"]
    assert rows == [row for row in whole if row["unit"].startswith("west")] and len(rows) == 3
    shapes = json.loads(client.get(f"{path}/assignments?format=geojson").content)["features"]
    assert [shape["properties"]["unit"] for shape in shapes] == ["west-1", "west-2", "west-3"]
    cells, alignment = (
        client.get(f"/v1/plans/{scenario['plan_id']}/files/{name}.json").json() for name in ("cells", "alignment")
    )
    assert cells["unit"] == ["west-1", "west-2", "west-3"]
    assert [(one["code"], one["is_whole"]) for one in alignment["territories"]] == [("rep-w", True), ("rep-m", False)]
    remark = {"about": "unit", "subject": "west-1", "text": "Mine."}
    assert client.post(f"{path}/comments", json=remark).status_code == 201
    assert client.post(f"{path}/comments", json={**remark, "subject": "east-5"}).json()["code"] == "invalid-input"
    own, shared = client.get(f"{path}/metrics").json()["territories"]
    assert own == {**figures["rep-w"], "is_whole": True}
    loads = {"workload": {"load": 50.0}, "potential": {"load": 5.0}}
    assert shared == {"territory": "rep-m", "rep": "rep-m", "units": 2, "loads": loads, "is_whole": False}
    (move,) = client.get(f"{path}/moves").json()["items"]
    assert [change["unit"] for change in move["changes"]] == ["west-2"]
    assert [lock["unit"] for lock in client.get(f"{path}/locks").json()] == ["west-1"]


def test_a_region_that_a_scenario_does_not_know_opens_nothing(client: TestClient, scenario: dict[str, Any]) -> None:
    """A scenario without the column, or that can't be read, is not shown whole by mistake."""
    path = f"/v1/scenarios/{scenario['id']}"
    units = {**scenario["document"]["units"], "file": send(client, "u.csv", UNITS.replace("region", "area"))}
    changed = client.patch(path, json={"units": units}, headers=match(scenario))
    assert changed.status_code == 200, changed.text
    assert asking_as(client).get(f"{path}/locks").json()["code"] == "region"
    assert len(client.get(f"{path}/assignments").json()["items"]) == 3


def test_only_viewers_are_limited(client: TestClient) -> None:
    """Nobody changes a plan of which they see only a part."""
    limit = {"field": "region", "values": ["West"]}
    planner = client.post("/v1/users", json={"name": "p", "role": "planner", "region": limit})
    assert (planner.status_code, planner.json()["code"]) == (422, "invalid-request")
    viewer = client.post("/v1/users", json={"name": "v", "role": "viewer", "region": limit}).json()
    path = f"/v1/users/{viewer['id']}"
    assert client.patch(path, json={"role": "planner"}).status_code == 422
    assert client.get("/v1/users").json()["items"][-1]["role"] == "viewer"
    assert client.patch(path, json={"role": "planner", "region": None}).json()["region"] is None
