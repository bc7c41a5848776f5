"""What-if planning from the command line: a variant, two planners' parts, their merge, and a comparison."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.app import app
from api.cli.exits import Exit
from tests.scenarios.grid import write_grid


def territory(*arguments: object) -> tuple[int, dict[str, Any]]:
    """Run a command with --json and return its exit code and what it says."""
    run = CliRunner().invoke(app, [*map(str, arguments), "--json"])
    assert run.stdout.count("\n") == 1, run.stderr
    return run.exit_code, json.loads(run.stdout)


def variant(folder: Path, name: str, changes: dict[str, Any]) -> Path:
    """Write a variant of the grid scenario."""
    path = folder / f"{name}.json"
    document = {"schema_version": 1, "extends": "scenario.yaml", "name": name, "changes": changes}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two parts of the grid country, solved; bands are off, so that every part has a plan."""
    folder = tmp_path_factory.mktemp("study")
    measures = {"workload": {"column": "hours"}, "potential": {"column": "revenue"}}
    base = write_grid(folder, measures=measures, limits={"contiguity": "preferred"})
    assert base.name == "scenario.yaml"
    for name, reps in {"west": ["R1", "R2"], "east": ["R2", "R3"]}.items():
        where = {"owner": "R1" if name == "west" else "R3"}
        path = variant(folder, name, {"scope": {"where": where, "reps": reps}, "solve": {"effort": 0.02}})
        code, _ = territory("solve", path, "--out", folder / name, "--no-map")
        assert code == Exit.DONE
    return folder


def test_a_part_is_solved_verified_and_tied_to_its_base(study: Path) -> None:
    """The rest stays as it is today, verify agrees, and it notices when the base has changed."""
    rows = [line.split(",") for line in (study / "west" / "plan.csv").read_text(encoding="utf-8-sig").splitlines()]
    head = rows[0]
    for row in rows[1:]:
        now, then = row[head.index("current_rep")], row[head.index("rep")]
        assert now in ("R1", "R9", "") or now == then
        assert (row[head.index("reason")] == "outside the scope") == (now in ("R2", "R3"))
    code, checks = territory("verify", study / "west")
    assert code == Exit.DONE, checks
    base = study / "scenario.yaml"
    text = base.read_text(encoding="utf-8")
    base.write_text(text + "# changed\n", encoding="utf-8")
    code, found = territory("verify", study / "west")
    base.write_text(text, encoding="utf-8")
    assert (code, found["findings"][0]["code"], found["findings"][0]["file"]) == (2, "changed-input", "scenario.yaml")


def test_parts_merge_and_the_merged_plan_is_judged(study: Path, tmp_path: Path) -> None:
    """Parts that share no unit merge without a conflict; the outcome is a plan of the base."""
    code, merged = territory("merge", study / "west", study / "east", "--out", tmp_path / "merged")
    assert (code, merged["conflicts"], merged["open_units"]) == (Exit.DONE, [], 3)
    plan = tmp_path / "merged" / "plan.csv"
    code, _ = territory("score", study / "scenario.yaml", plan, "--out", tmp_path / "judged", "--no-map")
    assert code in (Exit.DONE, Exit.BROKEN_PLAN)


def test_a_conflict_is_listed_and_exits_with_5(tmp_path: Path) -> None:
    """Two planners who gave one unit to different reps are told so; the unit has nobody."""
    for name, rep in {"a": "R1", "b": "R2"}.items():
        (tmp_path / f"{name}.csv").write_text(f"unit,rep\n01,{rep}\n02,R3\n", encoding="utf-8")
    code, merged = territory("merge", tmp_path / "a.csv", tmp_path / "b.csv", "--out", tmp_path / "m")
    assert code == Exit.BROKEN_PLAN
    assert [(one["unit"], one["a.csv"], one["b.csv"]) for one in merged["conflicts"]] == [("01", "R1", "R2")]
    assert "01,,,,1," in (tmp_path / "m" / "plan.csv").read_text(encoding="utf-8-sig")


def test_compare_writes_every_form(study: Path, tmp_path: Path) -> None:
    """Screen, JSON, CSV, workbook and page come from one call; a missing folder is bad input."""
    forms = ["--csv", tmp_path / "tables", "--xlsx", tmp_path / "c.xlsx", "--html", tmp_path / "c.html"]
    code, told = territory("compare", study / "west", study / "east", *forms)
    assert code == Exit.DONE and len(told["files"]) == 8 and all(Path(name).is_file() for name in told["files"])
    assert told["verdict"]["headline"] and [plan["key"] for plan in told["plans"]] == ["A", "B"]
    shown = CliRunner().invoke(app, ["compare", str(study / "west"), str(study / "east")])
    assert told["verdict"]["headline"].split()[0] in shown.stdout
    code, found = territory("compare", study / "west", tmp_path / "nowhere", "--scenario", study / "scenario.yaml")
    assert (code, found["findings"][0]["code"]) == (Exit.BAD_INPUT, "missing-file")
