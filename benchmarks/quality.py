"""Quality of whole solves over seeds: violation, proven gap, seconds, memory.

    python -m benchmarks.quality DATA --size M --family planted --seeds 0,1,2,3,4

DATA is a directory with the Parquet files that `benchmarks.geography` names. Every solve runs in a process of its own,
with the kernels compiled; plans are scored by `benchmarks.evaluator`. The gap asked for is 0, so that all time is used,
unless `--gap` says otherwise.
"""

import argparse
import resource
import time
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.evaluator import evaluate
from benchmarks.instances import FAMILIES, SIZES, fixed_reps
from optimizer.options import SolveOptions
from optimizer.problem import Problem
from optimizer.result import SolveResult
from optimizer.solve import solve
from optimizer.warm_up import warm_up

TIME_LIMIT_S = {"S": 60.0, "M": 60.0, "L": 60.0, "XL": 300.0, "XL2": 600.0}
COLUMNS = (
    *("size", "family", "seed", "km", "bound", "kind", "gap %", "violation", "outside", "broken"),
    *("first plan s", "legal s", "1 % s", "best s", "s", "CPU s", "MB"),
)


def main() -> None:
    """Print one row a seed."""
    given = _arguments()
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS), flush=True)
    context = get_context("spawn")
    for seed in given.seeds:
        child = context.Process(target=_row, args=(given, seed))
        child.start()
        child.join()


def _row(given: argparse.Namespace, seed: int) -> None:
    tolerances = (given.workload, given.potential)
    problem = fixed_reps(given.data, given.size, given.family, seed, tolerances)
    warm_up()
    timed = given.effort is None
    limit_s = (given.time_limit_s or TIME_LIMIT_S[given.size]) if timed else None
    begun = time.monotonic()
    options = SolveOptions(limit_s, given.effort, given.gap, seed, given.workers)
    result = solve(problem, options)
    seconds = time.monotonic() - begun
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cells = [given.size, given.family, str(seed), *_quality(problem, result, tolerances), *_moments(result)]
    cells += [f"{seconds:.1f}", f"{usage.ru_utime + usage.ru_stime:.0f}", str(usage.ru_maxrss // 1024)]
    print("| " + " | ".join(cells) + " |", flush=True)


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
    legal = [f"{verdict.violation:.4f}", str(verdict.outside), str(verdict.broken)]
    return [f"{verdict.km:.3f}", shown, result.bound_kind, gap, *legal]


def _moments(result: SolveResult) -> list[str]:
    """Return the seconds of the first plan, of the first legal one, of 1 % proven, and of the best plan."""
    trace = [event for event in result.trace if event.value is not None]
    legal = [event for event in trace if event.violation == 0.0]
    proven = [e for e in legal if e.bound is not None and e.value is not None and e.value - e.bound <= 0.01 * e.value]
    last = min((event.value for event in legal if event.value is not None), default=None)
    best = [event for event in legal if event.value == last]
    return [f"{events[0].seconds:.1f}" if events else "-" for events in (trace, legal, proven, best)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--size", choices=list(SIZES), default="M")
    parser.add_argument("--family", choices=FAMILIES, default="planted")
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0, 1, 2, 3, 4])
    parser.add_argument("--time-limit-s", type=float, help="instead of the size's own")
    parser.add_argument("--effort", type=float, help="work instead of a clock")
    parser.add_argument("--gap", type=float, default=0.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--workload", type=float, default=0.10)
    parser.add_argument("--potential", type=float, default=0.15)
    return parser.parse_args()


if __name__ == "__main__":
    main()
