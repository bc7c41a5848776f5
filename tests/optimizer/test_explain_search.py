"""Proofs that take a search: smallest conflicts of rules, and pockets that no territory can hold."""

from itertools import product

import numpy as np
import pytest

from optimizer.costs import balance_reference
from optimizer.explain.core import smallest_conflict
from optimizer.explain.explain import explain
from optimizer.explain.facts import facts_of
from optimizer.explain.impossible import prove_impossible
from optimizer.explain.least_sum import Stuck, least_sum
from optimizer.explain.pocket import ROUNDING, Count, total, worst
from optimizer.explain.pockets import FARTHEST, StuckUnit, find_pockets, is_stuck, least_miss
from optimizer.explain.surroundings import Surroundings
from optimizer.judge.judge import judge
from optimizer.judge.places import piece_of
from optimizer.plan import Plan
from optimizer.problem import Problem
from tests.optimizer.tiny import changed, drawn_plan, grid_problem, ints, limit


def never() -> bool:
    """Never stop."""
    return False


def test_smallest_conflict_names_only_the_rules_that_matter() -> None:
    """A group, a pair kept apart and a lock clash; the largest amounts and contiguity have nothing to do with it."""
    problem = grid_problem("AooooB", load=np.array([3, 3, 1, 1, 1, 1]), locked=ints(-1, -1, -1, -1, -1, 1))
    problem = changed(problem, apart=(ints(0, 1),), limits=(limit(problem, 0, 0, 9, "max"),), together=(ints(1, 5),))
    assert not smallest_conflict(facts_of(problem), never)
    clash = changed(problem, together=(ints(0, 4, 5),))
    reasons = smallest_conflict(facts_of(changed(clash, locked=ints(-1, 1, -1, -1, -1, 1))), never)
    assert {(reason.rule, reason.units) for reason in reasons} == {
        ("apart", (0, 1)),
        ("together", (0, 4, 5)),
        ("lock", (1, 5)),
    }
    assert all("one of 3 rules" in reason.text and reason.proven for reason in reasons)


def test_loads_that_no_sum_meets_are_a_conflict() -> None:
    """Whole units make a band unreachable that cut units would meet: the two ends are named with their amounts."""
    problem = grid_problem("AoB", load=np.array([4, 5, 4]))
    problem = changed(problem, limits=(limit(problem, 0, 6, 7),))
    assert prove_impossible(problem) == ()
    reasons = smallest_conflict(facts_of(problem), never)
    assert {reason.rule for reason in reasons} == {"band"} and {reason.measure for reason in reasons} == {"workload"}
    assert len(reasons) <= 2 and all("cannot" in reason.text for reason in reasons)


def random_pocket(seed: int) -> tuple[Problem, int]:
    """Draw a small map with gaps, two measures and one band for both reps, and choose a unit."""
    rng = np.random.default_rng(seed)
    marks = rng.choice(list("ooooo."), (3, 4))
    marks[0, 0], marks[2, 3] = "A", "B"
    drawing = "/".join("".join(row) for row in marks)
    n = int((marks != ".").sum())
    problem = grid_problem(drawing, load=rng.integers(0, 12, (2, n)))
    mean, width = problem.load.sum(axis=1) / 2, rng.choice([0.05, 0.2])
    limits = (limit(problem, m, np.ceil(mean[m] * (1 - width)), np.floor(mean[m] * (1 + width))) for m in range(2))
    return changed(problem, limits=tuple(limits)), int(rng.integers(n))


def least_miss_of_all(problem: Problem, unit: int, count: Count) -> float:
    """Try every connected set that holds the unit."""
    ends, base = facts_of(problem).ranges, balance_reference(problem)[:, 0]
    least = np.inf
    for bits in product((0, 1), repeat=problem.n_units):
        own = np.array(bits, dtype=np.int32)
        if own[unit] and len(np.unique(piece_of(problem.graph, own, problem.part, own == 1)[own == 1])) == 1:
            load = problem.load @ own
            miss = np.maximum(ends.low[:, 0] - load, load - ends.high[:, 0]) / base
            least = min(least, count(np.maximum(miss, 0.0)))
    return least


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("count", [worst, total])
def test_least_miss_is_that_of_the_best_territory(seed: int, count: Count) -> None:
    """The miss told for a unit is exact: as good as the best of all connected sets around it, or none is told."""
    problem, unit = random_pocket(seed)
    around, least = Surroundings(facts_of(problem)), least_miss_of_all(problem, unit, count)
    if is_stuck(around, unit, never):
        assert least_miss(around, unit, never, count) == pytest.approx(min(least, FARTHEST[-1]))
    else:
        assert least <= ROUNDING


@pytest.mark.parametrize("seed", range(8))
def test_misses_of_several_units_add_up_only_where_they_must(seed: int) -> None:
    """The least sum told is none above that of the best plan of all, though two stuck units may share a territory."""
    rng = np.random.default_rng(seed)
    problem = grid_problem("AoooooB/o.o.o.o", load=rng.integers(2, 9, (2, 11)))
    mean = problem.load.sum(axis=1) / 2
    problem = changed(problem, limits=tuple(limit(problem, m, mean[m] * 0.98, mean[m] * 1.02) for m in range(2)))
    facts = facts_of(problem)
    around = Surroundings(facts)
    units = [unit for unit in range(problem.n_units) if is_stuck(around, unit, never)]
    stuck = [StuckUnit(unit, *(least_miss(around, unit, never, count) for count in (worst, total))) for unit in units]
    told = least_sum(facts, [Stuck((item.unit,), item.total) for item in stuck])
    scores = [judge(problem, Plan(np.array(owner, dtype=np.int32))) for owner in product((0, 1), repeat=11)]
    assert told <= min(s.violation for s in scores if (s.pieces == 1).all()) + 1e-9
    assert not stuck or told >= max(item.total for item in stuck)


def test_misses_at_both_ends_of_the_map_add_up() -> None:
    """Two pockets far from each other cost two misses, not one."""
    problem = grid_problem("AooooooB", load=np.array([2, 7, 2, 2, 2, 2, 7, 2]))
    problem = changed(problem, limits=(limit(problem, 0, 10, 10),))
    stuck = [Stuck((unit,), 1 / 13) for unit in (0, 7)]
    assert least_sum(facts_of(problem), stuck) == pytest.approx(2 / 13)
    assert least_sum(facts_of(problem), [stuck[0], Stuck((1,), 1 / 13)]) == pytest.approx(1 / 13)


def test_a_pocket_at_the_end_of_the_map_is_found() -> None:
    """A unit whose only way out is too rich is named, though the totals and every rep's reach are fine."""
    problem = grid_problem("AoooooB", load=np.array([2, 7, 2, 2, 2, 2, 3]))
    problem = changed(problem, limits=(limit(problem, 0, 10, 10),))
    plan = drawn_plan("AAABBBB")
    assert prove_impossible(problem) == ()
    facts = facts_of(problem)
    reasons = [item.reason(facts) for item in find_pockets(facts, plan, judge(problem, plan), never)]
    assert reasons and reasons[0].units == (0,) and reasons[0].amount == pytest.approx(0.1)
    assert reasons[0].text.endswith(
        "no connected territory that holds it can have workload nearer than 10 % to the target"
    )
    rules = {reason.rule for reason in smallest_conflict(facts_of(problem), never)}
    assert rules == {"band", "contiguity"}


def test_a_good_plan_needs_no_explanation() -> None:
    """Nothing is explained of a plan that keeps every hard rule."""
    problem = grid_problem("AooB")
    plan = drawn_plan("AABB")
    assert explain(problem, plan, judge(problem, plan), (), 0.0) == ()


def test_what_every_plan_misses_is_told_with_what_this_one_does() -> None:
    """The proven least sum of misses stands beside the sum of the nearest plan, and a missing link is suggested."""
    problem = grid_problem("AoooB.o")
    problem = changed(problem, limits=(limit(problem, 0, 2, 4),))
    plan = Plan(np.array([0, 0, 0, 0, 0, 1]))
    score = judge(problem, plan)
    reasons = explain(problem, plan, score, prove_impossible(problem), 1 / 3)
    told = [(one.kind, one.rule, one.proven) for one in reasons if one.proven or one.kind == "relaxation"]
    assert told[:3] == [("conflict", "contiguity", True)] * 1 + [
        ("conflict", "band", True),
        ("relaxation", "contiguity", False),
    ]
    assert (
        "no plan that keeps all other rules misses less than 33.33 % in all" in reasons[1].text
        and score.violation >= 1 / 3
    )
