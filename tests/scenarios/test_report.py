"""The report says of a plan what anybody can count again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.plan import Plan
from optimizer.result import Reason
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from scenarios.report.answer import Answer, given_answer, solved_answer
from scenarios.report.build import build_report
from scenarios.report.model import Report
from scenarios.report.provenance import Run
from scenarios.report.summary import summary
from scenarios.report.words import apart
from tests.scenarios.evaluator import evaluate
from tests.scenarios.grid import STARTED, owner, solve_grid, write_grid

RUN = Run("score", STARTED, 0.0, "scenario.yaml", "", None)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answer, Report]:
    """The grid country, solved and written."""
    folder = tmp_path_factory.mktemp("solved")
    return folder, *solve_grid(folder)


def given(folder: Path, owners: list[int], **changes: Any) -> Report:
    """Return the report of a hand-made plan of the grid country."""
    case = prepare(read(write_grid(folder, **changes)))
    return build_report(given_answer(case, Plan(np.array(owners))), RUN)


def same_figures(report: Report, counted: dict[str, Any]) -> Iterator[bool]:
    """Yield whether each figure of the report is what was counted."""
    yield report.value == pytest.approx(counted["value"], rel=1e-6)
    yield {goal.name: goal.amount for goal in report.goals} == pytest.approx(counted["goals"], rel=1e-6)
    for row in report.territories:
        own = counted["territories"][row.rep]
        yield row.units == own["units"]
        yield {name: load.load for name, load in row.loads.items()} == pytest.approx(own["load"], rel=1e-9)
        yield {name: load.index for name, load in row.loads.items()} == pytest.approx(own["index"], rel=1e-6)
        yield (row.mean_km, row.max_km, row.fit) == pytest.approx((own["mean_km"], own["max_km"], own["fit"]), rel=1e-6)


def test_every_figure_follows_from_plan_csv(solved: tuple[Path, Answer, Report]) -> None:
    """An outside evaluator that reads plan.csv and the inputs gets the same value, goals and figures."""
    folder, _, report = solved
    assert all(same_figures(report, evaluate(folder, folder / "out" / "plan.csv")))
    assert report.status == "optimal" and not report.broken


@pytest.mark.parametrize("mode", ["split", "share"])
def test_figures_of_divided_units_follow_from_their_shares(tmp_path: Path, mode: str) -> None:
    """A unit that several reps share is counted by its shares, and once for each of them."""
    heavy = {"09": {"hours": 700}}
    answer, report = solve_grid(tmp_path, cells=heavy, limits={"oversize": mode}, solve={"effort": 0.01})
    assert len(answer.plan.owner) > len(answer.case.units) == 24
    assert sum(row.units for row in report.territories) > 24
    assert all(same_figures(report, evaluate(tmp_path, tmp_path / "out" / "plan.csv")))


def test_today_counts_owners_without_a_seat(solved: tuple[Path, Answer, Report]) -> None:
    """Units of a rep who leaves are shown under that rep, without a target, and are nobody's to the rules."""
    _, _, report = solved
    assert report.today is not None
    rows = {row.territory: row for row in report.today.territories}
    counted = [owner(row, column) for row in range(4) for column in range(6)]
    assert {code: row.units for code, row in rows.items()} == {
        rep: counted.count(rep) for rep in ("R1", "R2", "R3", "R9")
    }
    assert rows["R9"].status == "leaving" and rows["R9"].loads["workload"].target is None
    (nobodys,) = (rule for rule in report.today.broken if rule.rule == "owner")
    assert nobodys.units == ["22", "23", "24"]


def test_changes_tell_moved_new_and_unavoidable(tmp_path: Path) -> None:
    """Moves are counted against today's reps; units without one are new, and leavers' units move unavoidably."""
    report = given(tmp_path, [0] * 24)
    assert report.changes is not None
    assert (report.changes.units_with_rep, report.changes.moved_units, report.changes.unavoidable_units) == (23, 11, 2)
    assert report.territories[0].moved == 11


def test_empty_territories_have_no_figures_that_are_not_numbers(tmp_path: Path) -> None:
    """A mean over nothing is null, never NaN, and the JSON stays JSON."""
    report = given(tmp_path, [0] * 24)
    empty = report.territories[1]
    assert (empty.units, empty.mean_km, empty.max_km, empty.fit) == (0, None, None, None)
    assert "NaN" not in report.model_dump_json() and "Infinity" not in report.model_dump_json()
    assert report.status == "unknown" and report.stop_reason is None and report.gap is None


def test_no_band_is_neither_kept_nor_missed(tmp_path: Path) -> None:
    """Without a tolerance a territory is not called in band."""
    measures = {"workload": {"column": "hours"}, "potential": {"column": "revenue", "tolerance": 0.5}}
    loads = given(tmp_path, [0] * 24, measures=measures).territories[0].loads
    assert loads["workload"].in_band is None and loads["potential"].in_band is False


def test_broken_rules_and_causes_use_the_customers_ids(tmp_path: Path) -> None:
    """Somebody who knows only their own ids and units can see what is wrong, and whether it is proven."""
    answer, _ = solve_grid(tmp_path)
    reason = Reason("conflict", "band", (), (1,), "workload", 0.0, 168.0, True, "only 120 are within reach")
    case, plan = answer.case, Plan(np.where(answer.plan.owner == 1, 0, answer.plan.owner))
    assert answer.result is not None
    nearest = replace(answer.result, plan=plan, score=given_answer(case, plan).score, reasons=(reason,))
    report = build_report(solved_answer(case, nearest), RUN)
    (band,) = (rule for rule in report.broken if rule.territories == ["R2"] and rule.measure == "workload")
    assert band.where == "territory R2 (Bo), measure workload" and (band.amount, band.limit) == (0.0, 168.0)
    assert band.evidence == "proven" and band.cause.endswith("only 120 are within reach")
    (contiguous,) = (rule for rule in report.broken if rule.rule == "empty")
    assert contiguous.evidence == "observed"
    assert report.reasons[0].text == "territory R2 (Bo), measure workload: only 120 are within reach"


def test_free_territories_are_named_from_west_to_east_and_matched(tmp_path: Path) -> None:
    """With a count, codes run from west to east and each rep gets the territory around the own home."""
    answer, report = solve_grid(tmp_path, reps={"file": "reps.csv", "count": 3}, skills=[], rules={})
    west = [_middle(answer, seat) for seat in range(3)]
    assert [row.territory for row in report.territories] == ["T001", "T002", "T003"] and west == sorted(west)
    assert [row.rep for row in report.territories] == ["R1", "R2", "R3"]
    assert report.bound is None or report.bound <= report.value


def test_codes_stay_where_most_of_their_potential_was(tmp_path: Path) -> None:
    """Against an earlier plan a code doesn't wander, whatever column the solver put a territory in."""
    answer, _ = solve_grid(tmp_path, reps={"count": 3}, skills=[], rules={})
    assert answer.result is not None
    earlier = Plan((answer.plan.owner + 1) % 3)
    again = solved_answer(answer.case, answer.result, earlier)
    assert (again.plan.owner == earlier.owner).all()
    assert again.score.value == pytest.approx(answer.score.value)


def test_summary_never_promises_more_than_is_proven(solved: tuple[Path, Answer, Report]) -> None:
    """The sentence on the gap is rounded away from the plan's favour, and absent without a proof."""
    _, _, report = solved
    feasible = report.model_copy(update={"status": "feasible", "gap": 0.01231})
    assert "by more than 1.24 %" in summary(feasible)
    assert "can beat" not in summary(report.model_copy(update={"status": "feasible", "gap": None}))
    assert "3 of 3 territories are in band, against 2 today" in summary(report)


def test_amounts_beside_their_limit_read_differently() -> None:
    """A miss of a little doesn't read as "1,419 where the band ends at 1,419"."""
    assert apart(1419.37, 1419.41) == ("1,419.37", "1,419.41")
    assert apart(3.0, 3.0) == ("3", "3")


def _middle(answer: Answer, seat: int) -> float:
    lon = answer.case.units["lon"].to_numpy(dtype=float)
    return float(lon[answer.plan.owner == seat].mean())
