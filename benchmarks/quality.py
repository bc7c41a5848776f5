"""Quality of the local search over seeds: violation, gap to a valid bound, seconds, memory.

    python -m benchmarks.quality DATA --size L --family planted --seeds 0,1,2,3,4 --moves 4e7

DATA is a directory with the Parquet files that `benchmarks.geography` names. Gaps are to the Lagrangian bound, which
ignores contiguity and whole units. Seconds are processor time, on one core, with the kernels compiled.
"""

import argparse
import resource
import time
from pathlib import Path

import numpy as np

from benchmarks.evaluator import evaluate
from benchmarks.instances import FAMILIES, SIZES, fixed_reps
from optimizer.bound.duals import find_prices
from optimizer.construct.construct import construct
from optimizer.local_search.improve import improve
from optimizer.warm_up import warm_up

HEADER = "size family  seed   km     bound  gap %  violation outside broken seconds  MB"


def main() -> None:
    """Print one row a seed."""
    given = _arguments()
    tolerances = (given.workload, given.potential)
    warm_up()
    print(HEADER)
    for seed in given.seeds:
        _row(given.data, given.size, given.family, seed, tolerances, int(given.moves))


def _row(data: Path, size: str, family: str, seed: int, tolerances: tuple[float, float], moves: int) -> None:
    problem = fixed_reps(data, size, family, seed, tolerances)
    start = time.process_time()
    prices = find_prices(problem)
    plan = construct(problem, prices.load_price, np.random.default_rng(seed))
    plan = improve(problem, plan, prices.load_price, moves=moves, seed=seed)
    seconds = time.process_time() - start
    verdict = evaluate(
        plan.owner,
        problem.xyz_m,
        problem.load.astype(np.float64),
        np.stack(problem.graph.links(), axis=1).astype(np.int64),
        n_reps=problem.n_reps,
        tolerances=tolerances,
        homes_xyz_m=problem.xyz_m[problem.distance_km.argmin(axis=0)],
    )
    gap = 100.0 * (verdict.km - prices.bound) / verdict.km
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{size:4} {family:8} {seed:3} {verdict.km:7.3f} {prices.bound:7.3f} {gap:6.2f} {verdict.violation:9.4f}"
        f" {verdict.outside:7} {verdict.broken:6} {seconds:7.1f} {megabytes:5}",
        flush=True,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--size", choices=list(SIZES), default="M")
    parser.add_argument("--family", choices=FAMILIES, default="planted")
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0, 1, 2, 3, 4])
    parser.add_argument("--moves", type=float, default=4e6)
    parser.add_argument("--workload", type=float, default=0.10)
    parser.add_argument("--potential", type=float, default=0.15)
    return parser.parse_args()


if __name__ == "__main__":
    main()
