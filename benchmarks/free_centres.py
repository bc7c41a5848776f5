"""Free centres on the peers' instances: python -m benchmarks.free_centres DATA --seeds 0,1 [--case C] [--workers N]."""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.instances import free_centers
from optimizer.free.search import Effort, design_free
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.warm_up import warm_up


@dataclass(frozen=True)
class Row:
    """One asked design; work in proposals, so that figures depend on the seed only."""

    size: str
    tolerances: tuple[float | None, float | None]
    work: int


CASES = {
    "TX 10/10": Row("M", (0.10, 0.10), 36_000_000),
    "TX 5/5": Row("M", (0.05, 0.05), 80_000_000),
    "US 19.5/19.5": Row("L", (0.195, 0.195), 60_000_000),
    "US 10/10": Row("L", (0.10, 0.10), 100_000_000),
    "ZCTA 5/-": Row("XL", (0.05, None), 32_000_000),
    "ZCTA 20/20": Row("XL", (0.20, 0.20), 80_000_000),
}


def main() -> None:
    """Print one line for each case and seed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0])
    parser.add_argument("--workers", type=int, default=1, help="the work is shared among them")
    parser.add_argument("--case", choices=list(CASES), action="append")
    given = parser.parse_args()
    warm_up()
    print("case | seed | w1 max % | w2 max % | inside | broken | km | CPU s")
    for name in given.case or CASES:
        row = CASES[name]
        problem = free_centers(given.data, row.size, row.tolerances)
        for seed in given.seeds:
            begun = time.process_time()
            plan = design_free(problem, Effort(row.work // given.workers, given.workers), seed)
            print(f"{name} | {seed} | {figures(problem, plan)} | {time.process_time() - begun:.1f}", flush=True)


def figures(problem: Problem, plan: Plan) -> str:
    """Return the largest deviations, the territories inside every band, those in pieces, and the mean km."""
    score = judge(problem, plan)
    away = np.abs(100.0 * score.load / problem.target - 100.0)
    inside = np.ones(problem.n_reps, dtype=bool)
    for limit in problem.limits:
        load = score.load[limit.measure]
        inside &= (load >= limit.low) & (load <= limit.high)
    pieces = int((score.pieces > 1).sum())
    return f"{away[0].max():.1f} | {away[1].max():.1f} | {inside.sum()} | {pieces} | {score.goals[0].amount:.1f}"


if __name__ == "__main__":
    main()
