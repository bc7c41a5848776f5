"""A process that solves one point after the other; it begins empty, so that it works the same on every system."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import Event

from scenarios.sweep.solve_point import Task, Told, solve_point

LAST_WORDS_S = 5.0
"""Seconds that processes get to end by themselves."""


class Worker:
    """A running process, seen from the one that gives it tasks.

    Attributes
    ----------
    answers : Connection
        Readable once an answer is there.
    """

    def __init__(self, context: SpawnContext, asked: Event) -> None:
        self._context, self._asked = context, asked
        self._begin()

    def _begin(self) -> None:
        self.answers, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(theirs, self._asked), daemon=True)
        with _deaf():
            self._process.start()
        theirs.close()

    def give(self, task: Task) -> None:
        """Hand a task over, to a new process where the old one has died."""
        try:
            self.answers.send(task)
        except BrokenPipeError:
            self._begin()
            self.answers.send(task)

    def take(self) -> Told | None:
        """Return the answer that is there; None where the process died, which a new one then replaces.

        Raises
        ------
        Exception
            What the solve raised: a mistake of ours.
        """
        try:
            told = self.answers.recv()
        except (EOFError, ConnectionError):
            self.answers.close()
            self._begin()
            return None
        if isinstance(told, Exception):
            raise told
        answer, result = told
        return answer, result

    def end(self) -> None:
        """End the process, by force where it does not end soon."""
        self._asked.set()
        self.answers.close()
        self._process.join(LAST_WORDS_S)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()
        self._process.close()


@contextmanager
def working(count: int) -> Iterator[list[Worker]]:
    """Keep some processes; with fewer than two there are none, and points are solved in this process."""
    context = get_context("spawn")
    asked = context.Event()
    workers = [Worker(context, asked) for _ in range(count)] if count > 1 else []
    try:
        yield workers
    finally:
        for worker in workers:
            worker.end()


def _serve(connection: Connection, asked: Event) -> None:
    """Solve what comes until the other side closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while not asked.is_set():
        try:
            task = connection.recv()
        except EOFError:
            return
        try:
            told: Told | Exception = solve_point(task, asked.is_set).without_case()
        except Exception as error:
            told = error
        try:
            connection.send(told)
        except BrokenPipeError:
            return


@contextmanager
def _deaf() -> Iterator[None]:
    """Start processes deaf to Ctrl-C, which is their parent's, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
