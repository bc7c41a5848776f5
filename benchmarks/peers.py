"""Peers side by side: every method on the same instances, each in a process of its own, scored by one evaluator.

    python3 -m venv peers && peers/bin/pip install -r benchmarks/requirements-peers.txt
    python -m benchmarks.peers DATA --python peers/bin/python [--cases TX,US,ZCTA] [--time-limit-s 120]

Free centres, both measures. Ours has the time limit as seconds of two cores, a peer as processor seconds; one that is
cut off is scored on its best plan so far. The evaluator shares no code with the solver, and a peer whose library is
missing is told of, not left out.
"""

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.evaluator import evaluate
from benchmarks.instances import free_centers
from benchmarks.peer_methods import METHODS
from optimizer.options import SolveOptions
from optimizer.problem import Problem
from optimizer.solve import solve
from optimizer.warm_up import warm_up

OURS = "territory-optimizer"
PEER_METHODS = Path(__file__).with_name("peer_methods.py")
LONGEST_ERROR = 60
COLUMNS = ("case", "method", "territories", "w1 max %", "w2 max %", "outside", "broken", "km", "CPU s", "ended", "load")


@dataclass(frozen=True)
class Case:
    """Which instance, and the band of both measures."""

    size: str
    tolerance: float


CASES = {"TX": Case("M", 0.10), "US": Case("L", 0.195), "ZCTA": Case("XL", 0.20)}


def main() -> None:
    """Print one row a case and method."""
    given = _arguments()
    if given.design:
        _design(given)
        return
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS), flush=True)
    for name in given.cases:
        case = CASES[name]
        problem = free_centers(given.data, case.size, (case.tolerance, case.tolerance))
        with tempfile.TemporaryDirectory() as folder:
            instance = Path(folder) / "instance.npz"
            links = np.stack(problem.graph.links(), axis=1)
            kept = {"xyz_m": problem.xyz_m, "load": problem.load.astype(float), "links": links}
            np.savez(instance, n_reps=problem.n_reps, tolerance=case.tolerance, **kept)
            for method in given.methods:
                print(_row(given, name, problem, method, instance), flush=True)


def _row(given: argparse.Namespace, name: str, problem: Problem, method: str, instance: Path) -> str:
    out = instance.with_name(f"{method}.npy")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = _run(_command(given, name, method, instance, out))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    figures = _figures(problem, np.load(out), CASES[name].tolerance) if out.exists() else ["-"] * 6
    return "| " + " | ".join([name, method, *figures, f"{seconds:.1f}", ended, f"{os.getloadavg()[0]:.0f}"]) + " |"


def _command(given: argparse.Namespace, name: str, method: str, instance: Path, out: Path) -> list[str]:
    if method != OURS:
        seconds = str(round(given.time_limit_s))
        return [given.python, str(PEER_METHODS), method, str(instance), str(out), str(given.seed), seconds]
    ours = [sys.executable, "-m", "benchmarks.peers", str(given.data), "--cases", name, "--design", str(out)]
    return [*ours, "--time-limit-s", str(given.time_limit_s), "--seed", str(given.seed)]


def _run(command: list[str]) -> str:
    """Run a method and tell how it ended."""
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    if run.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return "cut off"
    return "by itself" if run.returncode == 0 else (run.stderr.strip().splitlines() or ["failed"])[-1][:LONGEST_ERROR]


def _figures(problem: Problem, owner: npt.NDArray[np.int64], tolerance: float) -> list[str]:
    n_reps = int(owner.max()) + 1
    links = np.stack(problem.graph.links(), axis=1).astype(np.int64)
    load = problem.load.astype(np.float64)
    verdict = evaluate(owner, problem.xyz_m, load, links, n_reps=n_reps, tolerances=(tolerance, tolerance))
    worst = [f"{100 * deviation:.1f}" for deviation in verdict.deviation]
    return [str(n_reps), *worst, str(verdict.outside), str(verdict.broken), f"{verdict.km:.1f}"]


def _design(given: argparse.Namespace) -> None:
    """Solve one case ourselves and leave the plan."""
    case = CASES[given.cases[0]]
    problem = free_centers(given.data, case.size, (case.tolerance, case.tolerance))
    warm_up()
    result = solve(problem, SolveOptions(time_limit_s=given.time_limit_s, seed=given.seed))
    np.save(given.design, result.plan.owner.astype(np.int64))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--python", default=sys.executable, help="of the environment with the peers")
    parser.add_argument("--cases", type=lambda text: text.split(","), default=["TX", "US"])
    parser.add_argument("--methods", type=lambda text: text.split(","), default=[OURS, *METHODS])
    parser.add_argument("--time-limit-s", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--design", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
