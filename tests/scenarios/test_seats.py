"""Matching designed territories to reps."""

from pathlib import Path

import numpy as np

from optimizer.plan import Plan
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
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
