"""A scope: what is planned may change, nothing else does."""

from pathlib import Path

import numpy as np
import pytest

from geodata.findings import InputError
from optimizer.options import SolveOptions
from optimizer.solve import solve
from scenarios.case import Case
from scenarios.export.tables import plan_rows
from scenarios.prepare.plan import read_plan
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from scenarios.report.answer import given_answer
from tests.scenarios.tiny_study import write

REPS = "id,lat,lon,region\nR1,50,10.0,West\nR2,50,10.1,West\nR3,50,10.2,East\nR4,50,10.3,East\nR5,50,10.35,East\n"
ROW = "id,name,lat,lon,hours,revenue,kind,owner,years\n" + "".join(
    f"U{i},Unit {i},50,{10 + 0.05 * i:.2f},10,{100 + i},k{i // 4},R{1 + i // 2},1\n" for i in range(8)
)


def scoped(folder: Path, scope: object, before: Path | None = None, units: str = ROW, **more: object) -> Case:
    """Prepare eight units in a row, two for each of four reps, of which a scope is planned."""
    bands = {"workload": {"column": "hours", "tolerance": 0.4}, "potential": {"column": "revenue"}}
    path = write(folder, {"scope": scope, "measures": bands, **more}, {"units.csv": units, "reps.csv": REPS})
    return prepare(read(path), before)


def test_only_the_scope_moves(tmp_path: Path) -> None:
    """The best plan of the part leaves every other unit with its rep, and a fixed rep keeps the rest of theirs."""
    swapped = ROW.replace("k0,R1,1\nU1", "k0,R2,1\nU1").replace("k0,R2,1\nU3", "k0,R1,1\nU3")
    case = scoped(tmp_path, {"where": {"kind": "k0"}}, units=swapped, goals={"travel": 1})
    result = solve(case.problem, SolveOptions(effort=0.05, time_limit_s=None, workers=1))
    seats = [case.seats[seat].code for seat in result.plan.owner]
    assert seats == ["R1", "R1", "R2", "R2", "R3", "R3", "R4", "R4"]
    assert not result.score.broken
    assert [seat.code for seat in case.seats] == ["R1", "R2", "R3", "R4"], "R5 has nothing and is left out"
    rows = plan_rows(given_answer(case, result.plan))
    assert [row[rows.columns.index("reason")] for row in rows.cells] == [""] * 4 + ["outside the scope"] * 4


def test_who_is_in_scope(tmp_path: Path) -> None:
    """Who holds a unit there; who holds nothing and lives there; or who is named."""
    allowed = scoped(tmp_path, {"where": {"kind": "k1"}}).problem
    assert _may(allowed, 7) == [2, 3, 4]
    assert _may(scoped(tmp_path, {"where": {"kind": "k1"}, "reps": ["R2", "R3"]}).problem, 7) == [1, 2]
    assert _may(scoped(tmp_path, {"where": {"region": "West"}}).problem, 0) == [0, 1]


def _may(problem: object, unit: int) -> list[int]:
    forbidden = {tuple(pair) for pair in problem.forbidden.tolist()}
    return [rep for rep in range(problem.n_reps) if (unit, rep) not in forbidden]


def test_frozen_units_count_and_break_nothing(tmp_path: Path) -> None:
    """What stays is in the loads; bands, skills, reach and pieces hold only for what is planned."""
    apart = ROW.replace("k1,R4,1\nU7", "k1,R1,1\nU7")
    limits = {"max_distance_km": 5}
    case = scoped(tmp_path, {"where": {"kind": "k0"}}, units=apart, limits=limits)
    problem = case.problem
    owner = case.problem.current
    loads = np.bincount(owner, problem.load[0], problem.n_reps)
    assert problem.target[0, :2].sum() == pytest.approx(loads[:2].sum())
    given = given_answer(case, read_plan(_written(tmp_path, owner, case), case)[0])
    assert {rule.rule for rule in given.score.broken} <= {"band", "contiguity"}
    assert all(set(rule.reps) <= {0, 1} for rule in given.score.broken)
    assert given.score.pieces.tolist()[2:] == [1, 1]


def test_the_plan_of_from_freezes(tmp_path: Path) -> None:
    """With an earlier plan its owners stay, not today's."""
    write(tmp_path, files={"units.csv": ROW})
    plan = tmp_path / "plan.csv"
    plan.write_text("unit,rep\n" + "".join(f"U{i},R{4 - i // 2}\n" for i in range(8)), encoding="utf-8")
    case = scoped(tmp_path, {"where": {"kind": "k0"}}, before=plan)
    assert case.problem.locked.tolist() == [-1] * 4 + [1, 1, 0, 0]


def test_a_scope_that_means_nothing_is_refused(tmp_path: Path) -> None:
    """An unknown value, an unknown rep and free territories are errors with a hint."""
    for scope, more, code in (
        ({"where": {"kind": "k9"}}, {}, "unknown-value"),
        ({"where": {"kind": "k0"}, "reps": ["R9"]}, {}, "unknown-rep"),
        ({"where": {"kind": "k0"}}, {"reps": {"count": 2}}, "scope-without-reps"),
    ):
        with pytest.raises(InputError) as raised:
            scoped(tmp_path, scope, **more)
        assert [finding.code for finding in raised.value.findings if finding.level == "error"] == [code]


def _written(folder: Path, owner: np.ndarray, case: Case) -> Path:
    path = folder / "given.csv"
    rows = [f"{unit},{case.seats[seat].code}" for unit, seat in zip(case.units["unit"], owner.tolist(), strict=True)]
    path.write_text("unit,rep\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_nobodys_units_outside_are_told(tmp_path: Path) -> None:
    """A unit outside the scope without a rep counts with the nearest one there, and that is said."""
    case = scoped(tmp_path, {"where": {"kind": "k0"}}, units=ROW.replace("k1,R4,1\nU7", "k1,,1\nU7"))
    assert case.seats[case.problem.locked[6]].code in ("R3", "R4")
    assert [finding.code for finding in case.findings if finding.level == "warning"] == ["frozen-without-rep"]
