"""What the service bears: readers during a solve, a burst of jobs, 33,000 units; and what a second worker is worth.

    python -m benchmarks.load --url sqlite:////tmp/load.db --folder /tmp/load
    python -m benchmarks.load --url postgresql://territory@127.0.0.1/load --folder /tmp/load --only workers

The API and its workers are processes of their own; so are the readers, all in one. Prints one line a figure.
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import geopandas as gpd
import httpx2
import numpy as np

from api.client import Client
from api.http.models.scenarios import ScenarioWhole
from benchmarks.deployment import Deployment, until
from benchmarks.readers import read
from scenarios.store.database import Store
from scenarios.store.people import add_key, add_user, need_workspace

READERS, READ_S = 50, 30.0
BURST, USERS = 500, 5
POINTS = {
    "limits.disruption.potential": [0.3, 0.4, 0.5, 0.6],
    "measures.workload.tolerance": [0.1, 0.12, 0.15, 0.18, 0.2],
}
POINT_EFFORT = 0.05
REPS = 500


def main() -> None:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--url", required=True)
    parser.add_argument("--folder", type=Path, required=True, help="For files that are sent; made where missing.")
    parser.add_argument("--only", choices=("readers", "burst", "large", "workers"))
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    parts = {"readers": readers, "burst": burst, "large": large, "workers": workers}
    for name, part in parts.items():
        if given.only in (None, name):
            with Deployment(given.url, auth="keys" if part is burst else "off") as deployment:
                deployment.start("api")
                for line in part(deployment, given.folder):
                    print(f"{name}: {line}", flush=True)


def readers(deployment: Deployment, _: Path) -> Iterator[str]:
    """Read metrics and assignments from fifty clients while a solve runs."""
    deployment.start("worker")
    with Client(deployment.url) as client:
        scenario = client.sample("texas")
        client.wait(client.solve(scenario.id, time_limit_s=10))
        job = client.solve(scenario.id, time_limit_s=READ_S + 30, gap=0.0)
        until(lambda: client.job(job.id).status == "running")
        paths = [f"/v1/scenarios/{scenario.id}/{what}" for what in ("metrics", "assignments")]
        moments, failed = read(deployment.url, paths, READERS, READ_S)
        client.cancel(job.id)
    ms = np.array(moments) * 1000
    p50, p99 = np.percentile(ms, [50, 99])
    yield f"{READERS} clients, {len(ms)} answers in {READ_S:g} s, p50 {p50:.0f} ms, p99 {p99:.0f} ms, {failed} errors"


def burst(deployment: Deployment, folder: Path) -> Iterator[str]:
    """Submit many short jobs, one user after the other, then let them be done: the users must take turns."""
    keys = _planners(deployment)
    with ExitStack() as stack:
        clients = [stack.enter_context(Client(deployment.url, key)) for key in keys]
        scenario = clients[0].create(_four_towns(clients[0], folder))
        begun = time.monotonic()
        jobs = [[client.solve(scenario.id, effort=0.001).id for _ in range(BURST // USERS)] for client in clients]
        yield f"{BURST} jobs of {USERS} users accepted in {time.monotonic() - begun:.0f} s"
        begun = time.monotonic()
        deployment.start("worker")
        turns = [job for turn in zip(*jobs, strict=True) for job in turn]
        for job in turns:
            until(lambda job=job: clients[0].job(job).ended_at is not None)
        ended = [clients[0].job(job) for job in turns]
    order = [job.ended_at for job in ended]
    kept = sum(job.status == "succeeded" for job in ended)
    yield f"{kept} of {BURST} done in {time.monotonic() - begun:.0f} s; everybody in turn: {order == sorted(order)}"


def large(deployment: Deployment, folder: Path) -> Iterator[str]:
    """Send all postal codes, and read who has which."""
    document = _postal_codes(folder)
    with Client(deployment.url) as client:
        begun = time.monotonic()
        units, reps = client.send(folder / "units.csv"), client.send(folder / "reps.csv")
        scenario = client.create(
            {**document, "units": {**document["units"], "file": units.ref}, "reps": {"file": reps.ref}}
        )
        job = client.solve(scenario.id, time_limit_s=20)
        yield f"{units.rows:,} units from upload to accepted: {time.monotonic() - begun:.1f} s"
        deployment.start("worker")
        client.wait(job)
        for _ in range(2):
            begun = time.monotonic()
            answer = httpx2.get(f"{deployment.url}/v1/scenarios/{scenario.id}/assignments?format=csv", timeout=120)
            yield f"assignments as CSV, {len(answer.content) / 1e6:.1f} MB: {time.monotonic() - begun:.2f} s"


def workers(deployment: Deployment, _: Path) -> Iterator[str]:
    """Sweep twenty what-ifs with one worker of one core, and with two."""
    took = []
    with Client(deployment.url) as client:
        scenario = client.sample("texas")
        for amount in (1, 2):
            names = [f"worker-{amount}-{i}" for i in range(amount)]
            for core, name in enumerate(names):
                deployment.start(name)
                deployment.pin(name, core)
            _warm(client, scenario, amount)
            begun = time.monotonic()
            client.result(client.sweep(scenario.id, POINTS, effort=POINT_EFFORT, workers=1, gap=0.0))
            took.append(time.monotonic() - begun)
            yield f"{amount} worker(s): 20 what-ifs in {took[-1]:.0f} s"
            deployment.kill(*names)
    yield f"two take {took[1] / took[0]:.2f} of the time of one"


def _planners(deployment: Deployment) -> list[str]:
    """Make the users of the burst; return their keys."""
    store = Store(deployment.database_url)
    with store.transaction() as session:
        place = need_workspace(session, "burst")
        users = [add_user(session, place.id, f"planner {i}", "planner") for i in range(USERS)]
        keys = [add_key(session, user.id, "burst")[1] for user in users]
    store.close()
    return keys


def _four_towns(client: Client, folder: Path) -> dict[str, object]:
    """Send a scenario that is solved at once; return its document."""
    (folder / "towns.csv").write_text("id,lat,lon,hours\nA,50,10,8\nB,50,10.1,7\nC,50,10.2,9\nD,50,10.3,6\n")
    (folder / "two.csv").write_text("id,lat,lon\nR1,50,10\nR2,50,10.3\n")
    units, reps = client.send(folder / "towns.csv"), client.send(folder / "two.csv")
    return {
        "schema_version": 1,
        "name": "four towns",
        "units": {"file": units.ref, "id": "id"},
        "measures": {"workload": {"column": "hours"}},
        "reps": {"file": reps.ref},
    }


def _warm(client: Client, scenario: ScenarioWhole, amount: int) -> None:
    """Let every worker solve once, so that none of them compiles or imports in the timed part."""
    jobs = [client.solve(scenario.id, effort=0.02, workers=1, gap=0.0) for _ in range(2 * amount)]
    for job in jobs:
        client.wait(job)


def _postal_codes(folder: Path) -> dict[str, dict[str, object]]:
    """Write units.csv and reps.csv of all bundled postal codes; return the document without their data sets."""
    rng = np.random.default_rng(0)
    places = gpd.read_parquet(Path("geodata/bundled/us_zips.parquet"))
    ids = places.iloc[:, 0].astype(str)
    rows = zip(ids, rng.integers(5, 60, len(ids)), rng.integers(1_000, 90_000, len(ids)), strict=True)
    text = "".join(f"{zip_},{hours},{revenue}\n" for zip_, hours, revenue in rows)
    (folder / "units.csv").write_text(f"zip,hours,revenue\n{text}", encoding="utf-8")
    homes = places.geometry.representative_point().iloc[rng.choice(len(ids), REPS, replace=False)]
    (folder / "reps.csv").write_text(
        "id,lat,lon\n" + "".join(f"R{i:04d},{home.y:.5f},{home.x:.5f}\n" for i, home in enumerate(homes)),
        encoding="utf-8",
    )
    return {
        "schema_version": 1,
        "name": "postal codes",
        "units": {"id": "zip", "geography": {"bundled": "us-zips", "key": "zip"}},
        "measures": {
            "workload": {"column": "hours", "tolerance": 0.15},
            "potential": {"column": "revenue", "tolerance": 0.2},
        },
        "neighbours": {"bridges": "nearest"},
    }


if __name__ == "__main__":
    main()
