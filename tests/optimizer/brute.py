"""Ground truth for tiny problems: every plan there is, judged."""

from itertools import product

import numpy as np

from optimizer.bound.duals import find_prices
from optimizer.exact.nearest import NearestSearch
from optimizer.exact.search import ExactSearch
from optimizer.judge.judge import judge
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.run import Run
from optimizer.score import Score


def all_scores(problem: Problem) -> list[Score]:
    """Judge every assignment of units to reps."""
    owners = product(range(problem.n_reps), repeat=problem.n_units)
    return [judge(problem, Plan(np.array(owner, dtype=np.int32))) for owner in owners]


def best_value(problem: Problem) -> float | None:
    """Return the least value of a plan that keeps every hard rule, None where there is no such plan."""
    return min((score.value for score in all_scores(problem) if not score.broken), default=None)


def searched(problem: Problem) -> tuple[Run, ExactSearch]:
    """Search a problem exactly, from nothing, without a clock."""
    run = Run(problem, SolveOptions(time_limit_s=None, effort=1.0, gap=0.0, workers=1), lambda _: None, lambda: False)
    search = ExactSearch(run, find_prices(problem))
    search.search(60.0)
    return run, search


def assert_exact(problem: Problem) -> float | None:
    """Compare the exact search with the ground truth, bound included; return the value both found."""
    truth = best_value(problem)
    run, search = searched(problem)
    if truth is None:
        assert search.impossible
        assert not run.feasible
        return None
    assert run.score is not None
    assert not run.score.broken
    assert not search.impossible
    tolerance = 2e-5 * abs(truth) + 1e-6
    assert abs(run.score.value - truth) <= tolerance
    assert truth - tolerance <= run.bound <= truth + 1e-9 * abs(truth) + 1e-9
    return truth


def nearest(problem: Problem) -> tuple[Run, NearestSearch]:
    """Search the plan that misses least, from nothing, without a clock."""
    run = Run(problem, SolveOptions(time_limit_s=None, effort=1.0, gap=0.0, workers=1), lambda _: None, lambda: False)
    search = NearestSearch(run, np.zeros(problem.target.shape))
    search.search(20.0)
    return run, search
