"""Waiting for work in threads, so that only the caller's thread asks whether to stop."""

from collections.abc import Generator, Sequence
from concurrent.futures import Future, wait
from threading import Event
from typing import TypeVar

from optimizer.result import Stop

LOOK_EVERY_S = 0.05
"""How long the caller's thread waits between two looks at `stop`."""

Found = TypeVar("Found")


def in_order(jobs: Sequence[Future[Found]], stop: Stop, halted: Event) -> Generator[Found, None, None]:
    """Yield what jobs return, in their own order whichever ends first.

    `halted` is set where `stop` is true meanwhile, and at the end: close the generator where the rest is not wanted.
    """
    try:
        for job in jobs:
            while not wait([job], LOOK_EVERY_S).done:
                if stop():
                    halted.set()
            yield job.result()
    finally:
        halted.set()
