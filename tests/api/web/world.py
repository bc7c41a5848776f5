"""A service that a real browser can reach, in a thread of this process."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from playwright.sync_api import Browser, Page

from api.http.app import create_app
from api.jobs.attempt import run_attempt
from api.jobs.bench import Bench
from api.jobs.queue import Queue
from api.settings import Settings
from scenarios.store.database import Store
from tests.browser import READY, Watched, watch

PATIENCE_S = 60.0


@contextmanager
def served(folder: Path, **changes: Any) -> Iterator[httpx2.Client]:
    """Serve on a free port of this machine; give a client of it, whose `base_url` the browser opens."""
    quiet = {"database_url": f"sqlite:///{folder / 'service.db'}", "log_level": "error", "requests_per_minute": 100_000}
    app = create_app(Settings(**(quiet | changes)))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        end = time.monotonic() + PATIENCE_S
        while not server.started and time.monotonic() < end:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def address(client: httpx2.Client, path: str) -> str:
    """Return the address of a page for the browser."""
    return str(client.base_url).rstrip("/") + path


@contextmanager
def signed_in(browser: Browser, client: httpx2.Client, key: str, **look: Any) -> Iterator[Watched]:
    """Give a page of somebody who has signed in; `open_page` leads it on."""
    context = browser.new_context()
    try:
        answer = context.request.post(address(client, "/v1/sessions"), data={"api_key": key})
        assert answer.ok, answer.text()
        base = str(client.base_url)
        yield watch(context, lambda url: url.startswith(base), **{"width": 1280} | look)
    finally:
        context.close()


def open_page(watched: Watched, client: httpx2.Client, path: str) -> Page:
    """Open a page of the workspace and wait until it is ready."""
    watched.page.goto(address(client, path))
    watched.page.wait_for_selector(READY, timeout=20_000)
    return watched.page


def work(folder: Path, client: httpx2.Client) -> None:
    """Do all jobs that wait, as a worker does."""
    settings = Settings(database_url=f"sqlite:///{folder / 'service.db'}")
    store = Store(settings.database_url.get_secret_value())
    bench = Bench(store, settings, Queue(store))
    for job in client.get("/v1/jobs").json()["items"]:
        if job["status"] == "queued":
            run_attempt(bench, job["id"], "worker", lambda _why: None)
    bench.queue.close()
    store.close()
