"""Units heavier than a territory."""

from pathlib import Path

import numpy as np
import pytest

from geodata.findings import Level
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from tests.scenarios.tiny_study import UNITS, case_of, map_case, the

BIG = UNITS.replace("10.2,30,300", "10.2,430,300")
SPLIT = {"limits": {"oversize": "split"}, "measures": {"workload": {"column": "hours", "tolerance": 0.1}}}


def test_a_unit_that_outweighs_a_territory_is_named_in_territories(tmp_path: Path) -> None:
    """A leader understands 1.72 territories at once."""
    finding = the(case_of(tmp_path, {"measures": SPLIT["measures"]}, {"units.csv": BIG}).findings, "oversize-unit")
    assert (finding.level, finding.row, finding.value) == (Level.WARNING, 3, "C")
    assert finding.message.startswith("Corfe (C) is 1.72 territories of workload")


def test_a_unit_within_the_band_is_not_oversize(tmp_path: Path) -> None:
    """Above the target but allowed."""
    rows = UNITS.replace("10.3,40,400", "10.3,64,400")
    case = case_of(tmp_path, {"measures": {"workload": {"column": "hours", "tolerance": 0.1}}}, {"units.csv": rows})
    assert not [finding for finding in case.findings if finding.code == "oversize-unit"]


def test_a_split_unit_becomes_equal_parts_that_add_up(tmp_path: Path) -> None:
    """Shares are short decimals, so plan.csv says exactly what was solved."""
    case = case_of(tmp_path, SPLIT, {"units.csv": BIG})
    parts = np.flatnonzero(case.row_of == 2)
    assert len(parts) == 8
    assert case.share[parts].tolist() == [0.125] * 8
    assert (case.problem.load[0, parts] / case.problem.load_per_amount[0]).tolist() == [53.75] * 8
    assert case.problem.load[0].sum() == 500 * case.problem.load_per_amount[0]
    assert the(case.findings, "unit-split").level is Level.NOTE


def test_a_shared_unit_has_finer_steps(tmp_path: Path) -> None:
    """Several reps own it together: a twentieth of 1.72 territories is a step below a tenth of one."""
    case = case_of(tmp_path, SPLIT | {"limits": {"oversize": "share"}}, {"units.csv": BIG})
    assert case.share[case.row_of == 2].tolist() == [0.05] * 20
    assert the(case.findings, "unit-shared").message.endswith("own it together, in steps of one part in 20.")


def test_parts_are_neighbours_of_each_other_and_of_all_neighbours(tmp_path: Path) -> None:
    """Any share of the unit can join any territory around it."""
    graph = case_of(tmp_path, SPLIT, {"units.csv": BIG}).problem.graph
    assert graph.neighbours(0).tolist() == [1]
    assert graph.neighbours(1).tolist() == [0, *range(2, 10)]
    assert graph.neighbours(4).tolist() == [1, 2, 3, 5, 6, 7, 8, 9, 10]


def test_rules_follow_a_split_unit(tmp_path: Path) -> None:
    """Locks, groups, forbids, owners and budgets hold for all its parts; parts need not be apart from each other."""
    rules = {
        "lock": [{"unit": "C", "rep": "R2"}],
        "forbid": [{"unit": "C", "rep": "R1"}],
        "together": [{"units": ["C", "D"]}],
        "apart": [{"units": ["A", "C"]}],
    }
    limits = {"oversize": "split", "disruption": {"units": 0.5}}
    problem = case_of(tmp_path, SPLIT | {"rules": rules, "limits": limits}, {"units.csv": BIG}).problem
    assert problem.locked.tolist() == [-1, -1, *[1] * 8, -1]
    assert problem.forbidden.tolist() == [[unit, 0] for unit in range(2, 10)]
    assert [group.tolist() for group in problem.together] == [list(range(2, 11))]
    assert [group.tolist() for group in problem.apart] == [[0, unit] for unit in range(2, 10)]
    assert problem.current.tolist() == [0, 0, *[1] * 8, 1]
    (budget,) = problem.budgets
    assert budget.weight[2:10].sum() == budget.weight[0] == budget.limit / 2


def test_splitting_makes_the_impossible_possible(tmp_path: Path) -> None:
    """What the whole unit broke, its parts can keep."""
    changes = {
        "measures": {"workload": {"column": "weight", "tolerance": 0.1}},
        "limits": {"oversize": "split"},
        "units": {"file": "u.csv", "id": "id"},
    }
    rows = "id,lat,lon,weight\nA,50,10,10\nB,50,10.1,80\nC,50,10.2,10\n"
    problem = case_of(tmp_path, changes, {"u.csv": rows}).problem
    half = np.array([0, *[0] * 4, *[1] * 4, 1], dtype=np.int32)
    assert judge(problem, Plan(half)).broken == ()


@pytest.mark.parametrize(("tolerance", "splits"), [(0.5, False), (0.1, True)])
def test_only_oversize_units_are_split(tmp_path: Path, tolerance: float, splits: bool) -> None:
    """The wider the band, the fewer splits."""
    changes = {"measures": {"workload": {"column": "hours", "tolerance": tolerance}}, "limits": {"oversize": "split"}}
    rows = UNITS.replace("10.3,40,400", "10.3,90,400")
    case = case_of(tmp_path, changes, {"units.csv": rows})
    assert (len(case.row_of) > 4) == splits


def test_hash_and_shape_of_a_whole_case(tmp_path: Path) -> None:
    """Without splits units and rows are the same, and every file is fingerprinted."""
    case = map_case(tmp_path, "AB")
    assert case.row_of.tolist() == [0, 1]
    assert case.share.tolist() == [1, 1]
    assert set(case.input_hashes) == {"units.geojson", "reps.csv"}
    assert all(len(digest) == 64 for digest in case.input_hashes.values())
