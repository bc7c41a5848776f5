"""Properties that must hold for every problem: two witnesses, names without meaning, looser is never worse."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.graph import Graph, IntArray
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.problem import Problem
from tests.optimizer.brute import assert_exact, best_value, searched
from tests.optimizer.wild import wild_problem

SEEDS = st.integers(0, 2**32 - 1)
QUICK = settings(max_examples=15, deadline=None, derandomize=True)


def drawn(seed: int, n_units: int = 5) -> tuple[Problem, np.random.Generator]:
    """Draw a wild problem of a few units and two or three reps."""
    rng = np.random.default_rng(seed)
    return wild_problem(rng, n_units, int(rng.integers(2, 4))), rng


@given(SEEDS)
@QUICK
def test_model_and_judge_agree(seed: int) -> None:
    """The model finds the judge's best plan or proves that there is none, with a bound that is one."""
    problem, _ = drawn(seed)
    assert_exact(problem)


@given(SEEDS)
@QUICK
def test_names_mean_nothing(seed: int) -> None:
    """Numbering units and reps anew changes neither the value nor what is broken."""
    problem, rng = drawn(seed, 12)
    units, reps = rng.permutation(12), rng.permutation(problem.n_reps)
    owner = rng.integers(0, problem.n_reps, 12).astype(np.int32)
    score = judge(problem, Plan(owner))
    renamed = judge(relabelled(problem, units, reps), Plan(np.argsort(reps).astype(np.int32)[owner][units]))
    assert np.isclose(renamed.value, score.value)
    assert sorted((b.rule, b.measure, b.limit) for b in renamed.broken) == sorted(
        (b.rule, b.measure, b.limit) for b in score.broken
    )


@given(SEEDS)
@QUICK
def test_loosening_never_hurts(seed: int) -> None:
    """Without its load limits and budgets a problem has a plan as good as before, and the search finds it."""
    problem, _ = drawn(seed)
    before = best_value(problem)
    run, search = searched(replace(problem, limits=(), budgets=()))
    if before is not None:
        assert not search.impossible
        assert run.score is not None
        assert run.score.value <= before + 2e-5 * abs(before) + 1e-6


def relabelled(problem: Problem, units: npt.NDArray[np.int64], reps: npt.NDArray[np.int64]) -> Problem:
    """Return the problem with unit `units[i]` as number i, and rep `reps[j]` as number j."""
    unit_at, rep_at = np.argsort(units).astype(np.int32), np.argsort(reps).astype(np.int32)
    a, b = problem.graph.links()

    def renamed(marks: IntArray) -> IntArray:
        return np.asarray(np.where(marks >= 0, rep_at[marks], marks)[units], dtype=np.int32)

    return replace(
        problem,
        load=problem.load[:, units],
        target=problem.target[:, reps],
        limits=tuple(replace(item, low=item.low[reps], high=item.high[reps]) for item in problem.limits),
        xyz_m=problem.xyz_m[units],
        has_home=problem.has_home[reps],
        distance_km=problem.distance_km[np.ix_(units, reps)],
        travel_cost=problem.travel_cost[np.ix_(units, reps)],
        forgone=None if problem.forgone is None else problem.forgone[np.ix_(units, reps)],
        fit=problem.fit[:, reps],
        fit_class=problem.fit_class[units],
        banned=problem.banned[:, reps],
        forbidden=np.stack([unit_at[problem.forbidden[:, 0]], rep_at[problem.forbidden[:, 1]]], axis=1),
        locked=renamed(problem.locked),
        together=tuple(unit_at[group] for group in problem.together),
        apart=tuple(unit_at[group] for group in problem.apart),
        home_units=tuple(unit_at[problem.home_units[rep]] for rep in reps),
        current=renamed(problem.current),
        budgets=tuple(replace(item, weight=item.weight[units]) for item in problem.budgets),
        graph=Graph.from_links(problem.n_units, unit_at[a], unit_at[b]),
        contiguity=problem.contiguity[units],
        part=problem.part[units],
    )
