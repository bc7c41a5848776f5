"""How promptly a solve obeys: seconds from a stop to the answer in every phase, silences, and the time limit.

    python -m benchmarks.stopping DATA --size L --family real

Every row is a solve in a process of its own. The first has no stop: it lists the phases it went through and how far
beyond its time limit it ended. Then each phase is stopped a moment after its first sign.
"""

import argparse
import os
import time
from itertools import pairwise
from multiprocessing import Queue, get_context
from pathlib import Path

from benchmarks.instances import FAMILIES, SIZES, fixed_reps
from benchmarks.quality import TIME_LIMIT_S
from optimizer.options import SolveOptions
from optimizer.result import Progress
from optimizer.solve import solve
from optimizer.warm_up import warm_up

MOMENT_S = 0.3
"""From the first sign of a phase to the stop."""
COLUMNS = (
    "size",
    "family",
    "stopped in",
    "at s",
    "answer after s",
    "in CPU s",
    "longest silence s",
    "in",
    "beyond limit s",
    "load",
)


def main() -> None:
    """Print one row for a solve to its limit, and one for each of its phases."""
    given = _arguments()
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS), flush=True)
    for phase in given.phases or _row(given, ""):
        _row(given, phase)


def _row(given: argparse.Namespace, phase: str) -> list[str]:
    """Solve in a process of its own, print its row and return its phases."""
    context = get_context("spawn")
    answers: Queue[list[str]] = context.Queue()
    child = context.Process(target=_solve, args=(given, phase, answers))
    child.start()
    phases = answers.get()
    child.join()
    return phases


class _Watcher:
    """Remembers when progress came, and asks for a stop a moment after a phase begins."""

    def __init__(self, phase: str) -> None:
        self.begun = time.monotonic()
        self.events: list[tuple[float, str]] = []
        self.stop_at = self.begun if phase == "start" else float("inf")
        self.cpu_s_at_stop = time.process_time()
        self._phase = phase

    def watch(self, event: Progress) -> None:
        now = time.monotonic()
        self.events.append((now, event.phase))
        if event.phase == self._phase and self.stop_at == float("inf"):
            self.stop_at = now + MOMENT_S

    def stop(self) -> bool:
        """Return whether to stop; until then the processor time of a stop begins anew."""
        stopped = time.monotonic() >= self.stop_at
        if not stopped:
            self.cpu_s_at_stop = time.process_time()
        return stopped

    def silence(self, end: float) -> tuple[float, str]:
        """Return the longest time without progress and the phase after which it came."""
        moments = [(self.begun, "start"), *self.events, (end, "end")]
        return max((after[0] - before[0], before[1]) for before, after in pairwise(moments))


def _solve(given: argparse.Namespace, phase: str, answers: "Queue[list[str]]") -> None:
    problem = fixed_reps(given.data, given.size, given.family, given.seed, (given.workload, given.potential))
    warm_up()
    limit_s = given.time_limit_s or TIME_LIMIT_S[given.size]
    watcher = _Watcher(phase)
    solve(problem, SolveOptions(limit_s, None, 0.0, given.seed, given.workers), watcher.watch, watcher.stop)
    end, cpu_s = time.monotonic(), time.process_time() - watcher.cpu_s_at_stop
    stopped = end >= watcher.stop_at
    silence, where = watcher.silence(end)
    cells = [given.size, given.family, phase if stopped else "-"]
    cells += (
        [f"{watcher.stop_at - watcher.begun:.1f}", f"{end - watcher.stop_at:.2f}", f"{cpu_s:.2f}"]
        if stopped
        else ["-"] * 3
    )
    beyond = "-" if stopped else f"{end - watcher.begun - limit_s:.2f}"
    cells += [f"{silence:.2f}", where, beyond, f"{os.getloadavg()[0]:.0f}"]
    print("| " + " | ".join(cells) + " |", flush=True)
    answers.put(list(dict.fromkeys(["start", *(name for _, name in watcher.events)])))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--size", choices=list(SIZES), default="M")
    parser.add_argument("--family", choices=FAMILIES, default="real")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--time-limit-s", type=float, help="instead of the size's own")
    parser.add_argument("--phases", type=lambda text: text.split(","), help="only these, e.g. start,construct")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--workload", type=float, default=0.10)
    parser.add_argument("--potential", type=float, default=0.15)
    return parser.parse_args()


if __name__ == "__main__":
    main()
