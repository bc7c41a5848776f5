"""A backup of a service that runs, restored elsewhere, gives the same answers."""

import secrets
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.api.service.test_jobs import attempt
from tests.api.service.world import match, service, tiny_scenario, with_plan
from tests.postgres import Server


def restored(url: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """Back a database up as docs/service.md says; return the URL of what was restored."""
    if url.startswith("sqlite"):
        with sqlite3.connect(make_url(url).database or "") as source, sqlite3.connect(folder / "backup.db") as copy:
            source.backup(copy)
        source.close()
        copy.close()
        return f"sqlite:///{folder / 'backup.db'}"
    running: Server = request.getfixturevalue("postgres")
    dump, empty = running.folder / secrets.token_hex(4), running.database(f"restored_{secrets.token_hex(4)}")
    running.run("pg_dump", "--format=custom", "--file", dump, url)
    running.run("pg_restore", "--exit-on-error", "--dbname", empty, dump)
    return empty


def answers_of(client: Any, scenario: str, dataset: str) -> list[Any]:
    """Return what the service says of everything."""
    path = f"/v1/scenarios/{scenario}"
    parts = ("", "/versions/1", "/assignments?format=csv", "/metrics", "/moves", "/locks", "/plans", "/findings")
    asked = [f"{path}{part}" for part in parts] + [
        f"/v1/{name}" for name in ("jobs", "users", "audit-events", f"datasets/{dataset}/content")
    ]
    answers = [client.get(name) for name in asked]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    return [answer.content for answer in answers]


def test_a_restored_backup_gives_the_same_answers(
    database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Nothing is lost with the machine, and a job that waits in the backup is done from it."""
    with service(tmp_path, database_url=database_url) as client:
        planned = with_plan(client, tiny_scenario(client))
        path = f"/v1/scenarios/{planned['id']}"
        moved = client.post(f"{path}/moves", json={"units": ["B"], "territory": "R2"}, headers=match(planned))
        client.put(f"{path}/locks/A", json={"rep": "R1"}, headers=match(moved.json()))
        job = client.post("/v1/jobs", json={"scenario_id": planned["id"]}).json()["id"]
        dataset = client.get("/v1/datasets").json()["items"][0]["id"]
        before = answers_of(client, planned["id"], dataset)
        copy = restored(database_url, tmp_path, request)
        client.post(f"/v1/jobs/{job}/cancel")
    with service(tmp_path, database_url=copy) as client:
        assert answers_of(client, planned["id"], dataset) == before
        attempt(client, job)
        assert client.get(f"/v1/jobs/{job}").json()["status"] == "succeeded"
