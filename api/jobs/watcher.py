"""The thread beside a solve: it stores what the solve finds and hears what is asked of it."""

import threading
from collections.abc import Callable
from time import monotonic

from structlog.stdlib import BoundLogger

from optimizer.result import Progress
from scenarios.store.database import Store
from scenarios.store.errors import FencedError
from scenarios.store.incumbents import add_progress
from scenarios.store.jobs import wish_of
from scenarios.store.patience import PASSING

LOOK_S = 0.25
"""Seconds between two looks at the database: how long a stop may take to be heard."""
TELL_S = 1.0
"""Least seconds between two stored events of a solve."""


class Watcher:
    """A `Watch` and a `Stop` for one attempt at a job; use it as a context manager.

    The solve itself never waits for the database: it leaves its progress here, and this thread stores it.

    Parameters
    ----------
    leave : callable
        Ends the process at once. Called where another worker has taken the job over, for whatever this one returned
        would count as the job's end, and where a stop is not heeded in `grace_s`.
    """

    def __init__(
        self, store: Store, job_id: str, attempt: int, grace_s: float, leave: Callable[[str], None], log: BoundLogger
    ) -> None:
        self._store, self._job_id, self._attempt = store, job_id, attempt
        self._grace_s, self._leave, self._log = grace_s, leave, log
        self._lock = threading.Lock()
        self._last: Progress | None = None
        self._best: Progress | None = None
        self._asked_at: float | None = None
        self._told_at = -TELL_S
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watcher", daemon=True)

    def __enter__(self) -> "Watcher":
        """Start the thread."""
        self._look()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the thread and store what is left."""
        self._over.set()
        self._thread.join()
        try:
            self._tell()
        except PASSING as error:  # the plan itself is kept by whoever ends the job, and waits for the database
            self._log.warning("watcher-trouble", error=str(error))

    def __call__(self, progress: Progress) -> None:
        """Take one event of the solve."""
        with self._lock:
            self._last = progress
            if progress.plan is not None:
                self._best = progress

    def is_asked(self) -> bool:
        """Return whether the solve was asked to stop or cancel."""
        return self._asked_at is not None

    def _watch(self) -> None:
        is_well = True
        while not self._over.wait(LOOK_S):
            try:
                self._look()
                if monotonic() - self._told_at >= TELL_S:
                    self._tell()
                is_well = True
            except FencedError as error:
                self._leave(str(error))
            except Exception as error:  # the database may be away for a while; the lease decides how long
                if is_well:
                    self._log.warning("watcher-trouble", error=str(error))
                is_well = False
            if self._asked_at is not None and monotonic() > self._asked_at + self._grace_s:
                self._leave("a stop was not heeded in time")

    def _look(self) -> None:
        with self._store.transaction() as session:
            wish = wish_of(session, self._job_id)
        if wish is not None and self._asked_at is None:
            self._asked_at = monotonic()

    def _tell(self) -> None:
        with self._lock:
            last, best, self._last, self._best = self._last, self._best, None, None
        if last is None:
            return
        self._told_at = monotonic()
        try:
            with self._store.transaction() as session:
                add_progress(session, self._job_id, self._attempt, last, best)
        except FencedError:
            raise
        except Exception:
            with self._lock:
                self._last, self._best = self._last or last, self._best or best
            raise
