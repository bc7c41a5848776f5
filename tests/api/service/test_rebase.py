"""Scenarios on new data: what people decided is carried by id, and all that changed is told."""

from pathlib import Path

from tests.api.service.world import match, send, service, tiny_scenario, with_plan
from tests.scenarios.tiny_study import UNITS

NEW = """id,name,lat,lon,hours,revenue,kind,owner,years
A,Ashby,50.0,10.0,10,100,x,R1,1
B,Bray,50.0,10.1,20,900,x,R2,2
D,Dale,50.0,10.3,40,400,y,R2,4
E,Eton,50.0,10.4,15,150,y,R2,0
"""
LOCKS = [{"unit": "A", "rep": "R1"}, {"unit": "C", "rep": "R2"}]


def test_edits_and_plan_are_carried_and_every_change_is_told(tmp_path: Path) -> None:
    """A new unit, a closed one, another owner and amount; the lock of the closed unit is dropped, the other stays."""
    with service(tmp_path) as client:
        scenario = tiny_scenario(client)
        path = f"/v1/scenarios/{scenario['id']}"
        locked = client.patch(path, json={"rules": {"lock": LOCKS}}, headers=match(scenario)).json()
        ready = with_plan(client, locked)
        moved = client.post(f"{path}/moves", json={"units": ["B"], "territory": "R2"}, headers=match(ready)).json()
        new = send(client, "new.csv", NEW)
        key = {"If-Match": f'"{moved["revision"]}"', "Idempotency-Key": "rebase"}
        answer = client.post(f"{path}/rebase", json={"datasets": [new]}, headers=key)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        changes = {(change["kind"], change["of"], change["id"]) for change in told["changes"][0]["changes"]}
        assert {
            ("new", "unit", "E"),
            ("closed", "unit", "C"),
            ("reowned", "unit", "B"),
            ("changed", "unit", "B"),
        } < changes
        assert ("dropped", "lock", "C") in changes
        assert told["changes"][0]["after"]["file"] == new
        document = told["scenario"]["document"]
        assert document["rules"]["lock"] == LOCKS[:1] and document["units"]["file"] == new
        held = {row["unit"]: row["rep"] for row in client.get(f"{path}/assignments").json()["items"]}
        assert held == {"A": "R1", "B": "R2", "D": "R2", "E": "R2"}
        assert (told["plan"]["source"], told["plan"]["id"]) == ("carried", told["scenario"]["plan_id"])
        assert client.post(f"{path}/rebase", json={"datasets": [new]}, headers=key).json() == told
        assert client.post(f"{path}/rebase", json={"datasets": [new]}, headers=match(ready)).json()["code"] == "stale"


def test_rules_in_data_sets_stay_in_data_sets(tmp_path: Path) -> None:
    """A list of locks that changes becomes a new data set; one file that fits nothing is a finding, not a fault."""
    with service(tmp_path) as client:
        locks = send(client, "locks.csv", "unit,rep\nA,R1\nC,R2\n")
        scenario = tiny_scenario(client)
        path = f"/v1/scenarios/{scenario['id']}"
        locked = client.patch(path, json={"rules": {"lock": locks}}, headers=match(scenario)).json()
        new = send(client, "new.csv", NEW)
        told = client.post(f"{path}/rebase", json={"datasets": [new]}, headers=match(locked)).json()
        written = told["scenario"]["document"]["rules"]["lock"]
        assert written != locks and told["plan"] is None
        assert client.get(f"/v1/datasets/{written.removeprefix('dataset:')}/content").text.count("\n") == 2
        fresh = match(told["scenario"])
        other = send(client, "other.csv", UNITS.replace("id,", "key,"))
        assert client.post(f"{path}/rebase", json={"datasets": [other]}, headers=fresh).json()["errors"][0]["hint"]
        assert client.post(f"{path}/rebase", json={"datasets": ["../x"]}, headers=fresh).status_code == 404
