"""The headcount curve, against every team and every plan of a tiny study."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.findings import InputError
from optimizer.judge.judge import judge
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from scenarios.case import Case
from scenarios.economics.contribution import contribution
from scenarios.reading.source import read
from scenarios.sizing.files import size_files
from scenarios.sizing.homes import possible_homes
from scenarios.sizing.model import Sizing
from scenarios.sizing.size import size_team
from scenarios.sizing.staffing import Base, Staffing, farewell_loss, open_base, staffed
from tests.scenarios.tiny_study import squares, write

DRAWING = "ABC DEF"
EFFORT = SolveOptions(time_limit_s=None, effort=0.05, gap=0.0, workers=1)


def written(folder: Path, changes: dict[str, Any] | None = None) -> Path:
    """Six squares and three reps with money; R2 has the least to do and the most in common with R1."""
    units = "id,hours,revenue,owner\nA,20,300,R1\nB,30,260,R1\nC,25,400,R3\nD,15,150,R2\nE,20,220,R2\nF,30,330,R3\n"
    reps = "id,name,lat,lon,hours,cost\nR1,Ann,50.0,10.0,60,40\nR2,Bob,49.9,10.05,40,45\nR3,Cy,50.0,10.2,50,42\n"
    document = {
        "units": {
            "file": "sales.csv",
            "id": "id",
            "current": "owner",
            "geography": {"file": "map.geojson", "id": "id", "key": "id"},
        },
        "measures": {"workload": {"column": "hours", "tolerance": 0.6}, "potential": {"column": "revenue"}},
        "economics": {"margin": 0.5, "response": [{"c": 0.8, "b": 0.4}], "travel": {"cost_per_km": 0.05}},
        **(changes or {}),
    }
    files = {"sales.csv": units, "reps.csv": reps, "map.geojson": squares(DRAWING)}
    return write(folder, document, files)


def study(folder: Path, changes: dict[str, Any] | None = None) -> Base:
    """Return the study, ready to be sized."""
    return open_base(read(written(folder, changes)))


def size(base: Base, lowest: int, highest: int) -> Sizing:
    """Draw the curve with little effort."""
    return size_team(base, lowest, highest, EFFORT, lambda: False, lambda _: None)


def most(case: Case | None) -> float:
    """Return the largest contribution of all plans that keep the hard rules."""
    assert case is not None
    owners = product(range(case.problem.n_reps), repeat=case.problem.n_units)
    plans = [Plan(np.array(owner, dtype=np.int32)) for owner in owners if len(set(owner)) == case.problem.n_reps]
    return max(contribution(case, plan).total for plan in plans if not judge(case.problem, plan).broken)


def test_the_curve_is_that_of_every_team_and_every_plan(tmp_path: Path) -> None:
    """The rep who goes, the home of the next and the contributions are those of an exhaustive search, within 2 %."""
    base = study(tmp_path)
    sizing = size(base, 2, 4)
    gone = {rep: most(staffed(base, Staffing(gone=(rep,)))) - farewell_loss(base, (rep,)) for rep in ("R1", "R2", "R3")}
    today = most(base.case)
    homes = possible_homes(base.case, Plan(np.array([0, 0, 2, 1, 1, 2], dtype=np.int32)))
    hired = {home.place: most(staffed(base, Staffing(hired=(home,)))) for home in homes}
    fewer, same, more = sizing.points
    assert fewer.gone == [max(gone, key=lambda rep: gone[rep])]
    assert fewer.contribution == pytest.approx(max(gone.values()), rel=0.02)
    assert same.contribution == pytest.approx(today, rel=0.02)
    assert len(hired) == 6
    assert more.contribution == pytest.approx(max(hired.values()), rel=0.02)
    assert hired[more.hired[0]] >= max(hired.values()) - 0.02 * abs(max(hired.values()))
    assert sizing.vacancies[0].name.startswith(fewer.gone[0])


def test_the_figures_of_the_curve_fit_together(tmp_path: Path) -> None:
    """Marginal figures are differences of the points, and the flat range is all that is within 1 % of the best."""
    sizing = size(study(tmp_path), 2, 4)
    for before, here in zip(sizing.points, sizing.points[1:], strict=False):
        assert here.marginal is not None
        assert here.marginal_cost is not None
        assert here.marginal - here.marginal_cost == pytest.approx(here.contribution - before.contribution)
    best = max(point.contribution for point in sizing.points)
    assert sizing.flat == [point.reps for point in sizing.points if point.contribution >= best - 0.01 * abs(best)]
    assert all(point.bound is None or point.bound >= point.contribution - 1e-6 for point in sizing.points)
    files = size_files(sizing)
    assert json.loads(files["size.json"])["best"] == sizing.best
    assert files == size_files(sizing)


def test_who_is_locked_stays(tmp_path: Path) -> None:
    """A rep to whom a unit is locked is never the one who goes."""
    base = study(tmp_path, {"rules": {"lock": [{"unit": "D", "rep": "R2"}, {"unit": "A", "rep": "R1"}]}})
    assert size(base, 2, 2).points[0].gone == ["R3"]


def test_free_territories_have_a_curve_too(tmp_path: Path) -> None:
    """A design without reps is drawn for every number, and nobody is said to go."""
    base = study(tmp_path, {"reps": {"count": 2}})
    sizing = size(base, 2, 3)
    assert [point.reps for point in sizing.points] == [2, 3]
    assert (sizing.vacancies, sizing.homes) == ([], [])


def test_reps_who_cannot_be_described_are_refused(tmp_path: Path) -> None:
    """Where a new rep has no target of its own the range is refused, not guessed."""
    measures = {"workload": {"column": "hours", "target": "cost"}, "potential": {"column": "revenue"}}
    base = study(tmp_path, {"measures": measures})
    with pytest.raises(InputError) as refused:
        size(base, 3, 4)
    assert [finding.code for finding in refused.value.findings] == ["no-new-reps"]
