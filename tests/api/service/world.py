"""A service in this process, the tiny study in it, and real processes around a real database."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import httpx2
import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from scenarios.store.database import Store
from scenarios.store.people import ROLES, add_key, add_user, need_workspace
from tests.postgres import free_port
from tests.scenarios.tiny_study import DOCUMENT, REPS, UNITS

BASE = "http://localhost"
PATIENCE_S = 240.0
"""Most of it is compiling, on a machine that never solved before."""


@contextmanager
def service(folder: Path, **changes: Any) -> Iterator[TestClient]:
    """Give a client of a service on SQLite; without authentication unless `changes` say otherwise."""
    settings = Settings(**{"database_url": f"sqlite:///{folder / 'service.db'}", "log_level": "error"} | changes)
    with TestClient(create_app(settings), base_url=BASE, raise_server_exceptions=False) as client:
        yield client


def tokens(folder: Path, workspace: str = "main") -> dict[str, str]:
    """Return a token for each role in a workspace of the service on SQLite."""
    store = Store(f"sqlite:///{folder / 'service.db'}")
    store.upgrade()
    with store.transaction() as session:
        place = need_workspace(session, workspace)
        made = {role: add_key(session, add_user(session, place.id, role, role).id, "")[1] for role in ROLES}
    store.close()
    return made


def regional_viewer(client: Any, admin: str, *values: str) -> str:
    """Return the token of a new viewer who sees units with these values in the column `region` only."""
    limit = {"field": "region", "values": list(values) or ["West"]}
    user = client.post("/v1/users", json={"name": "v", "role": "viewer", "region": limit}, headers=bearer(admin))
    assert user.status_code == 201, user.text
    made = client.post("/v1/api-keys", json={"user_id": user.json()["id"]}, headers=bearer(admin))
    return str(made.json()["token"])


def bearer(token: str) -> dict[str, str]:
    """Return the header of a token."""
    return {"Authorization": f"Bearer {token}"}


def send(client: Any, name: str, text: str, **request: Any) -> str:
    """Send a file and return the name that scenarios have for it."""
    answer = client.post("/v1/datasets", files={"file": (name, text.encode())}, **request)
    assert answer.status_code in (200, 201), answer.text
    return f"dataset:{answer.json()['id']}"


def tiny_document(client: Any, **request: Any) -> dict[str, Any]:
    """Send the tiny study's files and return its document."""
    units, reps = send(client, "units.csv", UNITS, **request), send(client, "reps.csv", REPS, **request)
    short = {"units": {**DOCUMENT["units"], "file": units}, "reps": {"file": reps}, "solve": {"effort": 0.01}}
    return {**DOCUMENT, **short}


def tiny_scenario(client: Any, **request: Any) -> dict[str, Any]:
    """Create the tiny study and return it."""
    answer = client.post("/v1/scenarios", json=tiny_document(client, **request), **request)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def with_plan(
    client: Any, scenario: dict[str, Any], rows: str = "unit,rep\nA,R1\nB,R1\nC,R2\nD,R2\n"
) -> dict[str, Any]:
    """Give a scenario a present plan made by hand, and return the scenario."""
    path = f"/v1/scenarios/{scenario['id']}"
    plan = client.post(f"{path}/plans", content=rows, headers={"Content-Type": "text/csv"})
    assert plan.status_code == 201, plan.text
    return dict(client.put(f"{path}/plan", json={"plan_id": plan.json()["id"]}, headers=match(scenario)).json())


def match(scenario: dict[str, Any]) -> dict[str, str]:
    """Return the If-Match header of a scenario as it was read."""
    return {"If-Match": f'"{scenario["revision"]}"'}


def worker(database_url: str, log: TextIO | None = None, **settings: str) -> subprocess.Popen[bytes]:
    """Start a worker process, which writes its log where the test does or into a file."""
    changes = {f"TERRITORY_{name.upper()}": value for name, value in settings.items()}
    environment = {**os.environ, "TERRITORY_DATABASE_URL": database_url, "TERRITORY_LOG_LEVEL": "warning", **changes}
    command = [sys.executable, "-c", "from api.cli import main; main()", "worker", "--quiet"]
    return subprocess.Popen(command, env=environment, stderr=log)


@contextmanager
def serving(database_url: str, **settings: str) -> Iterator[tuple[subprocess.Popen[bytes], httpx2.Client]]:
    """Run `territory serve` without workers; give the process and a client of it once it answers."""
    port = free_port()
    changes = {f"TERRITORY_{name.upper()}": value for name, value in {"workers": "0", **settings}.items()}
    environment = {**os.environ, "TERRITORY_DATABASE_URL": database_url, "TERRITORY_PORT": str(port), **changes}
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--quiet"]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            until(lambda: answers(client, "/readyz", 200))
            yield running, client
    finally:
        running.terminate()
        running.wait(60)


def answers(client: Any, path: str, status: int) -> bool:
    """Return whether a service answers so."""
    try:
        return bool(client.get(path).status_code == status)
    except httpx2.TransportError:
        return False


def until(holds: Callable[[], Any]) -> Any:
    """Return what `holds` returns once it is true."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.1)
    pytest.fail(f"nothing within {PATIENCE_S:g} s")


def events(client: Any, job_id: str) -> list[dict[str, Any]]:
    """Return what happens to a job until its end."""
    told = []
    with client.stream("GET", f"/v1/jobs/{job_id}/events") as answer:
        for line in answer.iter_lines():
            if line.startswith("data: "):
                told.append(json.loads(line.removeprefix("data: ")))
    return told
