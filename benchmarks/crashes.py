"""Kill workers again and again while they solve, and count what was lost: it must be nothing.

    python -m benchmarks.crashes --kills 50 --url sqlite:////tmp/crashes.db
    python -m benchmarks.crashes --kills 50 --url postgresql://territory@127.0.0.1/crashes

Jobs of the Texas sample are submitted; workers are killed with SIGKILL at random moments, each in the middle of a
solve, and replaced. In the end every accepted job must have ended once, with a plan, and its best plans must come from
attempts in order. Writes nothing but the database; prints one line a kill and the verdict.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings

SAMPLE = Path("scenarios/samples/texas")
COMMAND = [sys.executable, "-c", "from api.cli import main; main()", "worker", "--quiet"]
LEASE_S = 4.0
SHORTEST_S, LONGEST_S = 0.5, 6.0
"""Seconds of a solve before its worker is killed."""
PATIENCE_S = 600.0


def main() -> None:
    """Run the matrix for one database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--url", required=True)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    settings = Settings(database_url=given.url, log_level="error", attempts=given.kills + 1, requests_per_minute=10**6)
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        accepted = submit(client, given.jobs)
        for number in range(given.kills):
            print(f"kill {number + 1}: {kill_one(client, accepted, given.url, given.kills, rng)}", flush=True)
        worker = start(given.url, given.kills)
        try:
            finish(client, accepted)
        finally:
            worker.terminate()
            worker.wait()
        print("lost:", *(lost(client, accepted) or ["nothing"]))


def submit(client: TestClient, amount: int) -> list[str]:
    """Submit jobs that would run for ten minutes, and return their ids."""
    names = {}
    for name in ("counties.geojson", "reps.csv"):
        answer = client.post("/v1/datasets", files={"file": (name, (SAMPLE / name).read_bytes())})
        names[name] = f"dataset:{answer.json()['id']}"
    text = (SAMPLE / "scenario.yaml").read_text(encoding="utf-8")
    for name, dataset in names.items():
        text = text.replace(name, dataset)
    created = client.post("/v1/scenarios", content=text, headers={"Content-Type": "application/yaml"}).json()
    body = {"scenario_id": created["id"], "options": {"time_limit_s": 600, "gap": 0}}
    return [client.post("/v1/jobs", json=body).json()["id"] for _ in range(amount)]


def start(url: str, kills: int) -> subprocess.Popen[bytes]:
    """Start a worker."""
    changes = {"DATABASE_URL": url, "LEASE_S": str(LEASE_S), "ATTEMPTS": str(kills + 1), "LOG_LEVEL": "error"}
    return subprocess.Popen(
        COMMAND, env={**os.environ, **{f"TERRITORY_{name}": text for name, text in changes.items()}}
    )


def kill_one(client: TestClient, accepted: list[str], url: str, kills: int, rng: random.Random) -> str:
    """Start a worker, kill it a random moment after it began a job, and tell which."""
    before = attempts(client, accepted)
    worker = start(url, kills)
    try:
        end = time.monotonic() + PATIENCE_S
        while attempts(client, accepted) == before and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(rng.uniform(SHORTEST_S, LONGEST_S))
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    return f"attempts {attempts(client, accepted)}"


def attempts(client: TestClient, accepted: list[str]) -> list[int]:
    """Return the attempts of each job."""
    return [client.get(f"/v1/jobs/{job}").json()["attempt"] for job in accepted]


def finish(client: TestClient, accepted: list[str]) -> None:
    """Ask every job to stop as soon as it runs, and wait for the end of all."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        jobs = [client.get(f"/v1/jobs/{job}").json() for job in accepted]
        if all(job["ended_at"] for job in jobs):
            return
        for job in jobs:
            if job["status"] == "running":
                client.post(f"/v1/jobs/{job['id']}/stop")
        time.sleep(0.5)


def lost(client: TestClient, accepted: list[str]) -> list[str]:
    """Return what is wrong: jobs without their end or plan, and best plans out of order."""
    wrong = []
    for job_id in accepted:
        job: dict[str, Any] = client.get(f"/v1/jobs/{job_id}").json()
        found = client.get(f"/v1/jobs/{job_id}/incumbents?limit=500").json()["items"]
        order = [item["attempt"] for item in found]
        if job["status"] != "succeeded" or job["plan_id"] is None:
            wrong.append(f"{job_id} is {job['status']}")
        if order != sorted(order):
            wrong.append(f"{job_id} has best plans of attempts {order}")
    return wrong


if __name__ == "__main__":
    main()
