"""Explanations: swaps, prices and reasons agree with what exhaustive search and the judge say."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.findings import InputError
from optimizer.judge.judge import judge
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.solve import solve
from scenarios.case import Case
from scenarios.reading.source import read
from scenarios.report.answer import given_answer, solved_answer
from scenarios.why.limit import agree, explain_limit
from scenarios.why.model import SwapFigure
from scenarios.why.question import Asked, asked_about
from scenarios.why.rep import explain_rep
from scenarios.why.unit import explain_unit
from tests.optimizer.brute import all_scores, best_value
from tests.scenarios.grid import solve_grid
from tests.scenarios.tiny_study import case_of

UNITS = """id,name,lat,lon,hours,revenue,kind,owner
A,Ashby,50.0,10.0,30,300,x,R1
B,Bray,50.0,10.1,20,200,y,R1
C,Corfe,50.0,10.2,10,150,x,R1
D,Dale,50.0,10.3,20,200,x,R1
E,Epping,50.0,10.4,15,100,y,R2
F,Fen,50.0,10.5,25,350,x,R2
G,Goole,50.1,10.2,35,250,x,R3
"""
REPS = "id,lat,lon,x,y\nR1,50.0,10.0,1,0.6\nR2,50.0,10.5,0.8,1\nR3,50.1,10.2,0.9,0.9\n"
EXACT = SolveOptions(time_limit_s=None, effort=1.0, gap=0.0, workers=1)


def asked(folder: Path, units: str = UNITS, **changes: Any) -> Asked:
    """Write seven units and three reps, and solve them to the end."""
    document = {
        "measures": {"workload": {"column": "hours", "tolerance": 0.5}, "potential": {"column": "revenue"}},
        "skills": [{"column": "kind"}],
        "goals": {"travel": 1, "fit": 1, "balance": 0.5, "disruption": 0.5},
        **changes,
    }
    case = case_of(folder, document, {"units.csv": units, "reps.csv": REPS})
    return Asked(read(folder / "scenario.json"), solved_answer(case, solve(case.problem, EXACT)))


def applied(case: Case, plan: Plan, swap: SwapFigure) -> Plan:
    """Apply the moves that a swap lists, share by share."""
    owner = plan.owner.copy()
    codes = [seat.code for seat in case.seats]
    ids = case.units["unit"].tolist()
    for move in swap.moves:
        parts = np.flatnonzero((case.row_of == ids.index(move.unit)) & (plan.owner == codes.index(move.of)))
        count = round(move.share / case.share[parts[0]])
        owner[parts[:count]] = codes.index(move.to)
    return Plan(owner)


@pytest.mark.parametrize("unit", ["B", "D", "G"])
def test_a_swap_costs_what_the_best_plan_with_it_costs(tmp_path: Path, unit: str) -> None:
    """For every other rep the cost is that of the best of all plans in which that rep has the unit."""
    about = asked(tmp_path)
    problem, plan = about.case.problem, about.answer.plan
    index = about.case.units["unit"].tolist().index(unit)
    found = explain_unit(about, unit, EXACT)
    seats = [seat.code for seat in about.case.seats]
    assert len(found.swaps) == 2
    for swap in found.swaps:
        locked = problem.locked.copy()
        locked[index] = seats.index(swap.territory)
        truth = best_value(replace(problem, locked=locked))
        assert swap.proven and swap.possible == (truth is not None)
        if truth is not None:
            assert swap.cost == pytest.approx(truth - about.answer.score.value, abs=1e-4)
            score = judge(problem, applied(about.case, plan, swap))
            assert not score.broken
            assert score.value - about.answer.score.value == pytest.approx(swap.cost, abs=1e-9)
            assert sum(swap.terms.values()) == pytest.approx(swap.cost, abs=1e-9)
    costs = [swap.cost for swap in found.swaps if swap.cost is not None]
    assert costs == sorted(costs) and all(cost >= -1e-9 for cost in costs)


def test_terms_and_obstacles_are_those_of_moving_the_unit_alone(tmp_path: Path) -> None:
    """Terms and balance add up to the judge's change of value, and obstacles are the judge's broken rules."""
    about = asked(tmp_path)
    problem, answer = about.case.problem, about.answer
    seats = [seat.code for seat in about.case.seats]
    for index, unit in enumerate(about.case.units["unit"]):
        for candidate in explain_unit(about, unit, replace(EXACT, effort=0.001)).candidates:
            moved = judge(problem, answer.plan.move([index], seats.index(candidate.territory)))
            linear = sum(goal.weight * goal.amount for goal in moved.goals if goal.name != "balance")
            before = sum(goal.weight * goal.amount for goal in answer.score.goals if goal.name != "balance")
            assert sum(candidate.terms.values()) == pytest.approx(linear - before, abs=1e-5)
            assert bool(candidate.obstacles) == bool(moved.broken)


def test_rules_that_settle_an_owner_are_named(tmp_path: Path) -> None:
    """A lock, a ban and a distance are told, and nobody is asked to break them."""
    rules = {"lock": [{"unit": "A", "rep": "R1", "reason": "founder"}], "forbid": [{"unit": "B", "rep": "R3"}]}
    about = asked(tmp_path, rules=rules, limits={"max_distance_km": 30})
    locked = explain_unit(about, "A", EXACT)
    assert "founder" in locked.binding[0] and not locked.swaps
    excluded = {
        item.territory: item.obstacles for item in explain_unit(about, "B", EXACT).candidates if not item.allowed
    }
    assert excluded["R3"] == ["a rule forbids it"]
    far = {item.territory: item.obstacles[0] for item in explain_unit(about, "F", EXACT).candidates if not item.allowed}
    assert "most allowed is 30 km" in far["R1"]


def test_hands_are_those_of_the_plan(tmp_path: Path) -> None:
    """What reps gain and lose is every change of the plan once, each with a reason."""
    answer, report = solve_grid(tmp_path)
    about = Asked(read(tmp_path / "scenario.yaml"), answer)
    gained = [hand for rep in ("R1", "R2", "R3") for hand in explain_rep(about, rep).gained]
    lost = [hand for rep in ("R1", "R2", "R3") for hand in explain_rep(about, rep).lost]
    assert report.changes is not None
    moved = [hand for hand in gained if hand.other]
    assert len(moved) == report.changes.moved_units
    assert len(lost) == report.changes.moved_units - report.changes.unavoidable_units
    reasons = {hand.other: hand.reason for hand in gained}
    assert reasons["R9"] == "today's rep leaves or is not in the list" and reasons[""] == "nobody has it today"
    assert all(hand.reason for hand in (*gained, *lost))


@pytest.mark.parametrize("tolerance", [0.2, 0.3, 0.9])
def test_a_price_is_the_change_of_the_best_value(tmp_path: Path, tolerance: float) -> None:
    """One point more or less changes the value as exhaustive search says, or there is no plan."""
    measures = {"workload": {"column": "hours", "tolerance": tolerance}, "potential": {"column": "revenue"}}
    about = asked(tmp_path, measures=measures)
    found = explain_limit(about, "measures.workload.tolerance", EXACT)
    truth: dict[float, float | None] = {}
    for limit in (found.tighter.limit, tolerance, found.looser.limit):
        measures["workload"]["tolerance"] = limit
        folder = tmp_path / str(limit)
        folder.mkdir()
        problem = asked(folder, measures=measures).case.problem
        values = [score.value for score in all_scores(problem) if not score.broken]
        truth[limit] = min(values, default=None)
    base = truth[tolerance]
    for step in (found.looser, found.tighter):
        there = truth[step.limit]
        assert (step.change is None) == (there is None or base is None)
        if step.change is not None and there is not None and base is not None:
            assert step.change == pytest.approx(there - base, abs=1e-4)


def test_a_limit_that_does_not_bind_costs_nothing(tmp_path: Path) -> None:
    """Both foretold and solved, a slack limit is worth 0, and that counts as known."""
    measures = {"workload": {"column": "hours", "tolerance": 3.0}, "potential": {"column": "revenue"}}
    found = explain_limit(asked(tmp_path, measures=measures), "measures.workload.tolerance", EXACT)
    assert found.looser.change == 0 and found.tighter.change == 0 and found.looser.known and found.tighter.known
    assert "stays as it is" in found.summary


@pytest.mark.parametrize(
    ("guess", "change", "known"),
    [(1.0, 1.9, True), (1.0, 2.1, False), (1.0, -1.0, False), (0.0, 0.0, True), (0.0, 0.5, False), (-2.0, -1.1, True)],
)
def test_known_means_one_sign_and_a_factor_of_two(guess: float, change: float, known: bool) -> None:
    """A price is called unknown where foretelling and solving disagree."""
    assert agree(guess, change, 1e-3) == known


def test_questions_without_an_answer_are_findings(tmp_path: Path) -> None:
    """Unknown units, reps and limits name the nearest known one; a plan with holes is refused."""
    about = asked(tmp_path)
    for ask, near in (
        (lambda: explain_unit(about, "a", EXACT), "A"),
        (lambda: explain_rep(about, "R11"), "R1"),
        (lambda: explain_limit(about, "measures.workload.tol", EXACT), "measures.workload.tolerance"),
    ):
        with pytest.raises(InputError) as error:
            ask()
        assert re.search(rf"Maybe \"?{re.escape(near)}\"?\.", error.value.findings[0].hint)
    (tmp_path / "holes.csv").write_text("unit,rep\nA,R1\n")
    with pytest.raises(InputError, match="cannot be explained"):
        asked_about(tmp_path / "scenario.json", tmp_path / "holes.csv")
    with pytest.raises(InputError, match="no plan"):
        asked_about(tmp_path / "scenario.json", None)


def test_split_units_and_given_plans_are_explained(tmp_path: Path) -> None:
    """A split unit is explained by the rep with the largest part, in any plan that gives every unit to somebody."""
    changes = {
        "measures": {"workload": {"column": "hours", "tolerance": 0.1}},
        "limits": {"oversize": "split"},
        "skills": [],
    }
    about = asked(tmp_path, UNITS.replace("10.2,35,250", "10.2,200,250"), **changes)
    assert (np.bincount(about.case.row_of) > 1).any()
    row = int(np.bincount(about.case.row_of).argmax())
    found = explain_unit(Asked(about.source, given_answer(about.case, about.answer.plan)), f"{'ABCDEFG'[row]}", EXACT)
    assert 0 < found.share <= 1 and found.summary
