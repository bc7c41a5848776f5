"""Seats, homes, skills and the travel matrix."""

from pathlib import Path

import numpy as np
import pytest

from geodata.findings import Level
from scenarios.prepare.plan import read_earlier
from tests.scenarios.tiny_study import REPS, UNITS, case_of, found, map_case, squares, the

SKILLED = "id,lat,lon,x,y\nR1,50.0,10.0,1,0.5\nR2,50.0,10.3,0,1\n"


def test_everybody_but_leavers_has_a_seat(tmp_path: Path) -> None:
    """Vacant and planned seats are designed for; a leaver's units go to others."""
    reps = "id,status,territory\nR1,active,WEST\nR2,vacant,\nR3,planned,\nR4,leaving,\n"
    case = case_of(tmp_path, None, {"reps.csv": reps})
    assert [seat.code for seat in case.seats] == ["WEST", "R2", "R3"]
    assert [rep.id for rep in case.reps] == ["R1", "R2", "R3", "R4"]


def test_a_successor_inherits_the_seat_of_a_leaver(tmp_path: Path) -> None:
    """A territory outlasts its rep: both bear its code, the successor fills it, and last year's plan goes on in it."""
    reps = "id,territory,status,lat,lon\nR1,WEST,Leaving,50,10\nR3,WEST,,50,10\nR2,EAST,active,50,10.3\n"
    case = case_of(tmp_path, None, {"reps.csv": reps, "plan.csv": "unit,territory,rep\nA,WEST,R1\nB,EAST,R2\n"})
    assert [(seat.code, case.reps[seat.rep or 0].id) for seat in case.seats] == [("WEST", "R3"), ("EAST", "R2")]
    assert read_earlier(tmp_path / "plan.csv", case)[0].owner[:2].tolist() == [0, 1]
    twice = reps.replace("Leaving", "vacant")
    assert [f.row for f in found(tmp_path, None, {"reps.csv": twice}) if f.code == "duplicate-territory"] == [1, 2]


def test_reps_without_a_home_have_free_centres(tmp_path: Path) -> None:
    """Distances exist only where there is a home."""
    problem = case_of(tmp_path, None, {"reps.csv": "id,lat,lon\nR1,50,10\nR2,,\n"}).problem
    assert problem.has_home.tolist() == [True, False]
    assert problem.free.tolist() == [False, True]


def test_a_count_makes_free_territories(tmp_path: Path) -> None:
    """Design first, match later: nobody's home, owners or skills play a part, and that is said."""
    changes = {"reps": {"count": 3, "file": "reps.csv"}, "skills": [{"column": "kind"}]}
    case = case_of(tmp_path, changes, {"reps.csv": SKILLED})
    assert [(seat.code, seat.rep) for seat in case.seats] == [("T001", None), ("T002", None), ("T003", None)]
    assert case.problem.free.all() and (case.problem.fit == 1).all() and (case.problem.current == -1).all()
    codes = {finding.code for finding in case.findings}
    assert {"skills-without-reps", "today-without-reps"} <= codes


def test_capacities_play_no_part_in_a_design(tmp_path: Path) -> None:
    """A part-timer gets a whole free territory unless the planner notices."""
    reps = "id,capacity\nR1,1\nR2,0.5\n"
    case = case_of(tmp_path, {"reps": {"count": 2, "file": "reps.csv"}}, {"reps.csv": reps})
    assert the(case.findings, "capacity-without-reps").level is Level.WARNING


@pytest.mark.parametrize(
    ("reps", "code"),
    [
        ("id,status\nR1,leaving\nR2,leaving\n", "no-reps"),
        ("id,territory\nR1,R2\nR2,\n", "duplicate-territory"),
        ("id,territory\nR1,W\nR2,W\n", "duplicate-territory"),
    ],
)
def test_a_team_without_clear_seats_is_an_error(tmp_path: Path, reps: str, code: str) -> None:
    """Every territory has one code and at least one exists."""
    findings = [f for f in found(tmp_path, None, {"reps.csv": reps}) if f.level is Level.ERROR]
    assert {finding.code for finding in findings} == {code}


def test_fit_is_the_weighted_mean_over_skills(tmp_path: Path) -> None:
    """Units with the same values form a class; weights count."""
    rows = UNITS.replace("kind,", "kind,size,").replace(",x,", ",x,big,").replace(",y,", ",y,big,")
    reps = SKILLED.replace("x,y", "x,y,big").replace("0.5\n", "0.5,0.2\n").replace("0,1\n", "0,1,0.4\n")
    skills = [{"column": "kind", "weight": 3}, {"column": "size"}]
    problem = case_of(tmp_path, {"skills": skills}, {"units.csv": rows, "reps.csv": reps}).problem
    assert problem.fit_class.tolist() == [0, 0, 1, 1]
    assert np.allclose(problem.fit, [[0.8, 0.1], [0.425, 0.85]])
    assert not problem.banned.any()


def test_a_required_skill_bans_whoever_lacks_it(tmp_path: Path) -> None:
    """A licence is no matter of degree; a blank value bans nobody."""
    rows = UNITS.replace("20,200,x", "20,200,")
    changes = {"skills": [{"column": "kind", "required": True}]}
    case = case_of(tmp_path, changes, {"units.csv": rows, "reps.csv": SKILLED})
    assert case.problem.banned[case.problem.fit_class].tolist() == [
        [False, True],
        [False, False],
        [False, False],
        [False, False],
    ]
    assert the(case.findings, "blank-skill").message.startswith("B ")


def test_a_skill_that_no_rep_column_stands_for_is_an_error(tmp_path: Path) -> None:
    """A misspelt value must not make a unit fit everybody."""
    rows = UNITS.replace("20,200,x", "20,200,xx")
    finding = the(
        found(tmp_path, {"skills": [{"column": "kind"}]}, {"units.csv": rows, "reps.csv": SKILLED}), "unknown-skill"
    )
    assert (finding.level, finding.value, finding.file) == (Level.ERROR, "xx", "reps.csv")


def test_a_matrix_replaces_kilometres(tmp_path: Path) -> None:
    """Costs are taken as given; a missing pair is forbidden and told."""
    matrix = "unit,rep,cost\nA,R1,1\nB,R1,2\nC,R1,3\nD,R1,4\nA,R2,5\nB,R2,6\nC,R2,7\nA,R9,1\nZ,R1,1\n"
    case = case_of(tmp_path, {"travel": {"file": "matrix.csv"}}, {"matrix.csv": matrix})
    assert case.problem.travel_cost.tolist() == [[1, 5], [2, 6], [3, 7], [4, 7]]
    assert case.problem.forbidden.tolist() == [[3, 1]]
    assert "unit D and rep R2" in the(case.findings, "missing-pair").message
    assert the(case.findings, "unknown-unit").row == 9
    assert the(case.findings, "unknown-rep").row == 8


def test_a_matrix_names_a_pair_once(tmp_path: Path) -> None:
    """A geography and its unit must not give two costs to one pair."""
    units = {"file": "units.csv", "id": "id", "segment": "kind"}
    rows = "id,kind,lat,lon,hours,revenue\nA,x,50,10,1,1\nA,y,50,10,1,1\n"
    matrix = "unit,rep,cost\nA,R1,1\nA/x,R1,2\nA,R2,1\n"
    files = {"units.csv": rows, "matrix.csv": matrix}
    assert the(found(tmp_path, {"units": units, "travel": {"file": "matrix.csv"}}, files), "duplicate-pair").row == 2


def test_a_cost_that_means_never_is_an_error(tmp_path: Path) -> None:
    """Huge figures would drown all others in the mean."""
    findings = found(tmp_path, {"travel": {"file": "matrix.csv"}}, {"matrix.csv": "unit,rep,cost\nA,R1,1e12\n"})
    assert (the(findings, "out-of-range").row, the(findings, "out-of-range").level) == (1, Level.ERROR)


def test_free_territories_have_no_matrix(tmp_path: Path) -> None:
    """A matrix is per rep."""
    changes = {"travel": {"file": "matrix.csv"}, "reps": {"count": 2}}
    findings = found(tmp_path, changes, {"matrix.csv": "unit,rep,cost\nA,R1,1\n"})
    assert the(findings, "travel-without-reps").level is Level.ERROR


def test_a_largest_distance_without_a_home_is_from_the_middle(tmp_path: Path) -> None:
    """A matrix knows what R2's trips cost, not where R2 lives: the planner learns what the distance is taken from."""
    changes = {"travel": {"file": "matrix.csv"}, "limits": {"max_distance_km": 30}}
    files = {"matrix.csv": "unit,rep,cost\nA,R1,1\nA,R2,1\n", "reps.csv": REPS.replace("50.0,10.3", ",")}
    finding = the(found(tmp_path, changes, files), "no-home")
    assert finding.message.endswith("from the middle of the territory: R2.")


def test_a_home_inside_means_the_units_around_it(tmp_path: Path) -> None:
    """Of a split or many-segment place any unit will do; of points, the nearest one."""
    reps = "id,lat,lon\nR1,50.05,10.02\nR2,50.05,10.27\nR3,,\n"
    case = map_case(tmp_path, "ABC", {"limits": {"home": "inside"}}, reps=reps)
    assert [units.tolist() for units in case.problem.home_units] == [[0], [2], []]
    assert "R3" in the(case.findings, "no-home").message
    points = case_of(tmp_path, {"limits": {"home": "inside"}}, {"reps.csv": REPS.replace("10.3", "10.26")})
    assert [units.tolist() for units in points.problem.home_units] == [[0], [3]]


def test_a_home_outside_every_unit_is_an_error_where_it_must_be_inside(tmp_path: Path) -> None:
    """The rule could never hold; the nearest unit and its distance are named."""
    changes = {"units": {"file": "u.geojson", "id": "id"}, "limits": {"home": "inside"}}
    findings = found(tmp_path, changes, {"u.geojson": squares("AB"), "reps.csv": REPS.replace("10.3", "10.5")})
    finding = the(findings, "home-outside")
    assert (finding.level, finding.row) == (Level.ERROR, 2)
    assert "from the nearest unit, B" in finding.message


def test_no_home_at_all_leaves_the_rule_idle(tmp_path: Path) -> None:
    """The planner learns that nothing is inside."""
    changes = {"limits": {"home": "inside"}, "reps": {"count": 2}}
    assert the(found(tmp_path, changes), "no-home").field == "limits.home"


def test_a_home_across_the_world_is_doubtful(tmp_path: Path) -> None:
    """Swapped coordinates in the reps' file are recognised as such."""
    finding = the(found(tmp_path, None, {"reps.csv": REPS.replace("50.0,10.3", "10.3,50.0")}), "home-far")
    assert finding.level is Level.WARNING
    assert "swapped" in finding.hint
