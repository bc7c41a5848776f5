"""Long work in the threads of the service: one at a time, and only so many wait for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock


class BusyError(RuntimeError):
    """As many wait already as may; it is worth asking again a little later."""


class Turn:
    """A place where one works and others wait, so that waiting never takes all threads.

    Parameters
    ----------
    places : int
        How many may be there at once: the one who works, and those who wait.
    """

    def __init__(self, places: int) -> None:
        self._places = BoundedSemaphore(places)
        self._work = Lock()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for the turn and hold it; raises BusyError at once where no place is free."""
        if not self._places.acquire(blocking=False):
            raise BusyError("Too many scenarios are being prepared at once.")
        try:
            with self._work:
                yield
        finally:
            self._places.release()
