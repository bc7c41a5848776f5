"""Sweeps over HTTP: each what-if is a piece of work of its own, and the front is that of the command line."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.jobs.attempt import run_attempt
from api.jobs.bench import Bench
from scenarios.reading.source import read
from scenarios.store.jobs import begin_attempt
from scenarios.store.parts import POINT, parts_of
from scenarios.store.workers import adopt_orphans, enlist
from scenarios.sweep.report import Clock, build_sweep_report
from scenarios.sweep.sweep import SweepWish, sweep
from scenarios.sweep.telling import WITH_PLAN
from scenarios.sweep.vary import Vary
from tests.api.service.world import events, send, service, tiny_scenario
from tests.scenarios.tiny_study import DOCUMENT, REPS, UNITS, write

VARY = {"limits.disruption.potential": ["0.1", "0.6"], "measures.workload.tolerance": ["0.3", "0.9", "-1"]}
EFFORT = {"effort": 0.01}


def bench(client: TestClient) -> Bench:
    """Return what a worker of the service works with."""
    running = client.app.state.service  # type: ignore[attr-defined]
    return Bench(running.store, running.settings, running.queue)


def next_part(client: TestClient) -> str | None:
    """Return the id of what a worker would take next."""
    store = bench(client).store
    queue = "workflow_status" if store.url.startswith("sqlite") else "dbos.workflow_status"
    waiting = f"SELECT workflow_uuid FROM {queue} AS queue JOIN jobs ON jobs.id = workflow_uuid"
    first = " WHERE jobs.status = 'queued' ORDER BY queue.priority, queue.created_at LIMIT 1"
    with store.transaction() as session:
        return session.scalar(text(waiting + first))


def work(client: TestClient) -> Iterator[str]:
    """Do what waits in the queue, as a worker does, one piece after the other."""
    while (part := next_part(client)) is not None:
        run_attempt(bench(client), part, "worker", pytest.fail)
        yield part


def submitted(client: TestClient, scenario: dict[str, Any], **body: Any) -> str:
    """Submit a sweep and return its path."""
    answer = client.post("/v1/jobs", json={"kind": "sweep", "scenario_id": scenario["id"], "options": EFFORT, **body})
    assert answer.status_code == 202, answer.text
    return f"/v1/jobs/{answer.json()['id']}"


def by_command(folder: Path, wish: SweepWish) -> dict[str, Any]:
    """Return sweep.json of the same study from files, but for what names clocks and files."""
    path = write(folder, {**DOCUMENT}, {"units.csv": UNITS, "reps.csv": REPS})
    found = sweep(read(path), wish, lambda: False, lambda *_: None)
    clock = Clock(datetime(2026, 11, 1, tzinfo=UTC), 0.0, "")
    return told(build_sweep_report(found, clock).model_dump(mode="json"))


def told(report: dict[str, Any]) -> dict[str, Any]:
    """Return a sweep without clocks and hashes of files, whose names differ."""
    return {name: part for name, part in report.items() if name not in ("timing", "provenance")}


@pytest.mark.parametrize(
    ("database_url", "vary"), [("postgres", VARY), ("sqlite", {})], indirect=["database_url"], ids=["grid", "chosen"]
)
def test_a_sweep_finds_what_the_command_finds(tmp_path: Path, database_url: str, vary: dict[str, list[str]]) -> None:
    """Points, starts, figures, front and proposals are those of `territory sweep`, whoever solved which point."""
    wish = SweepWish(tuple(Vary(path, tuple(values)) for path, values in vary.items()), 2, {**EFFORT, "workers": 1})
    with service(tmp_path, database_url=database_url) as client:
        job = submitted(client, tiny_scenario(client), vary=vary, proposals=2)
        pieces = list(work(client))
        done = client.get(job).json()
        assert (done["status"], done["error"], done["plan_id"]) == ("succeeded", None, None)
        result = client.get(f"{job}/result").json()
        assert told(result) == by_command(tmp_path, wish)
        assert len(pieces) == len(result["points"]) + (2 if vary else 4)
        assert [point["point"] for point in client.get(f"{job}/points").json()] == [
            point["point"] for point in result["points"]
        ]
        assert client.get(f"{job}/files/sweep.html").text.startswith("<!DOCTYPE html>")
        assert [event["point"] for event in events(client, job[9:]) if "point" in event]


def statuses(client: TestClient, job: str) -> list[str]:
    """Return what became of every point of a sweep that is over; "plan" for one that has one."""
    found = [point["status"] for point in client.get(f"{job}/result").json()["points"]]
    return ["plan" if status in WITH_PLAN else status for status in found]


def test_a_stop_keeps_the_points_that_are_finished(tmp_path: Path) -> None:
    """The front is made of what is there; a point that was half-way is left out, as it is on Ctrl-C."""
    with service(tmp_path) as client:
        job = submitted(client, tiny_scenario(client), vary={"measures.workload.tolerance": ["0.3", "0.6", "0.9"]})
        pieces = work(client)
        next(pieces), next(pieces)
        begun = next_part(client)
        with bench(client).store.transaction() as session:
            begin_attempt(session, str(begun), "worker")
        assert client.post(f"{job}/stop").json()["status"] == "stopping"
        assert next_part(client) is None
        run_attempt(bench(client), str(begun), "worker", pytest.fail)
        list(work(client))
        done = client.get(job).json()
        assert (done["status"], done["stop_reason"]) == ("succeeded", "user_stop")
        assert statuses(client, job) == ["plan", "unfinished", "unfinished"]


def test_a_cancelled_sweep_does_nothing_more(tmp_path: Path) -> None:
    """Neither points nor a front are made of a sweep that nobody wants, and it can be retried as a whole."""
    with service(tmp_path) as client:
        job = submitted(client, tiny_scenario(client), vary={"measures.workload.tolerance": ["0.3", "0.6"]})
        next(work(client))
        client.post(f"{job}/cancel")
        done = client.get(job).json()
        assert (done["status"], done["stop_reason"]) == ("cancelled", "cancelled") and next_part(client) is None
        assert client.get(f"{job}/result").json()["code"] == "job-not-over"
        again = client.post(f"{job}/retry").json()
        assert again["task"] == done["task"] and len(list(work(client))) == 4
        assert client.get(f"/v1/jobs/{again['id']}").json()["status"] == "succeeded"


def test_a_killed_worker_loses_only_the_point_it_was_on(tmp_path: Path) -> None:
    """The other points stay as they are; a point that kills every worker is told as such, and the sweep ends."""
    with service(tmp_path, attempts=2) as client:
        job = submitted(client, tiny_scenario(client), vary={"measures.workload.tolerance": ["0.3", "0.6", "0.9"]})
        pieces = work(client)
        next(pieces), next(pieces)
        lost = str(next_part(client))
        for dead in "ab":
            with bench(client).store.transaction() as session:
                enlist(session, dead, "host", 1, lease_s=-1.0)
                begin_attempt(session, lost, dead)
                assert adopt_orphans(session, "keeper") == [lost]
        run_attempt(bench(client), lost, "worker", pytest.fail)
        list(work(client))
        with bench(client).store.transaction() as session:
            attempts = sorted(part.attempt for part in parts_of(session, job[9:], POINT))
        assert attempts == [1, 1, 3]
        assert sorted(statuses(client, job)) == ["plan", "plan", "refused"]
        assert "2 workers died" in json.dumps(client.get(f"{job}/result").json())


def test_a_sweep_can_name_no_file_of_the_server(tmp_path: Path) -> None:
    """A value that names a file is held to the rule of documents: data sets only."""
    with service(tmp_path) as client:
        job = submitted(client, tiny_scenario(client), vary={"reps.file": ["/etc/passwd", send(client, "r.csv", REPS)]})
        list(work(client))
        points = client.get(f"{job}/result").json()["points"]
        assert sorted(statuses(client, job)) == ["plan", "refused"]
        assert {finding["code"] for point in points for finding in point["findings"]} == {"not-a-dataset"}


def test_a_sweep_that_makes_no_sense_is_not_accepted(tmp_path: Path) -> None:
    """A mistaken path, too many points and an unusable option are told at once."""
    with service(tmp_path, points_limit=3) as client:
        scenario = tiny_scenario(client)
        for body, code in (
            ({"vary": {"measures.workload.tolernace": [0.1]}}, "invalid-input"),
            ({"vary": {"measures.workload.tolerance": [0.1, 0.2, 0.3, 0.4]}}, "invalid-request"),
            ({"vary": {"limits.max_distance_km": [None]}}, "invalid-request"),
            ({"options": {"effort": 1e9}}, "invalid-request"),
            ({"kind": "guess"}, "invalid-request"),
        ):
            answer = client.post("/v1/jobs", json={"kind": "sweep", "scenario_id": scenario["id"], **body})
            assert (answer.status_code, answer.json()["code"]) == (422, code), body
