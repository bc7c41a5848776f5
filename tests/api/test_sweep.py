"""The commands sweep and explain, from the shell to their files."""

import json
from pathlib import Path

from typer.testing import CliRunner

from api.cli.app import app
from api.cli.exits import Exit
from tests.scenarios.grid import solve_grid, write_grid

SOLVE = {"effort": 0.02, "gap": 0.001, "workers": 1}


def run(*words: str | Path) -> tuple[int, dict[str, object]]:
    """Run a command with --json; return its exit code and answer."""
    result = CliRunner().invoke(app, ["--json", "--quiet", *map(str, words)])
    return result.exit_code, json.loads(result.stdout)


def test_sweep_writes_its_files_and_tells_the_best(tmp_path: Path) -> None:
    """A sweep leaves a page, tables, pictures and folders that verify, and says so."""
    path, out = write_grid(tmp_path, solve=SOLVE), tmp_path / "out"
    code, answer = run("sweep", path, "--vary", "measures.workload.tolerance=0.3,0.001", "--out", out, "--no-map")
    assert code == Exit.DONE
    for name in ("sweep.html", "sweep.csv", "sweep.json", "front.png", "front.svg", "proposal-1/report.json"):
        assert (out / name).stat().st_size > 0
    assert answer["sweep"] == json.loads((out / "sweep.json").read_text())
    page = (out / "sweep.html").read_text()
    assert "Proposal 1" in page and "What-ifs without a plan" in page and "<script" not in page
    assert run("verify", out / "proposal-1")[0] == Exit.DONE


def test_a_sweep_without_any_plan_says_so(tmp_path: Path) -> None:
    """Where every point is proven infeasible the exit code is that of an infeasible scenario."""
    path = write_grid(tmp_path, solve=SOLVE)
    code, answer = run("sweep", path, "--vary", "measures.workload.tolerance=0.001,0", "--out", tmp_path / "out")
    assert code == Exit.INFEASIBLE
    assert isinstance(answer["sweep"], dict) and answer["sweep"]["proposals"] == []


def test_a_sweep_of_nothing_is_bad_input(tmp_path: Path) -> None:
    """Neither nothing nor two things at once say what to sweep."""
    path, file = write_grid(tmp_path), tmp_path / "sweep.yaml"
    file.write_text("proposals: 2\n")
    for words in ((), ("--file", file, "--vary", "a=1"), ("--proposals", "8"), ("--vary", "a")):
        assert run("sweep", path, "--out", tmp_path / "out", *words)[0] == Exit.BAD_INPUT


def test_explain_answers_one_question_at_a_time(tmp_path: Path) -> None:
    """A folder that solve wrote can be asked about a unit, a rep and a limit, and only about one of them."""
    solve_grid(tmp_path)
    folder = tmp_path / "out"
    for words in (("--unit", "08"), ("--rep", "R2"), ("--limit", "measures.workload.tolerance", "--effort", "0.02")):
        code, answer = run("explain", folder, *words)
        assert code == Exit.DONE
        assert isinstance(answer["answer"], dict) and answer["answer"]["summary"]
    assert run("explain", folder)[0] == Exit.BAD_INPUT
    assert run("explain", folder, "--unit", "08", "--rep", "R2")[0] == Exit.BAD_INPUT
    assert run("explain", tmp_path / "scenario.yaml", "--plan", folder / "plan.csv", "--unit", "8")[0] == Exit.BAD_INPUT
