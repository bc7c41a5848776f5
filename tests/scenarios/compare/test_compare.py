"""A comparison's figures follow from the plans, and its words follow from the figures."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from geodata.findings import InputError
from scenarios.compare.align import aligned
from scenarios.compare.build import compare
from scenarios.compare.model import Comparison, Figure, RepChange, Turnover
from scenarios.compare.pairs import pair
from scenarios.compare.side import Side, read_sides
from tests.scenarios.compare import evaluator
from tests.scenarios.compare.studies import solved, swapped

LEAVER = {"reps": {"file": "reps.csv", "change": {"R2": {"status": "leaving"}}}}


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two plans of different reps and goals, with split units, a leaver and a county of nobody."""
    folder = tmp_path_factory.mktemp("compare")
    cells = {"08": {"hours": 400, "revenue": 20000}}
    limits = {"oversize": "split", "contiguity": "preferred"}
    first = solved(folder / "first", cells=cells, limits=limits)
    return first, solved(folder / "second", cells=cells, limits=limits, measures=_loose(), **LEAVER)


def _loose() -> dict[str, dict[str, object]]:
    return {"workload": {"column": "hours", "tolerance": 0.9}, "potential": {"column": "revenue"}}


def test_figures_follow_from_the_plan_files(plans: tuple[Path, Path]) -> None:
    """Shifts, gains, losses and key figures are those that another reading of the CSV files finds."""
    comparison = compare(read_sides(plans, None))
    rows = {"A": evaluator.rows_of(plans[0]), "B": evaluator.rows_of(plans[1])}
    held = {"today": evaluator.shares(rows["A"], "current_rep")}
    held |= {key: evaluator.shares(own, "rep") for key, own in rows.items()}
    staying = {"A": {"R1", "R2", "R3"}, "B": {"R1", "R3"}}
    assert [(shift.before, shift.after) for shift in comparison.shifts] == [("today", "A"), ("today", "B"), ("A", "B")]
    for shift in comparison.shifts:
        before = held["today"] if shift.before == "today" else held["A"]
        expected = evaluator.shift(before, held[shift.after], rows[shift.after], staying[shift.after])
        for name in ("moved_units", "avoidable_units", "unavoidable_units", "new_units", "people"):
            assert getattr(shift, name) == expected[name], (shift.before, shift.after, name)
        assert shift.moved_percent == pytest.approx(expected["moved_percent"])
        for rep in shift.reps:
            _same_turnover(rep, rep.gained, expected["gained"])
            _same_turnover(rep, rep.lost, expected["lost"])
    told = {figure.name: figure for figure in comparison.figures}
    for key, folder in zip("AB", plans, strict=True):
        for name, amount in evaluator.figures(folder).items():
            assert told[name].amounts[key] == pytest.approx(amount), (name, key)


def _same_turnover(rep: RepChange, turnover: Turnover, expected: dict[str, dict[str, float]]) -> None:
    own = expected.get(rep.rep, {"units": 0, "workload": 0.0, "potential": 0.0})
    assert turnover.units == own["units"]
    assert turnover.loads == pytest.approx({name: own[name] for name in turnover.loads})


def test_moves_agree_with_the_reports(plans: tuple[Path, Path]) -> None:
    """What changes hands from today is what each plan's own report says."""
    sides = read_sides(plans, None)
    for side, shift in zip(sides, compare(sides).shifts, strict=False):
        changes = side.report.changes
        assert changes is not None
        assert (shift.moved_units, shift.unavoidable_units) == (changes.moved_units, changes.unavoidable_units)
        assert shift.moved_percent["potential"] == pytest.approx(changes.moved_potential_percent)


def test_what_differs_in_the_input_is_told(plans: tuple[Path, Path]) -> None:
    """The leaving rep and the other tolerance are listed, what is equal isn't."""
    changes = compare(read_sides(plans, None)).inputs
    told = {(change.kind, change.place): (change.before, change.after) for change in changes}
    assert told["rep", "R2 Bo: status"] == ("active", "leaving")
    assert told["scenario", "reps.change"] == (None, {"R2": {"status": "leaving"}})
    assert all(place.startswith("measures.") for kind, place in told if kind == "scenario" and place != "reps.change")
    assert not [kind for kind, _ in told if kind in ("file", "units", "total", "today")]


def valued(side: Side, value: float, bound: float | None) -> Side:
    """Return a side with another value and bound."""
    gap = None if bound is None else (value - bound) / value
    report = side.report.model_copy(update={"value": value, "bound": bound, "gap": gap, "broken": []})
    return replace(side, report=report)


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ((10.0, 9.0), (10.5, 9.8), "tie"),
        ((10.0, 9.0), (10.5, 10.4), "left"),
        ((10.5, 9.8), (10.0, 9.0), "tie"),
        ((12.0, 11.9), (10.0, 9.9), "right"),
        ((10.0, None), (10.0, None), "tie"),
        ((10.0, None), (10.1, None), "left"),
    ],
)
def test_a_tie_is_what_the_proof_leaves_open(
    plans: tuple[Path, Path], left: tuple[float, float | None], right: tuple[float, float | None], relation: str
) -> None:
    """Plans tie where the larger value could, for all that is proven, be as small as the other."""
    first, _ = read_sides(plans, None)
    assert pair(valued(first, *left), replace(valued(first, *right), key="B")).relation == relation


def test_other_goals_data_or_broken_rules_forbid_ranking(plans: tuple[Path, Path]) -> None:
    """Values of different questions are never ranked, and the reason is said in the headline's text."""
    sides = read_sides(plans, None)
    comparison = compare(sides)
    assert comparison.pairs[0].relation == "unknown" and comparison.pairs[0].difference is None
    assert "their reps differ" in comparison.verdict.text
    goals = [goal.model_copy(update={"weight": 2 * goal.weight}) for goal in sides[0].report.goals]
    other = replace(sides[0], key="B", report=sides[0].report.model_copy(update={"goals": goals}))
    assert pair(sides[0], other).reasons == ["their goals have other weights"]


def test_a_bare_plan_is_judged_by_its_scenario(plans: tuple[Path, Path], tmp_path: Path) -> None:
    """A hand-made file compares like a folder; without a scenario it is refused."""
    first = plans[0]
    mine = swapped(first / "plan.csv", tmp_path / "mine.csv", {"01": "R2"})
    sides = read_sides([first, mine], first.parent / "scenario.yaml")
    shift = compare(sides).shifts[-1]
    assert [(move.unit, move.after) for move in shift.moves] == [("01", "R2")]
    with pytest.raises(InputError, match="without its scenario"):
        read_sides([first, mine], None)
    with pytest.raises(InputError, match="5 plans were given"):
        read_sides([first] * 5, None)


def test_a_plan_against_itself_ties_and_moves_nothing(plans: tuple[Path, Path]) -> None:
    """Equal plans differ in nothing, and the schema describes what is told."""
    comparison = compare(read_sides([plans[0], plans[0]], None))
    assert comparison.verdict.best == ["A", "B"] or comparison.pairs[0].reasons
    assert comparison.inputs == [] and comparison.shifts[-1].moves == []
    assert all(_is_nothing(figure) for figure in comparison.figures)
    schema = Comparison.model_json_schema(mode="serialization")
    jsonschema.validate(json.loads(comparison.model_dump_json()), schema)


def _is_nothing(figure: Figure) -> bool:
    return figure.differences["B"] in (0, None)


def test_open_territories_are_called_by_what_they_share(tmp_path: Path) -> None:
    """Territories that only have other codes move nothing; one without a counterpart is told apart."""
    free = {"measures": _loose(), "limits": {"contiguity": "preferred"}, "rules": {}, "skills": []}
    first = solved(tmp_path / "free", reps={"count": 3}, **free)
    side = read_sides([first, first], None)[1]
    turned = {"T001": "T002", "T002": "T003", "T003": "T001"}
    features = [
        one | {"properties": one["properties"] | {"territory": turned[one["properties"]["territory"]]}}
        for one in side.document["features"]
    ]
    territories = [row.model_copy(update={"territory": turned[row.territory]}) for row in side.report.territories]
    report = side.report.model_copy(update={"territories": territories})
    other = replace(side, report=report, document={"features": features})
    sides = aligned([replace(side, key="A"), other])
    assert compare(sides).shifts[-1].moves == []
    assert compare([replace(side, key="A"), other]).shifts[-1].moves != []
    fourth = solved(tmp_path / "four", reps={"count": 4}, **free)
    codes = {row.territory for row in aligned(read_sides([first, fourth], None))[1].report.territories}
    assert {"T001", "T002", "T003"} < codes and len(codes) == 4
