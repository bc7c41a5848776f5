"""Plans side by side over HTTP: what `territory compare` says of the same plans, at once or by a job."""

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from api.jobs.attempt import run_attempt
from scenarios.compare.align import aligned
from scenarios.compare.build import compare
from scenarios.compare.side import read_sides
from tests.api.service.test_sweeps import bench, submitted, work
from tests.api.service.world import match, service, tiny_scenario, with_plan

OTHER = "unit,rep\nA,R1\nB,R2\nC,R2\nD,R2\n"


def two(client: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return two scenarios of the tiny study with plans that differ in one unit; the second is a fork."""
    first = with_plan(client, tiny_scenario(client))
    fork = client.post(f"/v1/scenarios/{first['id']}/fork").json()
    second = client.patch(f"/v1/scenarios/{fork['id']}", json={"name": "what-if"}, headers=match(fork)).json()
    return first, with_plan(client, second, OTHER)


def by_command(client: Any, folder: Path, *scenarios: dict[str, Any]) -> dict[str, Any]:
    """Return what `territory compare` says of the plans, their files saved in folders."""
    folders = [folder / scenario["plan_id"][-8:] for scenario in scenarios]
    for place, scenario in zip(folders, scenarios, strict=True):
        place.mkdir()
        for name in ("report.json", "plan.geojson"):
            place.joinpath(name).write_bytes(client.get(f"/v1/plans/{scenario['plan_id']}/files/{name}").content)
    told = compare(aligned(read_sides(folders, None, [scenario["name"] for scenario in scenarios])))
    return dict(json.loads(told.model_dump_json()))


def test_a_comparison_says_what_the_command_says(tmp_path: Path) -> None:
    """In JSON, and in the other forms with the same figures; today included, by scenarios and by plans."""
    with service(tmp_path) as client:
        first, second = two(client)
        path = f"/v1/comparisons?base={first['id']}&scenario={second['id']}"
        told = client.get(path).json()
        sources = told.pop("sources")
        assert told == by_command(client, tmp_path, first, second)
        assert [source["plan_id"] for source in sources] == [first["plan_id"], second["plan_id"]]
        assert told["figures"][0]["today"] is not None and told["shifts"][-1]["moves"][0]["unit"] == "B"
        by_plan = client.get(f"/v1/comparisons?base={first['id']}&plan={second['plan_id']}").json()
        assert by_plan["figures"] == told["figures"]
        assert "B,Bray" in client.get(f"{path}&format=csv&table=moves").text
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}&format=xlsx").content))
        assert book.sheetnames == ["About", "Plans", "Figures", "Reps", "Moves", "Input"]
        page = client.get(f"{path}&format=html")
        assert page.headers["content-type"].startswith("text/html") and told["verdict"]["headline"] in page.text


def test_one_plan_alone_is_held_against_today(tmp_path: Path) -> None:
    """The simplest question: what does this plan change?"""
    with service(tmp_path) as client:
        _, second = two(client)
        told = client.get(f"/v1/comparisons?base={second['id']}").json()
        assert told["verdict"]["headline"] == "“what-if” against today."
        assert [shift["before"] for shift in told["shifts"]] == ["today"]
        assert client.get(f"/v1/comparisons?base={second['id']}&format=html").status_code == 200
        assert client.get("/v1/comparisons").json()["errors"][0]["code"] == "wrong-number-of-plans"
        assert client.get(f"/v1/comparisons?base={tiny_scenario(client)['id']}").json()["code"] == "no-plan"


def test_large_comparisons_are_for_a_job(tmp_path: Path) -> None:
    """What takes long keeps nobody waiting on a connection, and has every form."""
    with service(tmp_path, comparison_units_limit=7) as client:
        first, second = two(client)
        answer = client.get(f"/v1/comparisons?base={first['id']}&scenario={second['id']}")
        assert (answer.status_code, answer.json()["code"]) == (409, "needs-job")
        body = {"kind": "compare", "scenario_id": first["id"], "against": [second["id"]]}
        job = client.post("/v1/jobs", json=body).json()
        run_attempt(bench(client), job["id"], "worker", pytest.fail)
        done = client.get(f"/v1/jobs/{job['id']}").json()
        told = client.get(f"/v1/jobs/{job['id']}/result").json()
        assert (done["status"], done["error"], done["summary"]) == ("succeeded", None, told["verdict"])
        for name in ("comparison.html", "comparison.xlsx", "figures.csv", "comparison.json"):
            assert client.get(f"/v1/jobs/{job['id']}/files/{name}").status_code == 200
        twice = {**body, "against": [first["id"]]}
        assert client.post("/v1/jobs", json=twice).json()["code"] == "invalid-request"


def test_a_fork_has_the_plan_of_its_origin_until_it_is_solved(tmp_path: Path) -> None:
    """A what-if starts from what is there; the document that the plan was made for stays its document."""
    with service(tmp_path) as client:
        first = with_plan(client, tiny_scenario(client))
        path = f"/v1/scenarios/{first['id']}"
        changed = client.patch(path, json={"goals": {"travel": 1}}, headers=match(first)).json()
        fork = client.post(f"{path}/fork").json()
        plan = client.get(f"/v1/plans/{fork['plan_id']}").json()
        assert (plan["source"], plan["scenario_version"], fork["version"]) == ("carried", 1, 2)
        assert fork["document"] == changed["document"]
        assert client.get(f"/v1/scenarios/{fork['id']}/versions/1").json() == client.get(f"{path}/versions/1").json()
        before, after = (client.get(f"/v1/scenarios/{one}/metrics").json() for one in (first["id"], fork["id"]))
        assert before == after
        job = client.post("/v1/jobs", json={"scenario_id": fork["id"]}).json()["id"]
        run_attempt(bench(client), job, "worker", pytest.fail)
        solved = client.get(f"/v1/jobs/{job}").json()["plan_id"]
        assert client.get(f"/v1/scenarios/{fork['id']}").json()["plan_id"] == solved


def test_a_what_if_of_a_sweep_becomes_a_scenario(tmp_path: Path) -> None:
    """A proposal can be opened, moved and compared like any other scenario."""
    with service(tmp_path) as client:
        job = submitted(client, tiny_scenario(client), vary={"measures.workload.tolerance": ["0.9", "-1"]})
        list(work(client))
        points = client.get(f"{job}/result").json()["points"]
        good, refused = sorted(
            (point["point"] for point in points), key=lambda name: points[int(name[1:]) - 1]["status"] == "refused"
        )
        made = client.post(f"{job}/points/{good}/scenario", json={})
        assert made.status_code == 201, made.text
        scenario = made.json()
        assert scenario["name"] == f"tiny {good}" and scenario["document"]["measures"]["workload"]["tolerance"] == 0.9
        figures = next(point["figures"] for point in points if point["point"] == good)
        goals = client.get(f"/v1/scenarios/{scenario['id']}/metrics").json()["goals"]
        assert {goal["name"]: goal["amount"] for goal in goals}["travel"] == figures["travel"]
        assert client.get(f"/v1/scenarios/{scenario['id']}/map").status_code == 200
        assert client.post(f"{job}/points/{refused}/scenario", json={}).json()["code"] == "job-not-over"
        assert client.post(f"{job}/points/P99/scenario", json={}).status_code == 404
