"""Re-optimisation after an edit: python -m benchmarks.reoptimise DATA [--size L] [--seeds 2,3].

A plan is made by the local search, the problem is edited, and the plan is mended. Beside it stands a cold solve of
the edited problem: what it is worth, and how much of the potential it moves. Work is counted, never clocked.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.instances import SIZES, fixed_reps
from optimizer.bound.duals import find_prices
from optimizer.construct.construct import construct
from optimizer.judge.judge import judge
from optimizer.local_search.improve import improve
from optimizer.local_search.mend import mend
from optimizer.plan import Plan
from optimizer.problem import EARTH_RADIUS_M, POTENTIAL, WORKLOAD, Budget, FloatArray, LoadLimit, Problem
from optimizer.warm_up import warm_up

COLD_MOVES = 20_000_000
"""Proposals of a cold solve: about five seconds of a quiet core."""
BANDS = (0.10, 0.15)
TIGHTER_BANDS = (0.09, 0.14)
LOCKS = 5
DOUBLED_UNITS = 20
"""Units around a place whose demand doubles."""
LARGEST_UNIT = 0.9
"""Largest load that a unit may grow to, as a share of a territory."""
BUDGET_SHARE = 0.05
LONGEST_TENURE = 10


def main() -> None:
    """Print two rows an edit: the mended plan and the cold one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--size", choices=list(SIZES), default="L")
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[2])
    given = parser.parse_args()
    warm_up()
    print("| edit | seed | method | violation | broken rules | gap % | potential moved % | CPU s |\n|" + "---|" * 8)
    for seed in given.seeds:
        problem = fixed_reps(given.data, given.size, "planted", seed, BANDS)
        plan = _cold(problem, seed)
        for name, edited, start in _edits(problem, plan, np.random.default_rng(seed)):
            _compare(name, edited, start, seed)


def _cold(problem: Problem, seed: int) -> Plan:
    price = find_prices(problem).load_price
    plan = construct(problem, price, np.random.default_rng(seed))
    return improve(problem, plan, price, moves=COLD_MOVES, seed=seed)


def _compare(name: str, problem: Problem, start: Plan, seed: int) -> None:
    begun = time.process_time()
    mended = mend(problem, start, seed=seed)
    seconds = time.process_time() - begun
    bound = find_prices(problem).bound
    print(_row(name, seed, "mended", problem, start, mended, bound, seconds), flush=True)
    begun = time.process_time()
    cold = _cold(problem, seed)
    print(_row(name, seed, "cold", problem, start, cold, bound, time.process_time() - begun), flush=True)


def _row(
    name: str, seed: int, method: str, problem: Problem, start: Plan, plan: Plan, bound: float, seconds: float
) -> str:
    score = judge(problem, plan)
    moved = (plan.owner != start.owner) & (start.owner >= 0)
    share = 100.0 * problem.load[POTENTIAL][moved].sum() / problem.load[POTENTIAL].sum()
    gap = 100.0 * (score.value - bound) / score.value
    cells = (name, seed, method, f"{score.violation:.4f}", len(score.broken), f"{gap:.2f}", f"{share:.2f}")
    return "| " + " | ".join(str(cell) for cell in cells) + f" | {seconds:.1f} |"


def _edits(problem: Problem, plan: Plan, rng: np.random.Generator) -> Iterator[tuple[str, Problem, Plan]]:
    """Yield each edit's name, the edited problem, and the plan as far as it still makes sense."""
    yield _one_rep_left(problem, plan, int(rng.integers(problem.n_reps)))
    yield f"{LOCKS} locks", _with_locks(problem, plan, rng), plan
    yield "tighter bands", _with_bands(problem, problem.target, TIGHTER_BANDS), plan
    yield _one_rep_more(problem, plan, rng)
    doubled = _doubled(problem, rng)
    yield f"demand of {DOUBLED_UNITS} neighbouring units doubled", doubled, plan
    potential, units = doubled.load[POTENTIAL], np.ones(problem.n_units, dtype=np.int64)
    tenure = potential * rng.integers(0, LONGEST_TENURE + 1, problem.n_units)
    for name, weight in (("units", units), ("potential", potential), ("tenure", tenure)):
        budget = Budget(name, weight, int(BUDGET_SHARE * weight.sum()))
        edited = replace(doubled, current=plan.owner, budgets=(budget,))
        yield f"the same, at most {100 * BUDGET_SHARE:.0f} % of {name} moved", edited, plan


def _one_rep_left(problem: Problem, plan: Plan, gone: int) -> tuple[str, Problem, Plan]:
    kept = np.delete(np.arange(problem.n_reps), gone)
    place = np.full(problem.n_reps, -1, dtype=np.int32)
    place[kept] = np.arange(len(kept))
    distance_km = np.ascontiguousarray(problem.distance_km[:, kept])
    smaller = replace(
        problem,
        target=problem.target[:, kept],
        limits=(),
        has_home=problem.has_home[kept],
        distance_km=distance_km,
        travel_cost=distance_km,
        fit=problem.fit[:, kept],
        banned=problem.banned[:, kept],
        home_units=tuple(problem.home_units[rep] for rep in kept),
    )
    return "a rep leaves", _with_bands(smaller, _equal_targets(smaller), BANDS), Plan(place[plan.owner])


def _one_rep_more(problem: Problem, plan: Plan, rng: np.random.Generator) -> tuple[str, Problem, Plan]:
    """Let a rep join whose home is drawn by workload, without any units yet."""
    home = int(rng.choice(problem.n_units, p=problem.load[WORKLOAD] / problem.load[WORKLOAD].sum()))
    half_chord = np.linalg.norm(problem.xyz_m - problem.xyz_m[home], axis=1) / (2 * EARTH_RADIUS_M)
    column = (2 * EARTH_RADIUS_M / 1000 * np.arcsin(np.minimum(half_chord, 1.0))).astype(np.float32)
    distance_km = np.ascontiguousarray(np.column_stack([problem.distance_km, column]))
    larger = replace(
        problem,
        target=np.column_stack([problem.target, problem.target[:, :1]]),
        limits=(),
        has_home=np.append(problem.has_home, True),
        distance_km=distance_km,
        travel_cost=distance_km,
        fit=np.column_stack([problem.fit, problem.fit[:, :1]]),
        banned=np.column_stack([problem.banned, problem.banned[:, :1]]),
        home_units=(*problem.home_units, problem.home_units[0]),
    )
    return "a rep joins", _with_bands(larger, _equal_targets(larger), BANDS), plan


def _with_locks(problem: Problem, plan: Plan, rng: np.random.Generator) -> Problem:
    """Lock units at borders to the rep beyond."""
    a, b = problem.graph.links()
    border = np.flatnonzero(plan.owner[a] != plan.owner[b])
    locked = problem.locked.copy()
    for link in rng.choice(border, LOCKS, replace=False):
        locked[a[link]] = plan.owner[b[link]]
    return replace(problem, locked=locked)


def _doubled(problem: Problem, rng: np.random.Generator) -> Problem:
    """Double the demand around a place drawn by workload, but let no unit grow beyond what a territory holds."""
    load = problem.load.copy()
    middle = problem.xyz_m[int(rng.choice(problem.n_units, p=load[WORKLOAD] / load[WORKLOAD].sum()))]
    near = np.argsort(np.linalg.norm(problem.xyz_m - middle, axis=1), kind="stable")[:DOUBLED_UNITS]
    most = np.maximum(LARGEST_UNIT * problem.target[:, :1], load[:, near]).astype(np.int64)
    load[:, near] = np.minimum(2 * load[:, near], most)
    doubled = replace(problem, load=load, limits=())
    return _with_bands(doubled, _equal_targets(doubled), BANDS)


def _equal_targets(problem: Problem) -> FloatArray:
    share = problem.load.sum(axis=1, keepdims=True) / problem.n_reps
    return np.repeat(share, problem.n_reps, axis=1)


def _with_bands(problem: Problem, target: FloatArray, tolerances: tuple[float, float]) -> Problem:
    limits = tuple(
        LoadLimit(
            "band",
            measure,
            np.ceil((1 - tolerance) * target[measure]).astype(np.int64),
            np.floor((1 + tolerance) * target[measure]).astype(np.int64),
        )
        for measure, tolerance in enumerate(tolerances)
    )
    return replace(problem, target=target, limits=limits)


if __name__ == "__main__":
    main()
