"""Time and memory from 100 units to 33,300, and the gap over time as a picture.

    python -m benchmarks.scaling DATA [--sizes 100x8,3000x150] [--time-limit-s 60] [--plot FILE.svg]

Every row is a solve in a process of its own: the ZIP points nearest to the middle of the map, a rep for so many of
them, homes drawn by population, amounts scaled so that a hidden contiguous plan keeps the bands of +-10 and +-15 %. The
solve uses its whole time; "legal" is the first plan that keeps every limit.
"""

import argparse
import os
import resource
from dataclasses import replace
from multiprocessing import Queue, get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.curves import Curve, draw_gaps
from benchmarks.geography import Geography, joined, zip_points
from benchmarks.instances import planted
from optimizer.options import SolveOptions
from optimizer.problem import Problem
from optimizer.result import Progress
from optimizer.solve import solve
from optimizer.warm_up import warm_up

SIZES = ((100, 8), (300, 20), (1_000, 50), (3_000, 150), (10_000, 300), (33_300, 500), (33_300, 1_000))
"""Units and reps."""
TOLERANCES = (0.10, 0.15)
COLUMNS = (
    *("units", "reps", "first plan s", "legal s", "first bound s", "gap %", "violation"),
    *("silence s", "s", "CPU s", "MB before", "MB", "load"),
)


def main() -> None:
    """Print one row a size, and draw the curves."""
    given = _arguments()
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS), flush=True)
    context = get_context("spawn")
    answers: Queue[tuple[str, Curve]] = context.Queue()
    curves = []
    for units, reps in given.sizes:
        child = context.Process(target=_solve, args=(given, units, reps, answers))
        child.start()
        row, curve = answers.get()
        child.join()
        curves.append(curve)
        print(row, flush=True)
    if given.plot:
        draw_gaps(curves, given.plot)


def nearest_points(data: Path, units: int, reps: int, seed: int) -> Problem:
    """Make the problem of the ZIP points nearest to the middle of the map."""
    everywhere = zip_points(data)
    middle = everywhere.xyz_m.mean(axis=0)
    chosen = np.sort(np.argsort(np.linalg.norm(everywhere.xyz_m - middle, axis=1), kind="stable")[:units])
    return planted(_cut(everywhere, chosen), reps, np.random.default_rng(seed), TOLERANCES)


def _cut(places: Geography, chosen: np.ndarray) -> Geography:
    """Keep some places, with the links among them."""
    at = np.full(len(places.id), -1)
    at[chosen] = np.arange(len(chosen))
    links = at[places.links]
    links = joined(links[(links >= 0).all(axis=1)], places.xyz_m[chosen])
    kept = {name: getattr(places, name)[chosen] for name in ("id", "lat", "lon", "xyz_m")}
    return replace(places, links=links, amount=places.amount[:, chosen], **kept)


def _solve(given: argparse.Namespace, units: int, reps: int, answers: "Queue[tuple[str, Curve]]") -> None:
    problem = nearest_points(given.data, units, reps, given.seed)
    warm_up()
    before, events = resource.getrusage(resource.RUSAGE_SELF), list[Progress]()
    options = SolveOptions(given.time_limit_s, None, 0.0, given.seed, given.workers)
    result = solve(problem, options, lambda event: events.append(replace(event, plan=None)))
    after = resource.getrusage(resource.RUSAGE_SELF)
    cells: list[Any] = [f"{problem.n_units:,}", f"{problem.n_reps:,}", *_moments(events)]
    cells += ["-" if result.gap is None else f"{100 * result.gap:.2f}", f"{result.score.violation:.3f}"]
    moments = [0.0, *(event.seconds for event in events)]
    cells += [f"{np.diff(moments).max():.1f}", f"{events[-1].seconds:.1f}"]
    cells += [f"{after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:.0f}"]
    cells += [before.ru_maxrss // 1024, after.ru_maxrss // 1024, f"{os.getloadavg()[0]:.0f}"]
    row = "| " + " | ".join(str(cell) for cell in cells) + " |"
    answers.put((row, Curve(f"{units:,} x {reps:,}", tuple(events))))


def _moments(events: list[Progress]) -> list[str]:
    """Return the seconds of the first plan, of the first one that keeps every limit, and of the first bound."""
    plans = [event for event in events if event.value is not None]
    legal = [event for event in plans if event.violation == 0.0]
    bounds = [event for event in events if event.bound is not None]
    return [f"{found[0].seconds:.1f}" if found else "-" for found in (plans, legal, bounds)]


def _sizes(text: str) -> list[tuple[int, int]]:
    """Read sizes such as 100x8,3000x150."""
    pairs = (part.split("x") for part in text.split(","))
    return [(int(units), int(reps)) for units, reps in pairs]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", type=_sizes, default=SIZES)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--time-limit-s", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--plot", type=Path, help="SVG file to draw the gap over time into")
    return parser.parse_args()


if __name__ == "__main__":
    main()
