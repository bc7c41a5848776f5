"""What is told of a territory that misses a limit where nothing is proven."""

import numpy as np

from optimizer.explain.observed import observe
from optimizer.explain.wording import CONFLICT
from optimizer.judge.judge import judge
from optimizer.problem import Budget, Problem
from optimizer.result import Reason
from tests.optimizer.tiny import changed, drawn_plan, grid_problem, limit


def banded(potential: list[int], *bands: tuple[int, int]) -> Problem:
    """Return a path of eight units of workload 1 for three reps, with bands for one measure or both."""
    problem = grid_problem("AoooBooC", load=np.array([[1] * 8, potential]))
    return changed(problem, limits=tuple(limit(problem, m, low, high) for m, (low, high) in enumerate(bands)))


def told(problem: Problem, drawing: str, *proofs: Reason) -> dict[tuple[int, str], str]:
    """Return what is observed of each territory and measure that misses a limit."""
    plan = drawn_plan(drawing)
    found = {(one.reps[0], one.measure): one for one in observe(problem, plan, judge(problem, plan), proofs)}
    assert not any(one.proven for one in found.values())
    return {key: one.text for key, one in found.items()}


def test_a_region_too_rich_or_too_poor_is_named_with_its_ratio() -> None:
    """The mix of a territory and its neighbours stands in shares of the targets beside the most that limits allow."""
    problem = banded([7, 7, 7, 7, 1, 1, 1, 1], (2, 3), (8, 14))
    rich = "it and its only neighbour have 1.45 times the usual potential for their workload"
    poor = "it and its only neighbour have 1.82 times the usual workload for their potential"
    assert told(problem, "AAABBCCC") == {
        (0, "potential"): f"{rich}, where its limits allow 1.75 times at most",
        (2, "potential"): f"{poor}, where its limits allow 1.50 times at most",
    }


def test_neighbours_help_as_far_as_their_limits_allow() -> None:
    """What all neighbours could give or take stands beside what is missing."""
    texts = told(banded([1] * 8, (2, 3)), "ABBBBBCC")
    assert texts[0, "workload"].startswith("its only neighbour could give it 3 of workload within")
    assert texts[1, "workload"].startswith("its 2 neighbours could take 3 of workload within")
    text = "its only neighbour could give it 0 of workload within its own limits, less than the 2 it lacks"
    assert told(banded([1] * 8, (3, 9)), "ABBBCCCC") == {(0, "workload"): text}


def test_the_same_is_said_once_of_a_territory() -> None:
    """Both measures of a region whose mix is the cause are missed, and one line tells it."""
    problem = banded([7, 7, 7, 7, 1, 1, 1, 1], (4, 5), (8, 14))
    plan = drawn_plan("AAABBCCC")
    missed = [item.reps[0] for item in judge(problem, plan).broken]
    assert missed.count(0) == 2 and [rep for rep, _ in told(problem, "AAABBCCC")].count(0) == 1


def test_a_budget_is_nobodys_load() -> None:
    """A budget of what changes hands may bear a measure's name, but no territory misses it."""
    problem = banded([1] * 8, (1, 9))
    today = drawn_plan("AABBBCCC").owner
    budget = Budget("potential", np.ones(8, dtype=np.int64), 0)
    moved = changed(problem, current=today, budgets=(budget,))
    assert judge(moved, drawn_plan("AAABBCCC")).broken
    assert told(moved, "AAABBCCC") == {}


def test_what_is_proven_is_not_observed_too() -> None:
    """A proof that names a territory or one of its units takes the place of an observation."""
    problem = banded([1] * 8, (3, 9))
    for where in (((), (0,)), ((0,), ())):
        proof = Reason(CONFLICT, "band", *where, "", 1.0, 0.0, True, "")
        assert told(problem, "ABBBCCCC", proof) == {}
