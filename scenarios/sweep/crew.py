"""Solving points side by side: each starts once the point it starts from is done."""

from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import wait

from geodata.findings import Finding, Level
from optimizer.result import SolveResult, Stop
from scenarios.sweep.points import Point
from scenarios.sweep.solve_point import PointAnswer, Refused, Task, Told, solve_point
from scenarios.sweep.worker import Worker

LOOK_S = 0.2
"""Seconds between two looks at a stop."""

Answers = Mapping[int, PointAnswer]
MakeTask = Callable[[int, Answers], Task | Refused]
"""From a point's index and the answers so far to its task; only the point it starts from may be looked at."""
OnDone = Callable[[PointAnswer], None]


class Crew:
    """Solves points, with workers side by side, without them one by one in this process.

    The answers depend on the tasks alone, not on who finishes first.

    Attributes
    ----------
    done : dict
        Every finished answer by the index of its point.
    results : dict
        What the solver says of each solved point, by its index.
    """

    def __init__(self, workers: list[Worker], make: MakeTask, stop: Stop, on_done: OnDone) -> None:
        self.done: dict[int, PointAnswer] = {}
        self.results: dict[int, SolveResult] = {}
        self._workers, self._make, self._stop, self._on_done = workers, make, stop, on_done

    def solve(self, points: Sequence[Point]) -> None:
        """Solve the points that are not done yet.

        A stop ends this: points that are being solved or wait are left out.
        """
        waiting = [index for index in range(len(points)) if index not in self.done]
        if self._workers:
            self._side_by_side(points, waiting)
            return
        for index in waiting:
            task = None if self._stop() else self._task(index)
            told = None if task is None else solve_point(task, self._stop).without_case()
            if told is not None and not self._stop():
                self._finish(told)

    def _side_by_side(self, points: Sequence[Point], waiting: list[int]) -> None:
        busy: dict[int, Worker] = {}
        while (waiting or busy) and not self._stop():
            ready = [index for index in waiting if points[index].start is None or points[index].start in self.done]
            for index in ready[: len(self._workers) - len(busy)]:
                waiting.remove(index)
                task = self._task(index)
                if task is not None:
                    busy[index] = next(worker for worker in self._workers if worker not in busy.values())
                    busy[index].give(task)
            wait([worker.answers for worker in busy.values()], LOOK_S)
            for index in [index for index, worker in sorted(busy.items()) if worker.answers.poll()]:
                self._finish(busy.pop(index).take() or (lost(index), None))

    def _task(self, index: int) -> Task | None:
        """Return the task of a point; None where its document makes no sense, which then is its answer."""
        task = self._make(index, self.done)
        if isinstance(task, Task):
            return task
        self._finish((task, None))
        return None

    def _finish(self, told: Told) -> None:
        answer, result = told
        self.done[answer.index] = answer
        if result is not None:
            self.results[answer.index] = result
        self._on_done(answer)


def lost(index: int) -> Refused:
    """Return the answer for a point whose process died."""
    message = "The process that solved this point ended without an answer."
    hint = "Maybe there was too little memory; use --workers 1."
    return Refused(index, (Finding(Level.ERROR, "lost-process", message, hint),))
