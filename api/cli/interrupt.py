"""Ctrl-C while solving: the first asks for the best plan so far, the second leaves at once."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import TypeVar

from api.cli.exits import Exit
from api.cli.screen import Screen

Answer = TypeVar("Answer")
LOOK_S = 0.1
"""Seconds between two looks at a pending Ctrl-C."""


@contextmanager
def stop_on_interrupt(screen: Screen, says: str = "Stopping with the best plan so far") -> Iterator[Event]:
    """Give an event that the first Ctrl-C sets, which is told in a line that begins as `says`."""
    asked = Event()

    def handle(_signal: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            screen.err.show_cursor()
            os._exit(Exit.INTERRUPTED)
        asked.set()
        screen.fail(f"{says}; Ctrl-C again leaves at once.")

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


def run_beside(work: Callable[[], Answer]) -> Answer:
    """Run work in a thread of its own, so that this one can answer Ctrl-C while native code runs."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        future: Future[Answer] = pool.submit(work)
        while True:
            try:
                return future.result(timeout=LOOK_S)
            except NotYet:
                if future.done():
                    raise
