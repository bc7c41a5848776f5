"""Real processes around real databases: what was accepted survives kill -9."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import select

from api.client import Client
from api.jobs.small import SmallSolver
from api.jobs.watcher import Watcher
from api.logs import logger
from geodata.findings import InputError
from scenarios.store.database import Store
from scenarios.store.jobs import begin_attempt
from scenarios.store.tables.work import Worker
from tests.api.service.world import send, service, tiny_document, tiny_scenario, worker
from tests.postgres import free_port
from tests.scenarios.tiny_study import REPS, UNITS

TEXAS = Path("scenarios/samples/texas")
PATIENCE_S = 240.0
"""Most of it is compiling, on a machine that never solved before."""


def until(holds: Callable[[], Any]) -> Any:
    """Return what `holds` returns once it is true."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.2)
    pytest.fail(f"nothing within {PATIENCE_S:g} s")


@pytest.mark.timeout(900)
def test_a_killed_worker_loses_no_job(database_url: str, tmp_path: Path) -> None:
    """Another worker takes the job over, goes on from the best plan, heeds a stop and finishes it."""
    with service(tmp_path, database_url=database_url) as client:
        counties = send(client, "counties.geojson", (TEXAS / "counties.geojson").read_text(encoding="utf-8"))
        reps = send(client, "reps.csv", (TEXAS / "reps.csv").read_text(encoding="utf-8"))
        text = (TEXAS / "scenario.yaml").read_text(encoding="utf-8")
        text = text.replace("counties.geojson", counties).replace("reps.csv", reps)
        created = client.post("/v1/scenarios", content=text, headers={"Content-Type": "application/yaml"}).json()
        body = {"scenario_id": created["id"], "options": {"time_limit_s": 600, "gap": 0}}
        path = f"/v1/jobs/{client.post('/v1/jobs', json=body).json()['id']}"
        first = worker(database_url, lease_s="10")
        try:
            until(lambda: client.get(f"{path}/incumbents").json()["items"])
        finally:
            os.kill(first.pid, signal.SIGKILL)
            first.wait()
        second = worker(database_url, lease_s="10")
        try:
            until(lambda: client.get(path).json()["attempt"] == 2)
            client.post(f"{path}/stop")
            job = until(lambda: (found := client.get(path).json())["ended_at"] and found)
        finally:
            second.terminate()
            assert second.wait(30) == 0
        assert (job["status"], job["stop_reason"], job["attempt"]) == ("succeeded", "user_stop", 2), job
        attempts = [item["attempt"] for item in client.get(f"{path}/incumbents").json()["items"]]
        assert attempts == sorted(attempts)
        assert client.get(f"/v1/plans/{job['plan_id']}/files/report.json").json()["territories"]


def test_a_script_plans_over_a_real_connection(tmp_path: Path) -> None:
    """Serve, client and worker work together as the documentation promises."""
    port = free_port()
    environment = {
        **os.environ,
        "TERRITORY_DATABASE_URL": f"sqlite:///{tmp_path / 's.db'}",
        "TERRITORY_PORT": str(port),
    }
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--quiet"]
    running = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        for name, text in (("units.csv", UNITS), ("reps.csv", REPS)):
            (tmp_path / name).write_text(text)
        told: list[str] = []
        with Client(f"http://127.0.0.1:{port}") as client:
            until(client.is_ready)
            units, reps = client.send(tmp_path / "units.csv"), client.send(tmp_path / "reps.csv")
            document = {
                "schema_version": 1,
                "name": "tiny",
                "units": {"file": units.ref, "id": "id", "current": "owner"},
                "measures": {"workload": {"column": "hours"}, "potential": {"column": "revenue"}},
                "reps": {"file": reps.ref},
            }
            base = client.create(document)
            assert client.check(base.id).usable
            what_if = client.fork(base.id, {"goals": {"travel": 1}})
            plan = client.wait(client.solve(what_if.id, effort=0.01), watch=lambda event: told.append(event["event"]))
            client.save(plan, "plan.csv", tmp_path / "plan.csv")
        assert plan.summary["broken"] == 0 and told[-1] == "end"
        assert len((tmp_path / "plan.csv").read_text().splitlines()) == 5
    finally:
        running.terminate()
        assert running.wait(60) == 0


def test_workers_end_with_the_service_that_started_them(tmp_path: Path) -> None:
    """A service that is killed leaves no process behind, and its worker frees the job that it has."""
    url = f"sqlite:///{tmp_path / 's.db'}"
    changes = {"TERRITORY_DATABASE_URL": url, "TERRITORY_PORT": str(free_port()), "TERRITORY_LOG_LEVEL": "error"}
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--quiet"]
    running = subprocess.Popen(command, env={**os.environ, **changes})
    store = Store(url)
    store.upgrade()

    def workers() -> list[Worker]:
        with store.transaction() as session:
            return list(session.scalars(select(Worker)))

    try:
        (worker,) = until(workers)
    finally:
        running.kill()
        running.wait()
    until(lambda: not workers())
    store.close()
    until(lambda: not is_running(worker.process))


def is_running(process: int) -> bool:
    """Return whether a process is there and no zombie."""
    try:
        return bool(psutil.Process(process).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_the_client_needs_neither_solver_nor_map_library() -> None:
    """A planning script starts at once, on a machine with httpx2 and pydantic only."""
    code = "import api.client, sys, json; print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    loaded = set(json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout))
    assert not loaded & {"numpy", "pandas", "ortools", "shapely", "scenarios", "optimizer", "geodata", "fastapi"}


def test_a_small_scenario_is_solved_while_one_waits(tmp_path: Path) -> None:
    """One request with its files gives report and assignments, and only the files that were sent are read."""
    with service(tmp_path) as client:
        document = {**tiny_document(client), "units": {"file": "u.csv", "id": "id"}, "reps": {"file": "r.csv"}}
        body = {"scenario": document, "files": {"u.csv": UNITS, "r.csv": REPS}}
        answer = client.post("/v1/solve", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["report"]["broken"] == [] and len(answer.json()["assignments"]) == 4
        body["scenario"] = {**document, "reps": {"file": "/etc/passwd"}}
        assert client.post("/v1/solve", json=body).json()["errors"][0]["code"] == "missing-file"


def test_a_small_solve_that_does_not_end_is_killed() -> None:
    """One request that hangs doesn't take the only process for ever: it is killed, and the next gets another."""
    solver = SmallSolver(2_000, 100, time_limit_s=1.0, grace_s=PATIENCE_S)
    with pytest.raises(InputError, match="schema_version"):
        solver.solve("{}", {})
    stuck = solver._process
    os.kill(stuck, signal.SIGSTOP)
    solver._patience_s = 0.5
    with pytest.raises(InputError, match="did not end in its time"):
        solver.solve("{}", {})
    until(lambda: not Path(f"/proc/{stuck}").exists())
    solver._patience_s = PATIENCE_S
    with pytest.raises(InputError, match="schema_version"):
        solver.solve("{}", {})
    assert solver._process != stuck
    solver.close()


def test_a_stop_that_is_not_heeded_ends_the_worker(tmp_path: Path) -> None:
    """A solve that is stuck loses its worker, so that another goes on from its best plan."""
    with service(tmp_path) as client:
        job = client.post("/v1/jobs", json={"scenario_id": tiny_scenario(client)["id"]}).json()["id"]
        store = client.app.state.service.store  # type: ignore[attr-defined]
        with store.transaction() as session:
            begin_attempt(session, job, "worker")
        client.post(f"/v1/jobs/{job}/stop")
        left: list[str] = []
        with Watcher(store, job, 1, 0.0, left.append, logger()) as watcher:
            until(lambda: left)
            assert watcher.is_asked()
        assert left[0] == "a stop was not heeded in time"
