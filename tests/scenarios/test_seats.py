"""Matching designed territories to reps."""

from pathlib import Path

import numpy as np
import pytest

from optimizer.plan import Plan
from scenarios.export.tables import plan_rows
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from scenarios.report.answer import given_answer
from scenarios.report.matched import planned_fit
from scenarios.report.seats import match_reps
from tests.scenarios.tiny_study import write

REPS = "id,lat,lon,x,y\nR1,50.0,10.15,0.2,1\nR2,50.0,10.15,1,0.2\n"


def test_skills_decide_between_reps_who_live_equally_near(tmp_path: Path) -> None:
    """A territory goes to the rep whose skills fit its units, also where nobody has units today."""
    changes = {
        "units": {"file": "units.csv", "id": "id"},
        "reps": {"file": "reps.csv", "count": 2},
        "skills": [{"column": "kind"}],
    }
    case = prepare(read(write(tmp_path, changes, {"reps.csv": REPS})))
    assert match_reps(case, Plan(np.array([0, 0, 1, 1], dtype=np.int32))) == (1, 0)
    assert match_reps(case, Plan(np.array([1, 1, 0, 0], dtype=np.int32))) == (0, 1)


def test_value_counts_what_leaves_its_rep_once_free_territories_are_matched(tmp_path: Path) -> None:
    """Disruption, fit and value of a design matched to reps are those that plan.csv shows."""
    changes = {
        "units": {"file": "units.csv", "id": "id", "current": "owner"},
        "reps": {"file": "reps.csv", "count": 2},
        "skills": [{"column": "kind"}],
    }
    case = prepare(read(write(tmp_path, changes, {"reps.csv": REPS})))
    answer = given_answer(case, Plan(np.array([0, 0, 0, 1], dtype=np.int32)))
    rows = plan_rows(answer)
    at = {name: rows.columns.index(name) for name in ("rep", "current_rep", "potential")}
    potential = np.array([float(row[at["potential"]]) for row in rows.cells])
    moved = np.array([row[at["rep"]] != row[at["current_rep"]] and bool(row[at["current_rep"]]) for row in rows.cells])
    amount = {goal.name: goal.amount for goal in answer.score.goals}
    assert 0.0 < moved.mean() < 1.0
    assert amount["disruption"] == pytest.approx(100.0 * potential[moved].sum() / potential.sum())
    fit = planned_fit(case, answer.plan, answer.rep_of_seat)
    assert 0.0 < amount["fit"] == pytest.approx(100.0 * (1.0 - np.average(fit, weights=potential)))
    assert answer.score.value == pytest.approx(sum(goal.weight * goal.amount for goal in answer.score.goals))
