"""The constructor: whole plans at once, with the structural rules kept wherever that is possible."""

import numpy as np
import pytest

from optimizer.construct.construct import construct
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.problem import Problem
from tests.optimizer.tiny import grid_problem, ints
from tests.optimizer.wild import wild_problem


def _construct(problem: Problem) -> Plan:
    return construct(problem, np.zeros(problem.target.shape), np.random.default_rng(0))


CASES = {
    "one rep": grid_problem("Aoo/ooo"),
    "as many reps as units": grid_problem("AB/CD"),
    "all locked": grid_problem("Aoo/ooB", locked=ints(0, 0, 0, 1, 1, 1)),
    "a corridor to a locked unit": grid_problem("Aooo/oooo/oooB", locked=ints(-1, -1, -1, 1, *[-1] * 8)),
    "a group of two corners": grid_problem("Aoo/ooo/ooB", together=(ints(2, 6),)),
    "two neighbours apart": grid_problem("Aoo/ooB", apart=(ints(0, 1),)),
    "homes inside": grid_problem("oAo/oBo", home_units=(ints(0), ints(5))),
    "two islands": grid_problem("Ao.oo/oo.oB"),
    "no load at all": grid_problem("Aoo/ooB", load=np.zeros(6)),
    "everybody free": grid_problem("ooo/ooo", free=2),
}


@pytest.mark.parametrize("name", list(CASES))
def test_structural_rules_are_kept(name: str) -> None:
    """Search keeps structure only if it begins with it."""
    problem = CASES[name]
    assert judge(problem, _construct(problem)).broken == ()


def test_any_problem_gets_a_whole_plan() -> None:
    """Contradictory rules must still end in a nearest plan, never in a traceback."""
    for seed in range(40):
        rng = np.random.default_rng(seed)
        problem = wild_problem(rng, int(rng.integers(1, 20)), int(rng.integers(1, 6)))
        owner = _construct(problem).owner
        assert ((owner >= 0) & (owner < problem.n_reps)).all()
