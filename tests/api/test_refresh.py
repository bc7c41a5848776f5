"""`territory refresh` as planners and scripts use it: from a result folder to the next solve."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from api.cli.app import app
from api.cli.exits import Exit
from tests.scenarios.grid import features, solve_grid


def territory(*arguments: object) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, list(map(str, arguments)))


def test_from_a_result_to_the_next_solve(tmp_path: Path) -> None:
    """The golden path: last year's folder and a new file give a scenario that checks, scores and solves with --from."""
    solve_grid(tmp_path)
    counties = [county for county in features() if county["properties"]["fips"] != "24"]
    counties[1]["properties"]["revenue"] *= 2
    new = tmp_path / "new.geojson"
    new.write_text(json.dumps({"type": "FeatureCollection", "features": counties}), encoding="utf-8")
    out = tmp_path / "next"
    run = territory("refresh", tmp_path / "out", new, "--out", out, "--json")
    assert run.exit_code == Exit.DONE, run.stderr
    data = json.loads(run.stdout)
    assert data["files"] == ["scenario.yaml", "plan.csv", "refresh.csv", "refresh.json"]
    assert data["refresh"] == json.loads((out / "refresh.json").read_text(encoding="utf-8"))
    assert data["refresh"]["counts"] == {"changed unit": 1, "closed unit": 1, "dropped plan row": 1}
    assert territory("check", out / "scenario.yaml").exit_code == Exit.DONE
    plan = out / "plan.csv"
    score = territory("score", out / "scenario.yaml", plan, "--out", tmp_path / "score", "--no-map")
    assert score.exit_code in (Exit.DONE, Exit.BROKEN_PLAN), score.stderr
    solve = territory("solve", out / "scenario.yaml", "--from", plan, "--out", tmp_path / "solve", "--no-map")
    assert solve.exit_code == Exit.DONE, solve.stderr


def test_it_says_what_changed(tmp_path: Path) -> None:
    """People read counts and findings; --quiet prints nothing; bad input is 2 and names the column."""
    solve_grid(tmp_path)
    (tmp_path / "new.csv").write_text("fips,county,hours,revenue,industry,owner\n01,C,9,9,retail,R1\n")
    arguments = ("refresh", tmp_path / "scenario.yaml", tmp_path / "new.csv", "--out", tmp_path / "next")
    run = territory(*arguments)
    assert run.exit_code == Exit.DONE and "24 units before, 1 now" in run.stdout
    assert "23 closed unit" in run.stdout and "is closed" in run.stderr
    assert territory(*arguments, "--quiet").output == ""
    (tmp_path / "new.csv").write_text("id,hours\n01,9\n")
    run = territory(*arguments, "--quiet")
    assert run.exit_code == Exit.BAD_INPUT and "has no column fips" in run.stderr
