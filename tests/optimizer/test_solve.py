"""The conductor: what it promises about status, clocks, stops and repeatability."""

import time
from functools import partial
from threading import Thread

import numpy as np
import pytest

from optimizer.judge.judge import judge
from optimizer.options import SolveOptions
from optimizer.problem import Contiguity, Problem, Weights
from optimizer.result import Progress, Status, StopReason
from optimizer.solve import solve
from tests.optimizer.brute import best_value
from tests.optimizer.tiny import changed, drawn_plan, grid_problem, limit
from tests.optimizer.wild import wild_problem

WORK = SolveOptions(time_limit_s=None, effort=0.05, gap=0.0, workers=2)
MAP = "Aoo/ooB"


def lumpy(side: int, reps: str, tolerance: float) -> Problem:
    """Return a square map with uneven loads, homes in its first cells and a band on both measures."""
    rng = np.random.default_rng(5)
    cells = np.array(["o"] * side * side)
    cells[:: side * side // len(reps)][: len(reps)] = list(reps)
    drawing = "/".join("".join(row) for row in cells.reshape(side, side))
    problem = grid_problem(drawing, load=rng.integers(5, 60, (2, side * side)))
    mean = problem.target[:, 0]
    bands = [limit(problem, m, np.ceil(mean[m] * (1 - tolerance)), mean[m] * (1 + tolerance)) for m in (0, 1)]
    return changed(problem, limits=tuple(bands))


def test_small_problem_is_solved_to_proven_optimality() -> None:
    """The whole way through ends with the best plan, a bound that meets it, and says so."""
    problem = changed(grid_problem(MAP), limits=(limit(grid_problem(MAP), 0, 2, 4),))
    result = solve(problem, WORK)
    assert (result.status, result.stop_reason) == (Status.OPTIMAL, StopReason.OPTIMAL)
    assert result.score.value == pytest.approx(best_value(problem))
    assert (result.bound_kind, result.certificate.bound) == ("exact", result.bound)
    assert result.gap is not None
    assert result.gap <= 1e-5
    assert result.score.value == judge(problem, result.plan).value


@pytest.mark.parametrize("seed", range(12))
def test_answer_matches_the_ground_truth_on_wild_problems(seed: int) -> None:
    """Contradictory or not, the answer is the best plan there is, or truly infeasible with a whole plan beside it."""
    problem = wild_problem(np.random.default_rng(seed), 6, 2)
    truth, result = best_value(problem), solve(problem, WORK)
    if truth is None:
        assert result.status == Status.INFEASIBLE
        assert result.gap is None
        assert result.reasons
        assert (result.plan.owner >= 0).all()
    else:
        assert not result.score.broken
        assert result.bound is not None
        assert result.bound <= truth + 1e-9
        whole = (problem.contiguity != Contiguity.PREFERRED).all()
        assert not whole or result.score.value <= truth + 2e-5 * abs(truth) + 1e-6


@pytest.mark.parametrize(("seed", "km"), [(0, 11.0), (4, 16.0), (3, 20.0)])
def test_a_largest_distance_from_the_middle_is_kept_where_a_matrix_tells_travel(seed: int, km: float) -> None:
    """Reps who are in the matrix and have no home: the best plan is found wherever there is one."""
    rng = np.random.default_rng(seed)
    problem = grid_problem("Aooo/oooB", load=rng.integers(1, 9, (2, 8)))
    homeless = np.array([seed % 2 == 0, True])
    nowhere = np.where(homeless, np.nan, problem.distance_km).astype(np.float32)
    costs = rng.integers(1, 50, (8, 2)).astype(np.float32)
    problem = changed(problem, has_home=~homeless, distance_km=nowhere, travel_cost=costs, max_distance_km=km)
    problem = changed(problem, limits=(limit(problem, 0, 0.7 * problem.target[0, 0], 1.3 * problem.target[0, 0]),))
    truth, result = best_value(problem), solve(problem, WORK)
    assert (truth is None) == bool(result.score.broken)
    assert truth is None or result.score.value == pytest.approx(truth)


def test_same_effort_same_answer_with_a_busy_machine() -> None:
    """Effort uses no clock: plan, bound and status are the same when another solve runs beside it."""
    problem = lumpy(8, "ABCD", 0.1)
    options = SolveOptions(time_limit_s=None, effort=0.02, gap=0.0, workers=2, seed=3)
    first = solve(problem, options)
    noise = Thread(target=solve, args=(problem, SolveOptions(time_limit_s=3.0, gap=0.0)))
    noise.start()
    second = solve(problem, options)
    noise.join()
    assert first.plan.owner.tobytes() == second.plan.owner.tobytes()
    assert (first.bound, first.status, first.stop_reason) == (second.bound, second.status, second.stop_reason)
    assert first.reproducible


def test_stop_is_obeyed_within_half_a_second() -> None:
    """A stop in any phase returns the best plan so far at once."""
    problem = lumpy(10, "ABCDEFGH", 0.05)
    for asked_after_s in (0.3, 2.0):
        end = time.monotonic() + asked_after_s
        result = solve(problem, SolveOptions(time_limit_s=60.0, gap=0.0), stop=partial(is_past, end))
        assert time.monotonic() - end < 0.5 + 0.3
        assert result.stop_reason in (StopReason.USER_STOP, StopReason.OPTIMAL)
        assert (result.plan.owner >= 0).all()


def is_past(end: float) -> bool:
    """Return whether the clock has passed a moment."""
    return time.monotonic() > end


def test_time_limit_is_kept_and_progress_flows() -> None:
    """The clock ends the solve, events come in order at least once a second, and values only improve."""
    events: list[Progress] = []
    started = time.monotonic()
    result = solve(lumpy(10, "ABCDEFGH", 0.05), SolveOptions(time_limit_s=4.0, gap=0.0), events.append)
    assert time.monotonic() - started < 4.0 * 1.05 + 0.5
    seconds = np.array([0.0] + [event.seconds for event in events])
    assert (np.diff(seconds) >= 0).all()
    assert np.diff(seconds).max() < 1.5
    assert result.stop_reason in (StopReason.TIME_LIMIT, StopReason.OPTIMAL)
    kept = [event.value for event in events if event.violation == 0.0 and event.value is not None]
    assert kept == sorted(kept, reverse=True)


def test_gap_asked_for_ends_the_solve() -> None:
    """A gap that is easy to prove stops the solve at once, with that reason and a gap no larger."""
    result = solve(lumpy(6, "AB", 0.3), SolveOptions(time_limit_s=60.0, gap=0.2))
    assert result.gap is not None
    assert result.gap <= 0.2
    assert result.stop_reason in (StopReason.GAP, StopReason.OPTIMAL)


def test_preferred_contiguity_gives_way_only_where_it_must() -> None:
    """A contiguous plan wins over a shorter one in pieces; where there is none, the fewest pieces do."""
    preferred = np.full(7, Contiguity.PREFERRED, dtype=np.int8)
    load = np.array([[1, 4, 1, 1, 1, 4, 1], [1, 1, 1, 4, 1, 1, 1]])
    problem = grid_problem("AoooooB", load=load, contiguity=preferred)
    held = solve(changed(problem, limits=(limit(problem, 0, 6, 7),)), WORK)
    assert held.score.pieces.tolist() == [1, 1]
    islands = grid_problem("Ao.oB.oo", contiguity=preferred[:6])
    apart = solve(islands, WORK)
    assert apart.status in (Status.OPTIMAL, Status.FEASIBLE)
    assert sorted(apart.score.pieces.tolist()) == [1, 2]


def test_a_plan_to_start_from_is_used_and_not_lost() -> None:
    """The answer is at least as good as the plan given, even in no time at all."""
    problem = grid_problem(MAP, weights=Weights(travel=1.0))
    given = drawn_plan("AAB/ABB")
    result = solve(problem, SolveOptions(time_limit_s=0.01, start=given))
    assert result.score.value <= judge(problem, given).value


def test_a_stop_at_the_first_moment_gives_the_first_plan() -> None:
    """Who stops before anything was proven gets a whole plan, without waiting for proofs, bounds or searches."""
    result = solve(lumpy(40, "ABCDEFGH", 0.5), SolveOptions(time_limit_s=600.0), stop=lambda: True)
    assert result.stop_reason == StopReason.USER_STOP
    assert {item.rule for item in result.score.broken} <= {"band"}
    assert {event.phase for event in result.trace} <= {"start", "construct", "check"}
