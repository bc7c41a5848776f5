"""Kill the service again and again while it solves, and count what was lost: it must be nothing.

    python -m benchmarks.crashes --kills 50 --url sqlite:////tmp/crashes.db
    python -m benchmarks.crashes --kills 50 --postgres

A client keeps submitting solves of the Texas sample. SIGKILL hits, in turn, the worker in the middle of a solve, the
API, both at once, and the worker at the moment a solve ends and its plan is written. With --postgres there is a
PostgreSQL server of its own (Debian's programs), which is ended without warning in its turn, too: meanwhile the API
must answer 503, and everything goes on by itself once the server is back. In the end every job that was accepted must
have ended with a plan whose files are whole, its best plans must come from attempts in order, and the database must
pass its own checks. Prints one line a kill and the verdict.
"""

import argparse
import json
import random
import sys
import threading
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.client import Client
from api.connection import ServiceError
from benchmarks.deployment import Deployment, until
from scenarios.export.files import PLAN, REPORT
from scenarios.store.database import Store
from scenarios.store.jobs import ACTIVE
from scenarios.store.plans import plan_bytes
from scenarios.store.tables.work import Incumbent, Job, JobEvent
from tests.postgres import USER, Server, programs, server

VICTIMS = ("worker", "api", "both", "ending")
SOLVE_S = 2.0
LEASE_S = 4.0
UNITS = 254
NAME = "crashes"
"""Of the database in a server of its own."""
WELL, UNAVAILABLE = 200, 503
WAITING = 3
"""Jobs that the client keeps in the queue."""


def main() -> None:
    """Run the matrix for one database; exit with 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    database = parser.add_mutually_exclusive_group(required=True)
    database.add_argument("--url")
    database.add_argument("--postgres", action="store_true", help="A server of its own, which is killed too.")
    given = parser.parse_args()
    rng = random.Random(given.seed)
    if given.url:
        accepted, wrong = run(given.url, given.kills, rng)
    else:
        with server(programs() or Path()) as running:
            accepted, wrong = run(running.database(NAME), given.kills, rng, running)
            running.run("pg_amcheck", "-h", "127.0.0.1", "-p", str(running.port), "-U", USER, "--install-missing", NAME)
    print(f"{given.kills} kills, {accepted} jobs accepted; lost:", *(wrong or ["nothing"]))
    sys.exit(bool(wrong))


def run(url: str, kills: int, rng: random.Random, running: Server | None = None) -> tuple[int, list[str]]:
    """Kill so many times; return how many jobs were accepted, and all that is wrong in the end."""
    with Deployment(url, lease_s=str(LEASE_S), attempts=str(kills + 1)) as deployment:
        deployment.start("api")
        deployment.start("worker")
        store, over = Store(url), threading.Event()
        accepted: list[str] = []
        submitter = threading.Thread(target=submit, args=(deployment.url, store, accepted, over))
        submitter.start()
        victims = VICTIMS if running is None else (*VICTIMS, "database")
        try:
            for number, victim in enumerate(islice(cycle(victims), kills)):
                await_moment(store, victim, rng)
                if victim == "database" and running is not None:
                    outage(deployment, running, rng)
                else:
                    strike(deployment, victim)
                print(f"kill {number + 1}: {victim}, {len(accepted)} jobs accepted", flush=True)
        finally:
            over.set()
            submitter.join()
        until(lambda: not _jobs(store, ACTIVE))
        wrong = lost(store, accepted)
        store.close()
    return len(accepted), wrong


def submit(url: str, store: Store, accepted: list[str], over: threading.Event) -> None:
    """Keep some jobs waiting; one that the service has answered for is accepted."""
    scenario = None
    while not over.wait(0.2):
        try:
            with Client(url) as client:
                scenario = scenario or client.sample("texas").id
                while not over.wait(0.2):
                    if len(_jobs(store, ACTIVE)) < WAITING:
                        accepted.append(client.solve(scenario, time_limit_s=SOLVE_S, gap=0.0).id)
        except (httpx2.TransportError, ServiceError, SQLAlchemyError):
            continue


def await_moment(store: Store, victim: str, rng: random.Random) -> None:
    """Wait for a random moment of a solve that goes on since the last kill, or of its end."""
    with store.transaction() as session:
        before = session.scalar(select(func.max(JobEvent.id))) or 0
    running: str = until(lambda: _at_work(store, before))
    if victim == "ending":
        until(lambda: _progress_s(store, running) > SOLVE_S - 0.3 or not _is_active(store, running))
        time.sleep(rng.uniform(0.0, 0.8))
    else:
        time.sleep(rng.uniform(0.0, SOLVE_S / 2))


def strike(deployment: Deployment, victim: str) -> None:
    """Kill processes, and start them again."""
    names = {"worker": ("worker",), "ending": ("worker",), "api": ("api",), "both": ("api", "worker")}[victim]
    deployment.kill(*names)
    for name in names:
        deployment.start(name)


def outage(deployment: Deployment, running: Server, rng: random.Random) -> None:
    """End the database server at once and start it again; neither API nor worker is touched."""
    running.stop()
    until(lambda: deployment.status("/readyz") == UNAVAILABLE)
    if deployment.status("/healthz") != WELL:
        raise RuntimeError("the API does not answer while the database is away")
    time.sleep(rng.uniform(0.0, SOLVE_S))
    running.start()
    until(deployment.answers)


def lost(store: Store, accepted: list[str]) -> list[str]:
    """Return what is wrong: jobs without their end or plan, best plans out of order, a database that is not whole."""
    with store.transaction() as session:
        wrong = [problem for name in accepted for problem in _wrong(session, name)]
        broken = _broken(session)
    return wrong + broken


def _wrong(session: Session, name: str) -> list[str]:
    job = session.get(Job, name)
    if job is None or job.status != "succeeded" or job.plan_id is None:
        return [f"{name} is {job.status if job else 'gone'}"]
    report, table = plan_bytes(session, job.plan_id, REPORT), plan_bytes(session, job.plan_id, PLAN)
    if not report or not table or not json.loads(report)["territories"] or len(table.splitlines()) < UNITS:
        return [f"{name} has a plan without its files"]
    order = list(session.scalars(select(Incumbent.attempt).where(Incumbent.job_id == name).order_by(Incumbent.id)))
    return [] if order == sorted(order) else [f"{name} has best plans of attempts {order}"]


def _broken(session: Session) -> list[str]:
    """Return what the database finds wrong with itself."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    checks = ("PRAGMA integrity_check", "PRAGMA foreign_key_check")
    rows: list[Any] = [row[0] for check in checks for row in session.execute(text(check))]
    return [str(row) for row in rows if row != "ok"]


def _jobs(store: Store, statuses: tuple[str, ...]) -> list[Job]:
    with store.transaction() as session:
        return list(session.scalars(select(Job).where(Job.status.in_(statuses)).order_by(Job.id)))


def _is_active(store: Store, name: str) -> bool:
    return any(job.id == name for job in _jobs(store, ACTIVE))


def _at_work(store: Store, before: int) -> str | None:
    """Return the job of a solve that has told of its progress after an event, None where there is none."""
    with store.transaction() as session:
        query = select(JobEvent.job_id).where(JobEvent.id > before, JobEvent.kind == "progress")
        return session.scalars(query.order_by(JobEvent.id).limit(1)).first()


def _progress_s(store: Store, name: str) -> float:
    """Return the seconds of the newest event of a job's solve."""
    with store.transaction() as session:
        query = select(JobEvent.data).where(JobEvent.job_id == name, JobEvent.kind == "progress")
        data = session.scalars(query.order_by(JobEvent.id.desc()).limit(1)).first()
        return 0.0 if data is None else float(data["seconds"])


if __name__ == "__main__":
    main()
