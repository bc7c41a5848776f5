"""Scenarios guessed from data sets and checked before they are kept, and the samples to begin with."""

import json
from pathlib import Path
from typing import Any

from tests.api.service.world import send, service, tiny_document
from tests.scenarios.tiny_study import REPS, UNITS

HOSTILE = "../<b>${x}\u202e#: .csv"


def draft(client: Any, *datasets: dict[str, Any]) -> dict[str, Any]:
    """Return what the service makes of data sets."""
    answer = client.post("/v1/scenario-drafts", json={"datasets": datasets, "name": "mine"})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def check(client: Any, text: str, kind: str = "application/json") -> dict[str, Any]:
    """Return what the service says of a document."""
    answer = client.post("/v1/scenario-checks", content=text, headers={"Content-Type": kind})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_guessed_scenario_can_be_used(tmp_path: Path) -> None:
    """Whoever has two files has a scenario that runs, whatever the files are called; a wrong part can be corrected."""
    with service(tmp_path) as client:
        units, reps = (send(client, name, text) for name, text in ((HOSTILE, UNITS), ("team.csv", REPS)))
        ids = [{"id": ref.removeprefix("dataset:")} for ref in (units, reps)]
        made = draft(client, *ids)
        assert [(file["role"], file["first_rows"][0][0]) for file in made["files"]] == [("units", "A"), ("reps", "R1")]
        assert made["document"]["units"] | {"file": units} == made["document"]["units"]
        assert made["document"]["reps"]["columns"] == {"id": "id", "lat": "lat", "lon": "lon"}
        checked = check(client, json.dumps(made["document"]))
        assert checked["usable"] and checked["totals"] == {"workload": 100, "potential": 1000}
        assert client.get("/v1/scenarios").json()["items"] == []
        turned = draft(client, {**ids[0], "role": "unused"}, {**ids[1], "role": "units"})
        assert turned["document"]["units"]["file"] == reps
        assert [finding["code"] for finding in turned["findings"]] == ["no-measure"]
        assert draft(client, ids[1])["document"] == {"schema_version": 1, "name": "mine"}


def test_findings_name_the_lines_of_the_text(tmp_path: Path) -> None:
    """An expert who edits the text sees where it is wrong, in its form and in what it asks of the data."""
    with service(tmp_path) as client:
        units = send(client, "units.csv", UNITS)
        lines = ["schema_version: 1", "name: x", f"units: {{file: '{units}', id: id}}", "measures:"]
        lines += ["  workload: {column: hours}", "reps: {count: 2}", "limits:", "  disruption: {units: 0.2}"]
        checked = check(client, "\n".join(lines), "application/yaml")
        found = {finding["code"]: finding["row"] for finding in checked["findings"]}
        assert found["no-potential"] == 4 and not checked["usable"] and 8 in found.values()
        lines[5] = "reps: {count: many}"
        checked = check(client, "\n".join(lines), "application/yaml")
        assert [(finding["row"], finding["field"]) for finding in checked["findings"]] == [(6, "reps.count")]
        assert checked["document"] is None


def test_a_data_set_knows_its_rows_and_its_scenarios(tmp_path: Path) -> None:
    """Nobody has to open a file to see what it is, or ask around who needs it."""
    with service(tmp_path) as client:
        scenario = client.post("/v1/scenarios", json=tiny_document(client)).json()
        listed = {row["name"]: row for row in client.get("/v1/datasets").json()["items"]}
        assert listed["reps.csv"]["scenarios"] == [{"id": scenario["id"], "name": "tiny"}]
        rows = client.get(f"/v1/datasets/{listed['reps.csv']['id']}/rows?limit=1").json()
        assert rows == {"columns": ["id", "lat", "lon"], "rows": [["R1", "50.0", "10.0"]]}


def test_a_sample_becomes_a_scenario(tmp_path: Path) -> None:
    """Somebody without data can look around; asked twice with one key it is made once."""
    with service(tmp_path) as client:
        names = [sample["name"] for sample in client.get("/v1/samples").json()]
        made = [client.post(f"/v1/samples/{names[1]}", headers={"Idempotency-Key": "one"}).json() for _ in range(2)]
        assert made[0] == made[1] and len(client.get("/v1/scenarios").json()["items"]) == 1
        assert client.post("/v1/samples/none").status_code == 404
