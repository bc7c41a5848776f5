"""A service made of real processes: the API and its workers, each of which can be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import httpx2

PROGRAM = (sys.executable, "-c", "from api.cli import main; main()")
PATIENCE_S = 600.0


class Deployment:
    """Processes around one database.

    Parameters
    ----------
    database_url : str
    settings : str
        Further settings by their names.
    """

    def __init__(self, database_url: str, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.database_url = database_url
        self.url = f"http://127.0.0.1:{port}"
        changes = {"database_url": database_url, "port": str(port), "log_level": "error", "active_jobs": "100000"}
        changes |= {"requests_per_minute": "1000000", **settings}
        self._environment = {**os.environ, **{f"TERRITORY_{name.upper()}": text for name, text in changes.items()}}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Deployment":
        """Start nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End every process."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.wait()

    def start(self, name: str) -> None:
        """Start a process: `api` serves, every other name is a worker's."""
        command = ("serve", "--workers", "0") if name == "api" else ("worker",)
        self._running[name] = subprocess.Popen(
            (*PROGRAM, *command, "--quiet"), env=self._environment, stdout=subprocess.DEVNULL
        )
        if name == "api":
            until(self.answers)

    def pin(self, name: str, core: int) -> None:
        """Let a process that was just started use one core only."""
        os.sched_setaffinity(self._running[name].pid, {core})

    def kill(self, *names: str) -> None:
        """Kill processes with SIGKILL, all before any of them is awaited."""
        for name in names:
            os.kill(self._running[name].pid, signal.SIGKILL)
        for name in names:
            self._running.pop(name).wait()

    def answers(self) -> bool:
        """Return whether the API is ready."""
        try:
            return self.status("/readyz") == 200
        except httpx2.TransportError:
            return False

    def status(self, path: str) -> int:
        """Return with which status the API answers a call."""
        return int(httpx2.get(f"{self.url}{path}", timeout=60).status_code)


def until(holds: Callable[[], Any]) -> Any:
    """Return what `holds` returns once it is true; raises TimeoutError."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.05)
    raise TimeoutError(f"nothing within {PATIENCE_S:g} s")
