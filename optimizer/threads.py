"""Waiting for work in threads, so that only the caller's thread asks whether to stop."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, wait
from threading import Event, Thread
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


def unless_stopped(work: Callable[[], Found], stop: Stop) -> Found | None:
    """Return what some work comes to that can't be interrupted; None at a stop, where it is left to end by itself."""
    job: Future[Found] = Future()
    Thread(target=_do, args=(work, job), daemon=True).start()
    while not wait([job], LOOK_EVERY_S).done:
        if stop():
            return None
    return job.result()


def _do(work: Callable[[], Found], job: Future[Found]) -> None:
    """Do a job's work; what goes wrong is raised where the result is asked for."""
    try:
        job.set_result(work())
    except BaseException as error:
        job.set_exception(error)
