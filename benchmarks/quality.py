"""Quality of whole solves over seeds: violation, proven gap, seconds, memory.

    python -m benchmarks.quality DATA --size S,M,L,XL,XL2 --family planted,real --seeds 0,1,2,3,4 --effort 1

DATA is a directory with the Parquet files that `benchmarks.geography` names. Every solve runs in a process of its own,
with the kernels compiled; plans are scored by `benchmarks.evaluator`. With `--effort` the machine's load decides
nothing but the seconds.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from itertools import product
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.evaluator import evaluate
from benchmarks.instances import FAMILIES, SIZES, fixed_reps
from optimizer.explain.wording import CONFLICT
from optimizer.options import SolveOptions
from optimizer.problem import Problem
from optimizer.result import SolveResult
from optimizer.solve import solve
from optimizer.warm_up import warm_up

TIME_LIMIT_S = {"S": 60.0, "M": 60.0, "L": 60.0, "XL": 300.0, "XL2": 600.0}
GAP = {"S": 0.002, "M": 0.01, "L": 0.0, "XL": 0.0, "XL2": 0.0}
"""Gap asked for: what S and M should prove; elsewhere 0, so that all time is used."""
EFFORT_S = 60.0
"""Seconds of a quiet machine that effort 1 is worth."""
COLUMNS = (
    *("size", "family", "seed", "km", "bound", "kind", "gap %", "violation", "proven least", "outside", "broken"),
    *("first plan s", "legal s", "1 % s", "best s", "s", "CPU s", "MB", "load"),
)


def main() -> None:
    """Print one row for each size, family and seed."""
    given = _arguments()
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS), flush=True)
    context = get_context("spawn")
    for case in product(given.size, given.family, given.seeds):
        child = context.Process(target=_row, args=(given, *case))
        child.start()
        child.join()


def _row(given: argparse.Namespace, size: str, family: str, seed: int) -> None:
    tolerances = (given.workload, given.potential)
    problem = fixed_reps(given.data, size, family, seed, tolerances)
    warm_up()
    begun = time.monotonic()
    result = solve(problem, _options(given, size, seed))
    seconds = time.monotonic() - begun
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cells = [size, family, str(seed), *_quality(problem, result, tolerances), *_moments(result)]
    cells += [f"{seconds:.1f}", f"{usage.ru_utime + usage.ru_stime:.0f}", str(usage.ru_maxrss // 1024)]
    cells.append(f"{os.getloadavg()[1]:.0f}")
    print("| " + " | ".join(cells) + " |", flush=True)


def _options(given: argparse.Namespace, size: str, seed: int) -> SolveOptions:
    limit_s: float = given.time_limit_s or TIME_LIMIT_S[size]
    gap: float = GAP[size] if given.gap is None else given.gap
    if given.effort is None:
        return SolveOptions(limit_s, None, gap, seed, given.workers)
    return SolveOptions(None, given.effort * limit_s / EFFORT_S, gap, seed, given.workers)


def _quality(problem: Problem, result: SolveResult, tolerances: tuple[float, float]) -> list[str]:
    assert result.plan is not None
    verdict = evaluate(
        result.plan.owner,
        problem.xyz_m,
        problem.load.astype(np.float64),
        np.stack(problem.graph.links(), axis=1).astype(np.int64),
        n_reps=problem.n_reps,
        tolerances=tolerances,
        homes_xyz_m=problem.xyz_m[problem.distance_km.argmin(axis=0)],
    )
    bound = result.certificate.bound if result.bound is None else result.bound
    gap = "-" if bound is None else f"{100.0 * (verdict.km - bound) / verdict.km:.2f}"
    shown = "-" if bound is None else f"{bound:.3f}"
    in_all = (CONFLICT, "band", ())
    least = max((one.limit for one in result.reasons if (one.kind, one.rule, one.reps) == in_all), default=0.0)
    legal = [f"{verdict.violation:.4f}", f"{least:.4f}", str(verdict.outside), str(verdict.broken)]
    return [f"{verdict.km:.3f}", shown, result.bound_kind, gap, *legal]


def _moments(result: SolveResult) -> list[str]:
    """Return the seconds of the first plan, of the first legal one, of 1 % proven, and of the best plan."""
    trace = [event for event in result.trace if event.value is not None]
    legal = [event for event in trace if event.violation == 0.0]
    proven = [e for e in legal if e.bound is not None and e.value is not None and e.value - e.bound <= 0.01 * e.value]
    last = min((event.value for event in legal if event.value is not None), default=None)
    best = [event for event in legal if event.value == last]
    return [f"{events[0].seconds:.1f}" if events else "-" for events in (trace, legal, proven, best)]


def _some_of(known: tuple[str, ...]) -> Callable[[str], list[str]]:
    def chosen(text: str) -> list[str]:
        names = text.split(",")
        if unknown := sorted(set(names).difference(known)):
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)} is none of {', '.join(known)}")
        return names

    return chosen


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--size", type=_some_of(tuple(SIZES)), default=["M"], help="one or more, with commas")
    parser.add_argument("--family", type=_some_of(FAMILIES), default=["planted"], help="one or more, with commas")
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0, 1, 2, 3, 4])
    parser.add_argument("--time-limit-s", type=float, help="instead of the size's own")
    parser.add_argument("--effort", type=float, help="work instead of a clock; 1 is worth the time limit")
    parser.add_argument("--gap", type=float, help="instead of the size's own")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--workload", type=float, default=0.10)
    parser.add_argument("--potential", type=float, default=0.15)
    return parser.parse_args()


if __name__ == "__main__":
    main()
