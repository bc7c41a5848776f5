"""Sweeps: the front is the true one, proposals differ, and nothing depends on who finishes first."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.findings import InputError
from scenarios.export.folder import write_files
from scenarios.export.sweep_files import sweep_files, write_proposals
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from scenarios.sweep.front import BALANCE, DISRUPTION, TRAVEL, apart, on_front, worst_deviation
from scenarios.sweep.points import Point, Step, grid
from scenarios.sweep.proposals import Front, choose
from scenarios.sweep.report import Clock, build_sweep_report
from scenarios.sweep.solve_point import PointAnswer
from scenarios.sweep.sweep import Sweep, SweepWish, sweep
from scenarios.sweep.vary import Vary, changed, parse_vary
from scenarios.sweep.written import read_wish
from tests.optimizer.brute import all_scores
from tests.scenarios.tiny_study import write

UNITS = """id,name,lat,lon,hours,revenue,owner
A,Ashby,50.0,10.0,30,300,R1
B,Bray,50.0,10.1,20,200,R1
C,Corfe,50.0,10.2,10,150,R1
D,Dale,50.0,10.3,20,200,R1
E,Epping,50.0,10.4,15,100,R2
F,Fen,50.0,10.5,25,350,R2
G,Goole,50.1,10.2,35,250,R2
"""
REPS = "id,lat,lon\nR1,50.0,10.0\nR2,50.0,10.5\n"
GOALS = (BALANCE, TRAVEL, DISRUPTION)
STARTED = datetime(2026, 11, 1, tzinfo=UTC)
EFFORT = {"effort": 0.02, "gap": 0.0, "workers": 1}


def study(folder: Path, **changes: Any) -> Path:
    """Write seven units in two rows, and two reps who today hold them out of balance."""
    document = {"goals": {"travel": 1}, "solve": EFFORT, **changes}
    return write(folder, document, {"units.csv": UNITS, "reps.csv": REPS})


def swept(path: Path, varies: Sequence[Vary], **changes: Any) -> Sweep:
    """Sweep without looking."""
    return sweep(read(path), SweepWish(tuple(varies), changes=changes), lambda: False, lambda *_: None)


def written(found: Sweep, out: Path) -> dict[str, bytes]:
    """Return the files of a sweep."""
    out.mkdir()
    write_proposals(out, found, STARTED, draws_map=False)
    files = sweep_files(build_sweep_report(found, Clock(STARTED, 0.0, "scenario.json")))
    write_files(out, files)
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def all_figures(found: Sweep) -> np.ndarray[Any, Any]:
    """Return every figure of every point; each has a plan."""
    names = [goal.name for goal in found.goals]
    return np.array([[found.solved(i).figures[name] for name in names] for i in sorted(found.answers)])


def true_front(path: Path) -> list[tuple[float, ...]]:
    """Enumerate every plan, judge it, and return the figures that no other feasible one beats."""
    problem = prepare(read(path)).problem
    scores = [score for score in all_scores(problem) if not score.broken]
    figures = np.array(
        [(worst_deviation(problem, score), score.goals[0].amount, score.goals[3].amount) for score in scores]
    )
    return sorted(map(tuple, figures[on_front(figures, [1, 1, 1])].tolist()))


def test_the_front_is_the_true_front(tmp_path: Path) -> None:
    """Least travel within every limit on balance and disruption gives exactly the plans that no other plan beats."""
    path = study(tmp_path)
    truth = true_front(path)
    assert len(truth) > 3
    bands = sorted({f"{figures[0] / 100 + 1e-9:.12f}" for figures in truth})
    budgets = sorted({f"{figures[2] / 100 + 1e-9:.12f}" for figures in truth})
    found = swept(
        path, [Vary("measures.*.tolerance", tuple(bands)), Vary("limits.disruption.potential", tuple(budgets))]
    )
    figures = np.array([[found.solved(i).figures[goal.name] for goal in GOALS] for i in sorted(found.answers)])
    front = sorted(map(tuple, figures[on_front(figures, [1, 1, 1])].tolist()))
    np.testing.assert_allclose(front, truth, rtol=1e-9)
    assert found.front == tuple(np.flatnonzero(on_front(all_figures(found), [1, 1, 1, -1])).tolist())


def test_a_beaten_plan_is_not_on_the_front() -> None:
    """The front holds ties once, and minds which way is better."""
    figures = np.array([[1.0, 5.0], [2.0, 6.0], [2.0, 4.0], [1.0, 5.0], [3.0, 7.0]])
    assert on_front(figures, [1, -1]).tolist() == [True, True, False, False, True]


def test_proposals_differ_and_are_few() -> None:
    """At most seven, each 5 % apart from each other in a goal or in who owns what."""
    rng = np.random.default_rng(0)
    figures = 10.0 + rng.random((60, 3))
    owner = rng.random(60)
    front = Front(figures, GOALS, lambda a, b: abs(float(owner[a] - owner[b])))
    rows = [chosen.row for chosen in choose(front)]
    assert 2 <= len(rows) == len(set(rows)) <= 7
    for a in rows:
        for b in rows:
            different = [apart(goal, figures[a, i], figures[b, i]) for i, goal in enumerate(GOALS)]
            assert a == b or any(different) or abs(owner[a] - owner[b]) >= 0.05


def test_processes_change_nothing(tmp_path: Path) -> None:
    """Two processes give the same bytes as one, in every file, and each proposal's folder verifies by its scenario."""
    path = study(tmp_path)
    varies = [Vary("limits.disruption.potential", ("0.1", "0.6"))]
    one = written(swept(path, varies, workers=1), tmp_path / "one")
    two = written(swept(path, varies, workers=2), tmp_path / "two")
    assert one.keys() == two.keys() and "proposal-1/scenario.yaml" in one
    for name in one:
        if name.endswith(".json"):
            first, second = json.loads(one[name]), json.loads(two[name])
            first.pop("timing", None), second.pop("timing", None)
            assert first == second
        else:
            assert one[name] == two[name], name


def test_points_without_a_plan_are_answers(tmp_path: Path) -> None:
    """An impossible limit is a result with reasons, values that make no sense one with findings."""
    found = swept(study(tmp_path), [Vary("measures.workload.tolerance", ("0.4", "0", "-1"))])
    report = build_sweep_report(found, Clock(STARTED, 0.0, ""))
    by_value = {point.values["measures.workload.tolerance"]: point for point in report.points}
    assert by_value["0.4"].status == "optimal"
    assert by_value["0"].status == "infeasible" and by_value["0"].reasons
    assert by_value["-1"].status == "refused" and "at least 0" in by_value["-1"].findings[0].message


def test_chosen_points_reach_from_end_to_end(tmp_path: Path) -> None:
    """Without a grid the sweep finds the best of each goal, and proposals between them."""
    path = study(tmp_path)
    found = sweep(read(path), SweepWish(proposals=5), lambda: False, lambda *_: None)
    truth = np.array(true_front(path))
    reached = np.array([[found.solved(i).figures[goal.name] for goal in GOALS] for i in found.front])
    assert reached[:, 1:].min(axis=0) == pytest.approx(truth[:, 1:].min(axis=0))
    assert {tuple(row) for row in reached.round(6)} <= {tuple(row) for row in truth.round(6)}
    assert 2 <= len(found.proposals) <= 5


def test_a_stop_keeps_finished_points(tmp_path: Path) -> None:
    """Ctrl-C loses only what was not finished."""
    done: list[PointAnswer] = []

    def on_point(_: Sequence[Point], answer: PointAnswer) -> None:
        done.append(answer)

    wish = SweepWish((Vary("measures.workload.tolerance", ("0.3", "0.4", "0.5", "0.6")),))
    found = sweep(read(study(tmp_path)), wish, lambda: len(done) >= 2, on_point)
    report = build_sweep_report(found, Clock(STARTED, 0.0, ""))
    assert len(found.answers) == 2
    assert [point.status for point in report.points] == ["optimal", "optimal", "unfinished", "unfinished"]


def test_starts_are_near_and_come_first() -> None:
    """Every point of a grid but the first starts from an earlier one, and few have to wait for long."""
    steps = [Step({"a": i}) for i in range(9)]
    points = grid([steps, [Step({"b": i}) for i in range(5)]])
    assert len(points) == 45 and points[0].start is None
    assert all(point.start is not None and point.start < i for i, point in enumerate(points) if i)
    depth = [0] * 45
    for i, point in enumerate(points):
        depth[i] = 0 if point.start is None else depth[point.start] + 1
    assert max(depth) <= 4


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("measures.workload.tolernace", "0.1", "unknown-field"),
        ("name.first", "x", "unknown-field"),
        ("limits.*.x", "1", "unknown-field"),
        ("goals.travel", "much", "invalid-value"),
    ],
)
def test_mistaken_parameters_are_named(tmp_path: Path, path: str, value: str, code: str) -> None:
    """A parameter that is not there, or takes no such value, is a finding with a remedy."""
    with pytest.raises(InputError) as error:
        changed(read(study(tmp_path)), {path: value})
    assert error.value.findings[0].code == code and error.value.findings[0].hint.startswith("Maybe")


def test_options_and_files_say_the_same(tmp_path: Path) -> None:
    """What --vary says can be written into a file, where whole parts of the document may vary too."""
    file = tmp_path / "sweep.yaml"
    file.write_text("vary:\n  measures.*.tolerance: [0.1, 0.2]\n  goals: [{travel: 1}, {balance: 1}]\nproposals: 3\n")
    wish = read_wish(file)
    assert wish.varies[0] == parse_vary("measures.*.tolerance=0.1, 0.2")
    assert wish.varies[1].values == ({"travel": "1"}, {"balance": "1"}) and wish.proposals == 3
    for text in ("vary: [a]", "vary: {a: 1}", "proposals: 9", "very: {a: [1]}", "", "vary: {a: []}"):
        file.write_text(text)
        with pytest.raises(InputError):
            read_wish(file)
    for option in ("a", "a=", "=1", "a=,"):
        with pytest.raises(InputError):
            parse_vary(option)


def test_goals_that_say_nothing_are_left_out(tmp_path: Path) -> None:
    """Without today's plan nothing is disrupted, and the front is over what is left."""
    units = {"file": "units.csv", "id": "id"}
    found = swept(study(tmp_path, units=units), [Vary("measures.workload.tolerance", ("0.3", "0.5"))])
    assert [goal.name for goal in found.goals] == ["balance", "travel", "contribution"]
