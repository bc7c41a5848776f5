"""Reasons in the customer's words."""

from pathlib import Path

import numpy as np

from optimizer.explain.relaxations import relaxations
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.result import Attempt, AttemptEnd
from scenarios.report.attempt_words import attempt_figures, attempts_in_words
from scenarios.report.words import reason_figures
from tests.scenarios.tiny_study import UNITS, case_of


def test_a_budget_is_loosened_in_shares_of_today(tmp_path: Path) -> None:
    """B leaves R1, 1 of 3 owned units where 10 % may go: 33.33 % would be too little, so it says 33.34 %."""
    units = UNITS.replace("x,R1,1\n", "x,,1\n")
    case = case_of(tmp_path, {"limits": {"disruption": {"units": 0.1}}}, {"units.csv": units})
    plan = Plan(np.array([0, 1, 1, 1], dtype=np.int32))
    (figure,) = reason_figures(case, relaxations(case.problem, judge(case.problem, plan)))
    assert figure.text.endswith("let 33.34 % of today's units change hands instead of 10 %")
    assert (figure.amount, figure.limit) == (1 / 3, 0.1)


def test_what_was_not_searched_is_said_plainly() -> None:
    """Limits are told by how looking for a way out ended; those that have one stand among the ways out already."""
    ends = [
        Attempt("band", "workload", AttemptEnd.ENOUGH),
        Attempt("max_distance", "", AttemptEnd.IMPOSSIBLE),
        Attempt("disruption", "units", AttemptEnd.UNSEARCHED),
        Attempt("pairs", "", AttemptEnd.UNSEARCHED),
    ]
    impossible, unsearched = attempts_in_words(attempt_figures(ends))
    assert "Proven" in impossible and impossible.endswith("the maximum distance.")
    assert unsearched.startswith(
        "Not searched, since time or effort ended before: the units that may change hands; two of"
    )
