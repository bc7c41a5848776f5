"""The disk is full or the database is away: the service says so, and goes on by itself when that is over."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.api.service.world import answers, service, serving, tiny_document, tiny_scenario, until, worker
from tests.conftest import missing
from tests.postgres import programs, server


def test_a_full_disk_stops_changes_only_and_passes(tmp_path: Path) -> None:
    """What is there can still be read, what can't be kept is refused, and nothing is left broken."""
    with serving(f"sqlite:///{tmp_path / 's.db'}") as (running, client):
        document = tiny_document(client)
        scenario = tiny_scenario(client)
        path, room = f"/v1/scenarios/{scenario['id']}", resource.prlimit(running.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (1, room[1]))
        for refused in (
            client.post("/v1/scenarios", json=document),
            client.post("/v1/datasets", files={"file": ("u.csv", b"id\n1\n")}),
            client.post("/v1/jobs", json={"scenario_id": scenario["id"]}),
            client.post(f"{path}/archive", headers={"If-Match": '"1"'}),
            client.get(f"{path}/findings"),
            client.get("/readyz"),
        ):
            need_unavailable(refused)
        assert client.get("/healthz").status_code == 200
        assert client.get(path).json() == scenario and len(client.get("/v1/datasets").json()["items"]) == 2
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, room)
        until(lambda: answers(client, "/readyz", 200))
        assert client.post("/v1/jobs", json={"scenario_id": scenario["id"]}).status_code == 202
        assert client.get(f"{path}/findings").json()["usable"]
        assert client.post("/v1/scenarios", json=document).status_code == 201


@pytest.mark.timeout(600)
def test_a_database_that_goes_and_comes_is_found_again(tmp_path: Path) -> None:
    """Neither the service nor a worker has to be started again, even one that was started meanwhile."""
    binaries = programs()
    if binaries is None:
        missing("postgres", "apt-get install postgresql")
    assert binaries is not None
    with server(binaries) as running:
        url, log = running.database("service"), tmp_path / "log"
        running.stop()
        with log.open("w") as told, ended(worker(url, told, lease_s="4")):
            until(lambda: "Waiting until it does" in log.read_text())
            running.start()
            with service(tmp_path, database_url=url) as client:
                scenario = tiny_scenario(client)
                finish(client, scenario)
                assert log.read_text().count("Waiting until it does") == 1
                running.stop()
                for answer in (client.get("/readyz"), client.get("/v1/scenarios"), submit(client, scenario)):
                    need_unavailable(answer)
                assert client.get("/healthz").status_code == 200
                running.start()
                until(lambda: answers(client, "/readyz", 200))
                finish(client, scenario)


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Ask a process to end, and wait until it has."""
    try:
        yield
    finally:
        process.terminate()
        assert process.wait(60) == 0


def finish(client: Any, scenario: dict[str, Any]) -> None:
    """Submit a job and wait until a worker has done it."""
    path = f"/v1/jobs/{submit(client, scenario).json()['id']}"
    done = until(lambda: (found := client.get(path).json())["ended_at"] and found)
    assert done["status"] == "succeeded", done


def submit(client: Any, scenario: dict[str, Any]) -> Any:
    """Submit a job."""
    return client.post("/v1/jobs", json={"scenario_id": scenario["id"]})


def need_unavailable(answer: Any) -> None:
    """Check that an answer says so, and when to try again."""
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), answer.text
    assert int(answer.headers["Retry-After"]) > 0
