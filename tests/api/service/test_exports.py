"""Every form of the export room over HTTP, from its one list."""

import io
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest

from api.jobs.attempt import run_attempt
from scenarios.export.registry import FORMS
from tests.api.service.test_sweeps import bench
from tests.api.service.world import service, tiny_scenario, with_plan

MAPPING = "rows: units\ncolumns:\n  - {column: Unit, from: unit}\n  - {column: Owner, from: rep}\n"


def test_every_form_of_the_list_is_reachable(tmp_path: Path) -> None:
    """A form that is added to the list appears by itself, and says what it needs where it cannot be made."""
    with service(tmp_path) as client:
        scenario = with_plan(client, tiny_scenario(client))
        path = f"/v1/scenarios/{scenario['id']}/exports"
        listed = {form["name"]: form for form in client.get(path).json()}
        assert list(listed) == [form.name for form in FORMS]
        for name in ("star", "gpkg", "outlines"):
            answer = client.get(f"{path}/{name}")
            assert answer.status_code == 200, answer.text
            assert listed[name]["file"].rstrip("/") in answer.headers["content-disposition"]
        star = client.get(f"{path}/star", params={"plan_id": scenario["plan_id"]}).content
        assert len(zipfile.ZipFile(io.BytesIO(star)).namelist()) > 1
        owners = client.get(f"{path}/owners").json()
        assert listed["owners"]["needs"] == ["accounts"] and owners["errors"][0]["code"] == "form-needs"
        assert client.get(f"{path}/guess").json()["errors"][0]["code"] == "unknown-form"
        assert client.get(f"{path}/png", params={"plan_id": "0" * 32}).status_code == 404


def test_a_form_takes_a_document(tmp_path: Path) -> None:
    """The mapping to a CRM's columns comes with the request, and a mistake in it is a finding."""
    with service(tmp_path) as client:
        path = f"/v1/scenarios/{with_plan(client, tiny_scenario(client))['id']}/exports"
        good = client.post(path, json={"form": "mapped", "mapping": MAPPING})
        assert (good.status_code, len(good.text.splitlines())) == (200, 5), good.text
        assert client.post(path, json={"form": "mapped", "mapping": "columns: 7"}).json()["code"] == "invalid-input"
        assert client.post(path, json={"form": "mapped"}).json()["errors"][0]["code"] == "form-needs"


def test_assignments_come_as_geoparquet(tmp_path: Path) -> None:
    """A notebook reads who has what, with the shapes, in one line."""
    with service(tmp_path) as client:
        scenario = with_plan(client, tiny_scenario(client))
        answer = client.get(f"/v1/scenarios/{scenario['id']}/assignments?format=parquet")
        frame = gpd.read_parquet(io.BytesIO(answer.content))
        assert dict(zip(frame["unit"], frame["rep"], strict=True)) == {"A": "R1", "B": "R1", "C": "R2", "D": "R2"}
        assert frame.crs.to_epsg() == 4326


def test_a_form_that_takes_long_is_made_by_a_job(tmp_path: Path) -> None:
    """Nobody keeps a page open for a map book: a job makes the same file, and a wrong wish is refused at once."""
    with service(tmp_path) as client:
        scenario = with_plan(client, tiny_scenario(client))
        wish = {"kind": "export", "scenario_id": scenario["id"], "form": "star"}
        job = client.post("/v1/jobs", json=wish).json()
        run_attempt(bench(client), job["id"], "worker", pytest.fail)
        done = client.get(f"/v1/jobs/{job['id']}").json()
        assert (done["status"], done["error"]) == ("succeeded", None)
        made = client.get(f"/v1/jobs/{job['id']}/files/{done['summary']['file']}")
        assert made.content == client.get(f"/v1/scenarios/{scenario['id']}/exports/star").content
        assert client.post("/v1/jobs", json={**wish, "form": "nope"}).status_code == 422
        assert client.post("/v1/jobs", json={**wish, "plan_id": "0" * 32}).status_code == 404
