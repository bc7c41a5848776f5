"""`territory serve`: the HTTP service, with workers beside it that are started again when they die."""

import gc
import subprocess
import sys
import threading
from time import monotonic

import uvicorn

from api.cli.exits import Exit
from api.cli.screen import Screen
from api.cli.settings import read_settings
from api.http.app import create_app
from api.jobs.queue import Queue
from api.jobs.samples import load_samples
from api.jobs.worker import await_database, on_signals, work
from api.logs import logger, start_logs
from api.settings import Settings
from geodata.findings import Finding, InputError, Level
from scenarios.store.database import Store

COMMAND = (sys.executable, "-c", "from api.cli.serve import work_beside; work_beside()")
PATIENCE_S = 1.0
"""Seconds between the end of a worker and the start of the next."""
FAREWELL_S = 10.0
NO_DEMO = "The demo is for a service without authentication. Maybe set TERRITORY_AUTH=off."


class Workers:
    """Worker processes, as many as asked for, each started again whenever it ends."""

    def __init__(self, amount: int) -> None:
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._keep, daemon=True) for _ in range(amount)]

    def start(self) -> None:
        """Start them."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask them to end and wait for it."""
        self._over.set()
        end = monotonic() + FAREWELL_S
        for thread in self._threads:
            thread.join(max(0.0, end - monotonic()))

    def _keep(self) -> None:
        while not self._over.is_set():
            with subprocess.Popen(COMMAND, stdin=subprocess.PIPE) as process:
                while process.poll() is None:
                    if self._over.wait(PATIENCE_S):
                        process.terminate()
                        process.wait()
            if not self._over.wait(PATIENCE_S):
                logger().warning("worker-ended", code=process.returncode)


def work_beside() -> None:
    """Be a worker for as long as the process that started it lives: its end of this standard input closes with it."""
    settings = read_settings()
    start_logs(settings.log_level)
    work(settings, sys.stdin.buffer.read)


def serve(screen: Screen, settings: Settings, *, demo: bool = False) -> int:
    """Serve until SIGTERM or Ctrl-C; `demo` loads the bundled scenarios first."""
    refuse(settings.refusal())
    refuse(NO_DEMO if demo and settings.auth != "off" else "")
    start_logs(settings.log_level)
    app = create_app(settings)
    _open_database(screen, settings, demo=demo)
    screen.say(f"The workspace is at http://{settings.host}:{settings.port}/ - open it in a browser; Ctrl-C ends it.")
    workers = Workers(settings.workers)
    workers.start()
    # What the imports have made is never garbage: looking through it again and again makes requests wait.
    gc.collect()
    gc.freeze()
    # uvicorn heeds a signal and then sends it again to what was there before: these wait for it.
    on_signals(lambda *_: None)
    try:
        # Streams of events never end by themselves, so a shutdown waits for them only for a moment.
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=2,
        )
    finally:
        workers.stop()
    return Exit.DONE


def _open_database(screen: Screen, settings: Settings, *, demo: bool) -> None:
    """Wait for the database, bring it up to date, and load the bundled scenarios where that is asked for."""
    store = Store(settings.database_url.get_secret_value())
    await_database(store)
    if demo:
        _load_demo(screen, store)
    store.close()


def _load_demo(screen: Screen, store: Store) -> None:
    queue = Queue(store)
    if load_samples(store, queue):
        screen.say(
            "The bundled scenarios are loaded; they are solved in a few minutes, and the workspace shows how far."
        )
    queue.close()


def refuse(why: str) -> None:
    """Raise InputError where there is a reason."""
    if why:
        message, _, hint = why.partition(" Maybe ")
        raise InputError([Finding(Level.ERROR, "invalid-setting", message, f"Maybe {hint}")])
