"""Designing territories without homes."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from optimizer.free.search import Effort, design_free
from optimizer.free.start import free_start
from optimizer.judge.judge import judge
from optimizer.local_search.run import LocalSearch
from optimizer.local_search.running import present_owner, value
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Progress, Status, StopReason
from optimizer.run import standing
from optimizer.solve import solve
from tests.optimizer.tiny import changed, grid_problem, limit
from tests.optimizer.wild import wild_problem

MOVES = 100_000
MAPS = ("oo/oo/oo/oo", "oooo/o.oo/oo..")


@pytest.mark.parametrize("drawing", MAPS)
def test_tiny_maps_reach_the_optimum(drawing: str) -> None:
    """The best of all plans that keep the bands and contiguity is found, from every seed or all but one."""
    problem = banded(drawing, np.random.default_rng(1))
    best = min(standing(judge(problem, plan)) for plan in labellings(problem))
    assert best[:2] == (0, 0)
    found = [standing(judge(problem, design_free(problem, Effort(MOVES), seed))) for seed in range(3)]
    assert sum(item == pytest.approx(best) for item in found) >= 2


@pytest.mark.parametrize("free", ["all", "some"])
def test_every_rule_is_kept_where_that_is_possible(free: str) -> None:
    """Locks, bans, groups, homes, budgets, parts and reach are kept on random problems, with fixed reps among them."""
    reachable, kept = 0, 0
    for seed in range(20):
        problem = wild_problem(np.random.default_rng(seed), 7, 2, free)
        if problem.free.any() and any(not judge(problem, plan).broken for plan in labellings(problem)):
            reachable += 1
            kept += solve(problem, SolveOptions(time_limit_s=None, effort=0.01)).status == Status.FEASIBLE
    assert reachable >= 3 and kept == reachable


def test_travel_of_the_search_is_the_judges() -> None:
    """The running value after many moves is what the judge says of the plan, with and without homes."""
    for free in ("all", "some"):
        problem = wild_problem(np.random.default_rng(5), 30, 4, free)
        search = LocalSearch(problem, free_start(problem, np.random.default_rng(0)), no_price(problem), MOVES, 0)
        for temperature in (1.0, 0.1):
            search.step(2_000, temperature)
            plan = Plan(present_owner(search.state).astype(np.int32))
            assert value(search.state) == pytest.approx(judge(problem, plan).value, rel=1e-5)


@pytest.mark.parametrize("workers", [1, 2])
def test_same_seed_same_bytes(workers: int) -> None:
    """A design without a clock depends on the seed and the number of workers only."""
    problem = banded("oooooo/oooooo/oooooo/oooooo", np.random.default_rng(2))
    plans = [design_free(problem, Effort(MOVES, workers), seed).owner.tobytes() for seed in (3, 3)]
    assert plans[0] == plans[1]


@pytest.mark.parametrize("measures", [(0,), (0, 1)])
def test_many_fine_territories_keep_their_bands(measures: tuple[int, ...]) -> None:
    """Cheap and dear misses alike end inside every band and in one piece, the same with the same two workers."""
    problem = grid_problem("/".join(["o" * 40] * 32), free=40)
    load = np.random.default_rng(4).integers(3, 9, (2, problem.n_units))
    target = np.repeat(load.sum(axis=1, dtype=float)[:, None] / 40, 40, axis=1)
    bands = [limit(problem, row, int(target[row, 0] * 0.93), int(target[row, 0] * 1.07)) for row in measures]
    problem = changed(changed(problem, load=load, target=target), limits=tuple(bands))
    plans = [design_free(problem, Effort(400_000, 2), seed) for seed in (3, 3)]
    assert not judge(problem, plans[0]).broken
    assert plans[0].owner.tobytes() == plans[1].owner.tobytes()


def test_a_second_worker_never_makes_a_small_design_worse() -> None:
    """Searches made at once are compared, so that more of them can only help; progress tells each of their plans."""
    problem = banded("oooooo/oooooo/oooooo/oooooo", np.random.default_rng(2))
    told: list[Plan] = []
    one = design_free(problem, Effort(MOVES), 3)
    two = design_free(problem, Effort(MOVES, 2), 3, on_progress=told.append)
    assert standing(judge(problem, two)) <= standing(judge(problem, one))
    assert any(plan.owner.tobytes() == two.owner.tobytes() for plan in told)


def test_islands_smaller_than_a_territory_leave_the_nearest_plan() -> None:
    """An island that is too light for a territory gets one all the same: structure first, then the bands."""
    problem = banded("o.oooo/..oooo/..oooo", np.random.default_rng(3))
    score = judge(problem, design_free(problem, Effort(MOVES), 0))
    assert {rule.rule for rule in score.broken} == {"band"} and (score.pieces == 1).all()


def test_solving_shows_no_bound_and_ends_in_time() -> None:
    """Free centres give a feasible plan without gap; progress tells value and violation; a stop is honoured."""
    problem = banded("oooo/oooo/oooo", np.random.default_rng(1))
    events: list[Progress] = []
    result = solve(problem, SolveOptions(time_limit_s=1.0), events.append)
    assert result.status == Status.FEASIBLE and result.stop_reason == StopReason.TIME_LIMIT
    assert (result.bound, result.bound_kind, result.gap) == (None, "none", None)
    assert all(event.value is not None and event.violation is not None for event in events[1:])
    assert result.trace[-1].seconds < 1.5
    stopped = solve(problem, SolveOptions(), stop=lambda: True)
    assert stopped.stop_reason == StopReason.USER_STOP and (stopped.plan.owner >= 0).all()


def banded(drawing: str, rng: np.random.Generator) -> Problem:
    """Draw a problem of three free reps with uneven loads, and a band of a third on both measures."""
    problem = grid_problem(drawing, free=3)
    load = rng.integers(3, 9, (2, problem.n_units))
    target = np.repeat(load.sum(axis=1, dtype=float)[:, None] / 3, 3, axis=1)
    problem = changed(problem, load=load, target=target)
    bands = [limit(problem, row, int(target[row, 0] * 0.67), int(target[row, 0] * 1.33)) for row in (0, 1)]
    return changed(problem, limits=tuple(bands))


def labellings(problem: Problem) -> Iterator[Plan]:
    """Yield every plan; of free reps that are alike only those whose first units are in order."""
    alike = bool(problem.free.all()) and np.ptp(problem.target, axis=1).max() == 0 and (problem.locked < 0).all()
    alike = alike and (problem.current < 0).all()
    for owner in product(range(problem.n_reps), repeat=problem.n_units):
        if not alike or in_order(owner, problem.n_reps):
            yield Plan(np.array(owner, dtype=np.int32))


def in_order(owner: tuple[int, ...], n_reps: int) -> bool:
    """Return whether reps appear first in the order of their numbers, all of them."""
    return list(dict.fromkeys(owner)) == list(range(n_reps))


def no_price(problem: Problem) -> np.ndarray:
    """Return prices of nothing."""
    return np.zeros(problem.target.shape)
