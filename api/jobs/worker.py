"""A worker: a process that takes one job after the other, and jobs of workers that died."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from structlog.stdlib import BoundLogger

from api.jobs.attempt import run_attempt
from api.jobs.bench import Bench
from api.jobs.queue import Queue, create_tables, take_work
from api.logs import logger
from api.settings import Settings
from scenarios.store.database import Store
from scenarios.store.patience import Pause, patiently
from scenarios.store.retention import forget_old
from scenarios.store.tables.base import new_id
from scenarios.store.workers import adopt_orphans, adopt_untouched, crash, enlist, leave, renew

BEATS = 4
"""Signs of life in one lease."""
CLEAN_S = 3600.0
"""Seconds between two removals of what is old."""
COURTESY = 19
"""How far a worker steps back for other processes, as of nice(1): a solve takes all cores, and readers are waiting."""
LEFT = 75
"""Exit code of a worker that had to leave at once and wants to be started again."""


@dataclass
class Worker:
    """One worker process.

    Attributes
    ----------
    settings : Settings
    store : Store
    id : str
        New for every process: a worker that comes back is another one.
    over : Event
        Set once the worker takes no more jobs.
    adopted : list of str
        Jobs of dead workers that are still to be put back into the queue.
    clean_at : float
        When this worker removes next what is old, on the monotonic clock.
    """

    settings: Settings
    store: Store
    id: str = field(default_factory=new_id)
    over: threading.Event = field(default_factory=threading.Event)
    adopted: list[str] = field(default_factory=list)
    clean_at: float = 0.0

    @property
    def log(self) -> BoundLogger:
        """The log, with this worker's id in every line."""
        return logger().bind(worker=self.id)

    def run(self) -> None:
        """Take jobs until a signal says otherwise."""
        await_database(self.store, self._pause)
        with self.store.transaction() as session:
            enlist(session, self.id, socket.gethostname(), os.getpid(), self.settings.lease_s)
        threading.Thread(target=self._live, name="lease", daemon=True).start()
        bench = Bench(self.store, self.settings, Queue(self.store))
        take_work(self.store, self.id, lambda job_id: run_attempt(bench, job_id, self.id, self.go))
        self.log.info("worker-started")
        self.over.wait()
        self._leave()

    def go(self, why: str) -> None:
        """End this process at once; the job it has goes on elsewhere from its best plan."""
        self.log.warning("worker-leaves", why=why)
        with suppress(Exception), self.store.transaction() as session:
            crash(session, self.id)
        os._exit(LEFT)

    def _live(self) -> None:
        queue = Queue(self.store)
        while not self.over.wait(self.settings.lease_s / BEATS):
            try:
                patiently(self.store, lambda: self._beat(queue), self.log.warning, self._pause)
            except Exception as error:  # a worker without signs of life loses its job, so it goes on trying
                self.log.warning("lease-trouble", error=str(error))

    def _beat(self, queue: Queue) -> None:
        """Give a sign of life, and look after others."""
        with self.store.transaction() as session:
            renew(session, self.id, self.settings.lease_s)
        self._sweep(queue)

    def _sweep(self, queue: Queue) -> None:
        """Put jobs of dead workers back into the queue, and forget what is old."""
        takers = queue.takers()
        with self.store.transaction() as session:
            self.adopted += adopt_orphans(session, self.id)
            self.adopted += adopt_untouched(session, self.id, takers)
            if monotonic() >= self.clean_at:
                forget_old(session, self.settings.events_kept_days, self.settings.session_lifetime)
                self.clean_at = monotonic() + CLEAN_S
        while self.adopted:
            queue.put_back(self.adopted[0])
            self.log.warning("job-put-back", job=self.adopted.pop(0))

    def _leave(self) -> None:
        """Free the job at once, so that another worker goes on with it, and end."""
        with suppress(SQLAlchemyError), self.store.transaction() as session:
            leave(session, self.id)
        self.log.info("worker-stopped")
        os._exit(0)

    def _pause(self, seconds: float) -> None:
        """Wait for a moment; end this process where it was asked to go."""
        if self.over.wait(seconds):
            sys.exit(0)


def await_database(store: Store, pause: Pause = sleep) -> None:
    """Bring all tables up to date, once a server that is away is back; a file that cannot be used is an error."""
    if store.url.startswith("sqlite"):
        prepare_database(store)
    else:
        patiently(store, lambda: prepare_database(store), logger().error, pause)


def prepare_database(store: Store) -> None:
    """Bring all tables up to date."""
    store.upgrade()
    create_tables(store)


def work(settings: Settings, wait: Callable[[], object] | None = None) -> None:
    """Be a worker until SIGTERM or Ctrl-C, or until `wait` returns; everything else on the machine goes first."""
    os.nice(COURTESY)
    worker = Worker(settings, Store(settings.database_url.get_secret_value()))
    on_signals(lambda *_: worker.over.set())
    if wait is not None:
        threading.Thread(target=_end_after, args=(worker, wait), name="parent", daemon=True).start()
    worker.run()


def _end_after(worker: Worker, wait: Callable[[], object]) -> None:
    wait()
    worker.over.set()


def on_signals(handle: Callable[..., Any]) -> None:
    """Call a function on SIGTERM and Ctrl-C."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)
