"""Jobs in this process: accepted, taken over, cancelled, given up; in which order."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.jobs.attempt import run_attempt
from api.jobs.bench import Bench
from api.jobs.queue import Queue
from scenarios.document.merge import merged
from scenarios.store.errors import FencedError
from scenarios.store.jobs import begin_attempt, hold
from scenarios.store.parts import CHOICE, parts_of
from scenarios.store.workers import adopt_orphans, adopt_untouched, enlist
from tests.api.service.world import bearer, events, match, service, tiny_document, tiny_scenario, tokens
from tests.scenarios.tiny_study import UNITS


def submit(client: Any, scenario: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Submit a job and return it."""
    answer = client.post("/v1/jobs", json={"scenario_id": scenario["id"], **body})
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


def attempt(client: TestClient, job_id: str) -> None:
    """Do what a worker does with a job."""
    running = client.app.state.service  # type: ignore[attr-defined]
    run_attempt(Bench(running.store, running.settings, running.queue), job_id, "worker", pytest.fail)


def test_a_job_ends_with_a_plan_and_tells_how_it_went(tmp_path: Path) -> None:
    """What was submitted becomes the scenario's plan, and the events say so in their order."""
    with service(tmp_path) as client:
        scenario = tiny_scenario(client)
        job = submit(client, scenario)
        assert client.get(f"/v1/jobs/{job['id']}/result").json()["code"] == "job-not-over"
        attempt(client, job["id"])
        done = client.get(f"/v1/jobs/{job['id']}").json()
        assert (done["status"], done["error"]) == ("succeeded", None) and done["solution_status"] in (
            "optimal",
            "feasible",
        )
        assert client.get(f"/v1/jobs/{job['id']}/result").json()["id"] == done["plan_id"]
        assert (
            len(client.get(f"/v1/scenarios/{scenario['id']}/assignments").json()["items"])
            == len(UNITS.splitlines()) - 1
        )
        told = events(client, job["id"])
        assert [event.get("status") for event in told][-1] == "succeeded"
        attempt(client, job["id"])
        assert client.get(f"/v1/jobs/{job['id']}").json() == done


def test_a_scenario_that_cannot_be_used_fails_with_its_findings(tmp_path: Path) -> None:
    """A failed job says what a planner must change."""
    with service(tmp_path) as client:
        scenario = tiny_scenario(client)
        path, measures = f"/v1/scenarios/{scenario['id']}", {"workload": {"column": "hourz"}}
        client.patch(path, json={"measures": measures}, headers={"If-Match": '"1"'})
        job = submit(client, scenario)
        attempt(client, job["id"])
        failed = client.get(f"/v1/jobs/{job['id']}").json()
        assert (failed["status"], failed["error"]["code"]) == ("failed", "invalid-scenario")
        assert failed["error"]["findings"][0]["code"] == "unknown-column"


def test_an_attempt_that_was_taken_over_can_write_nothing(tmp_path: Path) -> None:
    """A worker that was thought dead never overwrites what its successor found."""
    with service(tmp_path) as client:
        job = submit(client, tiny_scenario(client))["id"]
        store = client.app.state.service.store  # type: ignore[attr-defined]
        with store.transaction() as session:
            first, second = (begin_attempt(session, job, worker) for worker in "ab")
            assert first is second and second is not None and second.attempt == 2
        with pytest.raises(FencedError), store.transaction() as session:
            hold(session, job, 1)
        with store.transaction() as session:
            hold(session, job, 2)


def test_a_job_whose_worker_died_before_it_began_goes_back_into_the_queue(tmp_path: Path) -> None:
    """A worker may die between taking a job and saying so: one other worker notices, the same one again if need be."""
    with service(tmp_path) as client:
        job = submit(client, tiny_scenario(client))["id"]
        store = client.app.state.service.store  # type: ignore[attr-defined]
        queue, take = Queue(store), text("UPDATE workflow_status SET status = 'PENDING', executor_id = 'dead'")
        with store.transaction() as session:
            enlist(session, "keeper", "host", 1, lease_s=60.0)
            enlist(session, "other", "host", 2, lease_s=60.0)
        for _ in range(2):
            with store.transaction() as session:
                session.execute(take)
            assert queue.takers() == {job: "dead"}
            with store.transaction() as session:
                found = [adopt_untouched(session, name, {job: "dead"}) for name in ("keeper", "other")]
                assert found == [[job], []] and adopt_untouched(session, "other", {job: "keeper"}) == []
            queue.put_back(job)
            assert queue.takers() == {}
        queue.close()
        attempt(client, job)
        assert client.get(f"/v1/jobs/{job}").json()["status"] == "succeeded"


def test_a_job_that_kills_its_workers_is_given_up_with_the_reason(tmp_path: Path) -> None:
    """One poisonous scenario doesn't stop the queue for ever."""
    with service(tmp_path, attempts=2) as client:
        job = submit(client, tiny_scenario(client))["id"]
        store = client.app.state.service.store  # type: ignore[attr-defined]
        for dead in "ab":
            with store.transaction() as session:
                enlist(session, dead, "host", 1, lease_s=-1.0)
                begin_attempt(session, job, dead)
                assert adopt_orphans(session, "keeper") == [job]
        attempt(client, job)
        failed = client.get(f"/v1/jobs/{job}").json()
        assert (failed["status"], failed["stop_reason"]) == ("failed", "worker_lost")
        assert failed["error"]["message"].startswith("2 workers died")


def test_a_job_that_waits_is_cancelled_at_once_and_can_be_retried(tmp_path: Path) -> None:
    """Nobody waits for a worker to get rid of a job."""
    with service(tmp_path) as client:
        job = submit(client, tiny_scenario(client))["id"]
        assert client.post(f"/v1/jobs/{job}/retry").json()["code"] == "job-not-over"
        assert client.post(f"/v1/jobs/{job}/cancel").json()["status"] == "cancelled"
        assert client.post(f"/v1/jobs/{job}/stop").json()["code"] == "job-over"
        attempt(client, job)
        assert client.get(f"/v1/jobs/{job}").json()["attempt"] == 0
        again = client.post(f"/v1/jobs/{job}/retry").json()
        assert (again["status"], again["retry_of"]) == ("queued", job)


def test_users_take_turns_and_urgent_jobs_go_first(tmp_path: Path) -> None:
    """One user's hundred jobs don't keep another's only one waiting."""
    keys = tokens(tmp_path)
    with service(tmp_path, auth="keys") as client:
        made = []
        for role, priority in (("planner", 5), ("planner", 5), ("planner", 5), ("admin", 5), ("approver", 1)):
            client.headers.update(bearer(keys[role]))
            made.append(submit(client, tiny_scenario(client), priority=priority)["id"])
        store = client.app.state.service.store  # type: ignore[attr-defined]
        with store.transaction() as session:
            order = session.execute(text("SELECT workflow_uuid FROM workflow_status ORDER BY priority, created_at"))
            places = [made.index(row[0]) for row in order]
        assert places == [4, 0, 3, 1, 2]


def test_a_user_has_so_many_active_jobs_at_most(tmp_path: Path) -> None:
    """A loop that never ends fills no queue."""
    with service(tmp_path, active_jobs=2) as client:
        scenario = tiny_scenario(client)
        answers = [client.post("/v1/jobs", json={"scenario_id": scenario["id"]}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [202, 202, 429]
        assert answers[-1].json()["code"] == "too-many-jobs"


def test_work_beyond_the_limits_is_refused(tmp_path: Path) -> None:
    """Neither an option nor a document makes a worker busy for ever."""
    with service(tmp_path, time_limit_s=60, units_limit=3) as client:
        scenario = tiny_scenario(client)
        for options in ({"time_limit_s": 61}, {"effort": 1.5}, {"time_limit_s": 1, "effort": 1}):
            answer = client.post("/v1/jobs", json={"scenario_id": scenario["id"], "options": options})
            assert answer.status_code == 422, options
        large = client.post("/v1/jobs", json={"scenario_id": scenario["id"]})
        assert (large.status_code, large.json()["errors"][0]["code"]) == (422, "too-large")
        checked = client.get(f"/v1/scenarios/{scenario['id']}/findings").json()
        assert not checked["usable"] and checked["findings"][0]["code"] == "too-large"
    with service(tmp_path, territories_limit=1) as client:
        job = submit(client, scenario)["id"]
        attempt(client, job)
        assert client.get(f"/v1/jobs/{job}").json()["error"]["findings"][0]["code"] == "too-large"


def test_a_solve_that_is_stopped_stays_in_one_piece(tmp_path: Path) -> None:
    """Only sweeps have parts: the worker of a stopped solve is not sent another piece of it."""
    with service(tmp_path) as client:
        job = submit(client, tiny_scenario(client))
        store = client.app.state.service.store  # type: ignore[attr-defined]
        with store.transaction() as session:
            begin_attempt(session, job["id"], "worker")
        assert client.post(f"/v1/jobs/{job['id']}/stop").json()["status"] == "stopping"
        with store.transaction() as session:
            assert parts_of(session, job["id"], CHOICE) == []


def test_a_way_out_leads_to_a_plan_that_keeps_every_rule(tmp_path: Path) -> None:
    """Whoever asks too much is told what to give up; with all of it the next run succeeds, and the map follows both."""
    with service(tmp_path) as client:
        document = tiny_document(client)
        document["measures"] = {name: {**part, "tolerance": 0.02} for name, part in document["measures"].items()}
        document["limits"] = {"disruption": {"units": 0.1}, "max_distance_km": 10}
        document["rules"] = {"lock": [{"unit": "A", "rep": "R2"}], "apart": [{"units": ["A", "D"]}]}
        scenario = client.post("/v1/scenarios", json=document).json()
        jobs = [submit(client, scenario), submit(client, scenario)]
        assert [client.get(f"/v1/jobs/{job['id']}").json()["ahead"] for job in jobs] == [0, 1]
        attempt(client, jobs[0]["id"])
        done = client.get(f"/v1/jobs/{jobs[0]['id']}").json()
        assert done["solution_status"] == "infeasible"
        best = client.get(f"/v1/jobs/{done['id']}/incumbents/last").json()
        assert best["territories"] == ["R1", "R2"] and best["owner"][0] == 1
        ways = client.get(f"/v1/plans/{done['plan_id']}/ways-out").json()
        patch: dict[str, Any] = {}
        for way in ways:
            patch = merged(patch, way["patch"]) if way["is_enough"] else patch
        assert (
            client.patch(
                f"/v1/scenarios/{scenario['id']}",
                json=patch,
                headers=match(client.get(f"/v1/scenarios/{scenario['id']}").json()),
            ).status_code
            == 200
        )
        attempt(client, submit(client, scenario, from_plan_id=done["plan_id"])["id"])
        listed = client.get(f"/v1/jobs?scenario_id={scenario['id']}&order=newest").json()["items"]
        assert listed[0]["solution_status"] in ("optimal", "feasible") and len(listed) == 3
        assert client.get(f"/v1/plans/{listed[0]['plan_id']}/ways-out").json() == []
