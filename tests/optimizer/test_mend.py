"""Mending after an edit: back inside the limits, and everything else left alone."""

import numpy as np

from optimizer.judge.judge import judge
from optimizer.local_search.mend import mend
from optimizer.plan import Plan
from tests.optimizer.tiny import changed, grid_problem, limit


def test_a_plan_that_keeps_every_rule_is_left_as_it_is() -> None:
    """Who starts from a good plan must not find it reshuffled."""
    problem = grid_problem("AoooB/ooooo")
    plan = Plan(np.array([0, 0, 0, 1, 1, 0, 0, 1, 1, 1], dtype=np.int32))
    assert (mend(problem, plan, seed=0).owner == plan.owner).all()


def test_an_edit_moves_what_it_needs_and_no_more() -> None:
    """A locked unit changes hands in one corner; the territories of the other corner stay."""
    problem = grid_problem("AoooooB/ooooooo/CoooooD/ooooooo")
    columns, rows = np.arange(28) % 7, np.arange(28) // 7
    plan = Plan(((columns >= 4) + 2 * (rows >= 2)).astype(np.int32))
    low = limit(problem, 0, 5, 9)
    locked = problem.locked.copy()
    locked[3] = 1
    edited = changed(problem, locked=locked, limits=(low,))
    assert judge(edited, plan).broken
    mended = mend(edited, plan, seed=0)
    assert judge(edited, mended).broken == ()
    assert (mended.owner != plan.owner).sum() <= 3
