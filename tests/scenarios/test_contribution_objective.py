"""A solver told to maximise contribution, against every plan there is."""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.judge.judge import judge
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.solve import solve
from scenarios.case import Case
from scenarios.economics.bound import most_possible
from scenarios.economics.contribution import contribution
from tests.scenarios.tiny_study import case_of, squares

DRAWING = "ABCD EFGH"
S_SHAPE = {"form": "adbudg", "min": 0.2, "max": 1.0, "a": 1.6, "g": 0.7}
POWER = {"form": "power", "c": 0.6, "b": 0.4}


def study(folder: Path, seed: int, response: dict[str, Any], tolerance: float | None = 0.3) -> Case:
    """Eight squares and two reps who differ in hours, place and skill; seed draws sizes, owners and skills."""
    rng = np.random.default_rng(seed)
    rows = ["id,hours,revenue,sales,kind,owner,years"]
    for name in "ABCDEFGH":
        hours, revenue = rng.integers(8, 20), rng.integers(80, 250)
        owner, kind = rng.choice(["R1", "R2"]), rng.choice(["x", "y"])
        rows.append(f"{name},{hours},{revenue},{revenue * rng.random():.1f},{kind},{owner},{rng.integers(0, 9)}")
    reps = f"id,lat,lon,hours,capacity,cost,x,y\nR1,50,10,{rng.integers(40, 70)},1,9,1,{rng.random():.2f}\n"
    reps += f"R2,50,10.3,{rng.integers(30, 60)},0.8,7,{rng.random():.2f},1\n"
    band = {} if tolerance is None else {"tolerance": tolerance}
    changes = {
        "units": {
            "file": "sales.csv",
            "id": "id",
            "current": "owner",
            "tenure": "years",
            "geography": {"file": "map.geojson", "id": "id", "key": "id"},
        },
        "measures": {"workload": {"column": "hours", **band}, "potential": {"column": "revenue", **band}},
        "skills": [{"column": "kind"}],
        "economics": {
            "margin": 0.5,
            "response": [response],
            "travel": {"cost_per_km": 0.05},
            "disruption": {"sales": "sales"},
            "objective": "contribution",
        },
    }
    return case_of(folder, changes, {"sales.csv": "\n".join(rows), "reps.csv": reps, "map.geojson": squares(DRAWING)})


def every_plan(case: Case) -> list[Plan]:
    """Return every plan that keeps the hard rules."""
    owners = product(range(case.problem.n_reps), repeat=case.problem.n_units)
    plans = [Plan(np.array(owner, dtype=np.int32)) for owner in owners]
    return [plan for plan in plans if not judge(case.problem, plan).broken]


@pytest.mark.parametrize("response", [POWER, S_SHAPE], ids=["power", "adbudg"])
@pytest.mark.parametrize("seed", range(3))
def test_the_solved_plan_contributes_most_within_the_stated_error(
    tmp_path: Path, seed: int, response: dict[str, Any]
) -> None:
    """Nobody who tries every plan finds more than the stated bound, and next to nothing more than the solved plan."""
    case = study(tmp_path, seed, response)
    result = solve(case.problem, SolveOptions(time_limit_s=None, effort=0.3, gap=0.0, workers=1))
    best = max(contribution(case, plan).total for plan in every_plan(case))
    solved = contribution(case, result.plan).total
    stated = most_possible(case, result.plan, result.score.value, result.bound)
    assert stated is not None
    assert solved <= best + 1e-9 <= stated + 2e-9
    assert best - solved <= 0.04 * best
    assert stated - best <= 0.3 * best
