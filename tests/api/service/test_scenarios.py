"""Documents, plans and moves through the service: what two people do to the same scenario stays right."""

import json
from pathlib import Path

import geopandas as gpd

from tests.api.service.world import match, send, service, tiny_document, tiny_scenario, with_plan
from tests.scenarios.tiny_study import UNITS, found, squares, write


def test_the_same_file_is_kept_once_and_cannot_change(tmp_path: Path) -> None:
    """A scenario that names a data set means the same bytes forever."""
    with service(tmp_path) as client:
        first = client.post("/v1/datasets", files={"file": ("units.csv", UNITS)})
        again = client.post("/v1/datasets", files={"file": ("other name.csv", UNITS)})
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        assert client.get(f"{first.headers['Location']}/content").text == UNITS


def test_a_bad_scenario_gets_the_findings_of_the_command_line(tmp_path: Path) -> None:
    """Whoever moves from the command line to the service meets the same words."""
    changes = {"measures": {"workload": {"column": "hourz"}}, "limits": {"contigity": "off"}}
    local = found(tmp_path, {"measures": changes["measures"]})
    with service(tmp_path) as client:
        document = {**tiny_document(client), "measures": changes["measures"]}
        checked = client.get(f"{client.post('/v1/scenarios', json=document).headers['Location']}/findings").json()
        assert [(f["code"], f["hint"], f["row"]) for f in checked["findings"]] == [
            (f.code, f.hint, f.row) for f in local
        ]
        refused = client.post("/v1/scenarios", json={**document, **changes})
        assert refused.status_code == 422 and refused.headers["Content-Type"] == "application/problem+json"
        (error,) = refused.json()["errors"]
        assert (error["code"], error["pointer"], error["hint"]) == (
            "unknown-field",
            "#/limits/contigity",
            "Maybe limits.contiguity.",
        )


def test_a_document_reaches_no_file_of_the_server(tmp_path: Path) -> None:
    """Neither a path nor an address nor an unknown data set is ever opened."""
    write(tmp_path)
    with service(tmp_path) as client:
        document = tiny_document(client)
        for name in (
            str(tmp_path / "units.csv"),
            "../units.csv",
            "https://x.example/u.csv",
            "dataset:../../etc/passwd",
        ):
            for part in ({"units": {"file": name, "id": "id"}}, {"rules": {"lock": name}}, {"travel": {"file": name}}):
                answer = client.post("/v1/scenarios", json={**document, **part})
                assert answer.status_code == 422, (name, part)
                assert answer.json()["errors"][0]["code"] == "not-a-dataset"
        missing = {**document, "reps": {"file": f"dataset:{'0' * 32}.csv"}}
        assert client.post("/v1/scenarios", json=missing).json()["errors"][0]["code"] == "missing-file"


def test_the_second_of_two_planners_is_told(tmp_path: Path) -> None:
    """Nobody overwrites a change that they haven't seen."""
    with service(tmp_path) as client:
        scenario = tiny_scenario(client)
        path = f"/v1/scenarios/{scenario['id']}"
        assert client.patch(path, json={"name": "mine"}).json()["code"] == "precondition-required"
        mine = client.patch(path, json={"name": "mine"}, headers=match(scenario))
        theirs = client.patch(path, json={"name": "theirs"}, headers=match(scenario))
        assert (mine.status_code, theirs.status_code) == (200, 412)
        assert theirs.headers["ETag"] == mine.headers["ETag"] == '"2"'
        assert client.get(path).json()["name"] == "mine"
        assert client.get(f"{path}/versions/1").json()["name"] == scenario["name"]


def test_a_request_that_is_sent_again_does_nothing_again(tmp_path: Path) -> None:
    """A script that lost its connection can safely try once more."""
    with service(tmp_path) as client:
        scenario, key = tiny_scenario(client), {"Idempotency-Key": "one"}
        body = {"scenario_id": scenario["id"]}
        first, again = (client.post("/v1/jobs", json=body, headers=key) for _ in range(2))
        assert first.status_code == 202 and again.json() == first.json()
        assert len(client.get("/v1/jobs").json()["items"]) == 1
        other = client.post("/v1/jobs", json={**body, "priority": 1}, headers=key)
        assert (other.status_code, other.json()["code"]) == (422, "idempotency-reuse")


def test_moves_are_judged_undone_and_blocked_by_locks(tmp_path: Path) -> None:
    """The figures after an undo are those from before the move, and a lock holds."""
    with service(tmp_path) as client:
        scenario = with_plan(client, tiny_scenario(client))
        path = f"/v1/scenarios/{scenario['id']}"
        before = client.get(f"{path}/metrics").json()
        moved = client.post(f"{path}/moves", json={"units": ["B"], "territory": "R2"}, headers=match(scenario))
        assert moved.status_code == 201, moved.text
        assert moved.json()["move"]["changes"] == [{"unit": "B", "before": ["R1"], "after": ["R2"]}]
        loads = {
            t["territory"]: t["loads"]["workload"]["load"] for t in client.get(f"{path}/metrics").json()["territories"]
        }
        assert loads == {"R1": 10, "R2": 90}
        undone = client.post(f"{path}/undo", headers=match(moved.json()))
        assert undone.json()["move"]["changes"] == [{"unit": "B", "before": ["R2"], "after": ["R1"]}]
        assert client.get(f"{path}/metrics").json() == before
        nothing = client.post(f"{path}/undo", headers=match(undone.json()))
        assert nothing.json()["code"] == "nothing-to-undo"
        steps = client.get(f"{path}/moves?changes=false").json()["items"]
        assert [(step["changes"], step["undoes"]) for step in steps] == [([], None), ([], moved.json()["move"]["id"])]
        redone = client.post(f"{path}/redo", headers=match(undone.json()))
        assert redone.json()["plan"]["id"] == moved.json()["plan"]["id"]
        undone = client.post(f"{path}/undo", headers=match(redone.json()))
        locked = client.put(f"{path}/locks/B", json={"rep": "R1", "reason": "contract"}, headers=match(undone.json()))
        refused = client.post(f"{path}/moves", json={"units": ["B"], "territory": "R2"}, headers=match(locked.json()))
        assert refused.json()["errors"][0]["code"] == "locked-unit"
        free = client.delete(f"{path}/locks/B", headers=match(locked.json()))
        assert client.get(f"{path}/locks").json() == [] and free.status_code == 200


def test_the_present_plan_comes_in_every_form(tmp_path: Path) -> None:
    """A plan made by hand can be had as table, map and picture like a solved one."""
    with service(tmp_path) as client:
        scenario = with_plan(client, tiny_scenario(client))
        path = f"/v1/scenarios/{scenario['id']}"
        rows = client.get(f"{path}/assignments").json()["items"]
        assert [(row["unit"], row["rep"]) for row in rows] == [("A", "R1"), ("B", "R1"), ("C", "R2"), ("D", "R2")]
        assert client.get(f"{path}/assignments?format=csv").content.startswith(b"\xef\xbb\xbfunit,")
        shapes = json.loads(client.get(f"{path}/assignments?format=geojson").content)
        assert len(shapes["features"]) == 4
        assert "<html" in client.get(f"{path}/map").text
        for name, start in (("plan.xlsx", b"PK"), ("plan.png", b"\x89PNG"), ("plan.kml", b"<?xml")):
            assert client.get(f"/v1/plans/{scenario['plan_id']}/files/{name}").content.startswith(start)
        assert client.get(f"/v1/plans/{scenario['plan_id']}/files/accounts.csv").status_code == 404


def test_lists_come_in_pages_that_miss_nothing(tmp_path: Path) -> None:
    """A script that follows the cursor sees each scenario once."""
    with service(tmp_path) as client:
        made = [tiny_scenario(client)["id"] for _ in range(5)]
        seen, cursor = [], ""
        while cursor is not None:
            page = client.get("/v1/scenarios", params={"limit": 2, "cursor": cursor}).json()
            seen += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert seen == made
        assert client.get("/v1/scenarios?cursor=@").status_code == 422


def test_bodies_above_the_limit_and_foreign_kinds_are_refused(tmp_path: Path) -> None:
    """A large or strange body costs the service nothing."""
    with service(tmp_path, body_limit_mb=1) as client:
        large = client.post("/v1/datasets", files={"file": ("u.csv", b"x" * 1_100_000)})
        assert (large.status_code, large.json()["code"]) == (413, "too-large")
        strange = client.post("/v1/datasets", files={"file": ("u.exe", b"MZ")})
        assert strange.json()["errors"][0]["code"] == "unsupported-upload"
        text = client.post("/v1/scenarios", content="a", headers={"Content-Type": "text/plain"})
        assert (text.status_code, text.json()["code"]) == (415, "unsupported-media-type")


def test_a_map_beyond_the_limits_is_refused_before_it_is_built(tmp_path: Path) -> None:
    """Nobody makes the service build a million shapes; 3 squares have 15 vertices."""
    kml = "<Placemark><Point><coordinates>1,1</coordinates></Point></Placemark>"
    many = (("a.geojson", squares("ABC")), ("a.kml", f"<kml>{15 * kml}</kml>"))
    with service(tmp_path, vertices_limit=14) as client:
        assert client.post("/v1/datasets", files={"file": ("a.geojson", squares("AB"))}).status_code == 201
        for file in many:
            answer = client.post("/v1/datasets", files={"file": file})
            assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "too-large"), answer.text
    with service(tmp_path, units_limit=2) as client:
        answer = client.post("/v1/datasets", files={"file": many[0]})
        assert answer.json()["errors"][0]["code"] == "too-large"


def test_a_virtual_layer_under_another_name_opens_nothing(tmp_path: Path) -> None:
    """GDAL is never shown a file that could send it to other files (reproduced attack)."""
    (tmp_path / "secret.csv").write_text("id,lat,lon\nS,1,1\n")
    layer = f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{tmp_path}/secret.csv</SrcDataSource>'
    layer += "</OGRVRTLayer></OGRVRTDataSource>"
    with service(tmp_path) as client:
        for name in ("a.geojson", "a.gpkg", "a.fgb", "a.zip", "a.parquet", "a.kml"):
            answer = client.post("/v1/datasets", files={"file": (name, layer)})
            assert answer.status_code == 422 and "secret" not in answer.json().get("rows", ""), name


def test_a_scenario_in_yaml_is_read_as_on_the_command_line(tmp_path: Path) -> None:
    """Ids in YAML keep their leading zeros."""
    with service(tmp_path) as client:
        units = send(client, "u.csv", UNITS.replace("\nA,", "\n007,"))
        reps = send(client, "r.csv", "id\nR1\nR2\n")
        text = (
            f"schema_version: 1\nname: y\nunits: {{file: {units}, id: id}}\nmeasures: {{workload: {{column: hours}}}}\n"
        )
        text += f"reps: {{file: {reps}}}\nrules: {{lock: [{{unit: 007, rep: R1}}]}}\n"
        answer = client.post("/v1/scenarios", content=text, headers={"Content-Type": "application/yaml"})
        assert answer.json()["document"]["rules"]["lock"] == [{"unit": "007", "rep": "R1"}]


def test_strange_characters_numbers_and_nesting_are_refused(tmp_path: Path) -> None:
    """Half characters, NULs, endless numbers and endless brackets are mistakes of whoever sent them, never ours."""
    with service(tmp_path) as client:
        scenario = tiny_scenario(client)
        path, json_body = f"/v1/scenarios/{scenario['id']}", {"Content-Type": "application/json"}
        half = json.dumps({**scenario["document"], "name": "\ud800", "goals": "\udfff"})
        answers = [
            client.post("/v1/scenarios", content=half, headers=json_body),
            client.post("/v1/scenarios", content="[" * 5_000, headers=json_body),
            client.patch(path, content='{"goals":' * 3_000 + "1" + "}" * 3_000, headers=json_body | match(scenario)),
            client.post(
                "/v1/jobs",
                content=f'{{"scenario_id": "{scenario["id"]}", "options": {{"gap": 1e999}}}}',
                headers=json_body,
            ),
            client.post(f"{path}/plans", content=b"unit,rep\n\xff\xfe,\x00\n", headers={"Content-Type": "text/csv"}),
            client.get(f"{path}/versions/{10**30}"),
            client.get("/v1/jobs?cursor=AAAA"),
        ]
        assert [answer.status_code for answer in answers] == [422] * len(answers), [a.text[:200] for a in answers]
        assert client.get("/v1/scenarios/%00").status_code == 404


def test_a_geopackage_is_kept_as_what_the_sandbox_made_of_it(tmp_path: Path) -> None:
    """Maps that only GDAL reads can be planned on, and GDAL never sees them outside the sandbox."""
    frame = gpd.GeoDataFrame.from_features(json.loads(squares("AB CD"))["features"], crs="EPSG:4326")
    frame.to_file(tmp_path / "map.gpkg")
    with service(tmp_path) as client:
        sent = client.post("/v1/datasets", files={"file": ("map.gpkg", (tmp_path / "map.gpkg").read_bytes())})
        assert sent.status_code == 201, sent.text
        dataset = sent.json()
        assert dataset["id"].endswith(".parquet") and (dataset["kind"], dataset["rows"]) == ("map", 4)
        units = {"file": f"dataset:{dataset['id']}", "id": "id"}
        created = client.post("/v1/scenarios", json={**tiny_document(client), "units": units})
        checked = client.get(f"{created.headers['Location']}/findings").json()
        assert checked["usable"] and checked["units"] == 4, checked
