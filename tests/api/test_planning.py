"""`territory quota` and `territory robust` as people and scripts call them."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from api.cli.app import app
from api.cli.exits import Exit
from tests.scenarios.grid import write_grid


def ask(*words: object) -> tuple[int, dict[str, Any]]:
    """Run a command in this process with --json and return its exit code and its one object."""
    run = CliRunner().invoke(app, [*map(str, words), "--json"])
    data: dict[str, Any] = json.loads(run.stdout)
    assert data["exit_code"] == run.exit_code
    return run.exit_code, data


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The grid country with quotas, and a plan of it scored into `out`."""
    folder = tmp_path_factory.mktemp("study")
    scenario = write_grid(folder, quota={"potential": {"target": 90000, "step": 10}})
    lines = [f"{unit:02d},{('R1', 'R1', 'R2', 'R2', 'R3', 'R3')[(unit - 1) % 6]}" for unit in range(1, 25)]
    (folder / "mine.csv").write_text("\n".join(["unit,rep", *lines]), encoding="utf-8")
    CliRunner().invoke(app, ["score", str(scenario), str(folder / "mine.csv"), "--out", str(folder / "out"), "-q"])
    return folder


def test_quota_is_spread_again_after_an_edit(study: Path, tmp_path: Path) -> None:
    """A folder's quotas are recomputed from the scenario as it is now, and written as a table."""
    code, data = ask("quota", study / "out", "--out", tmp_path)
    assert code == Exit.DONE and sum(seat["quota"] for seat in data["quotas"][0]["territories"]) == 90000
    assert (tmp_path / "quotas.csv").read_bytes() == (study / "out" / "quotas.csv").read_bytes()
    document = yaml.safe_load((study / "scenario.yaml").read_text())
    edited = study / "edited.yaml"
    edited.write_text(yaml.safe_dump(document | {"quota": {"potential": {"target": 60000}}}))
    _, data = ask("quota", edited, "--plan", study / "mine.csv")
    assert sum(seat["quota"] for seat in data["quotas"][0]["territories"]) == 60000
    edited.write_text(yaml.safe_dump(document | {"quota": {"potential": {"target": 60000, "cap": {"amount": 9}}}}))
    code, data = ask("quota", edited, "--plan", study / "mine.csv")
    assert code == Exit.INFEASIBLE and "caps-below-target" in {finding["code"] for finding in data["findings"]}


def test_the_screen_shows_both_ways(study: Path) -> None:
    """People see every territory, every level with its sum below, and what is open."""
    shown = CliRunner().invoke(app, ["quota", str(study / "out")]).stdout
    for words in ("90,000 for the company", "sum below", "over-assigned", "open", "R1"):
        assert words in shown


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("quota", "scenario.yaml"), "missing-plan"),
        (("quota", "plain.yaml", "--plan", "mine.csv"), "missing-quota"),
        (("robust", "out", "--spread", "10"), "invalid-value"),
        (("robust", "out", "--spread", "ten"), "invalid-value"),
        (("robust", "out", "--draws", "0"), "invalid-value"),
        (("robust", "out", "--common", "0.1"), "invalid-value"),
        (("robust", "out", "--measure", "sales"), "unknown-measure"),
        (("robust", "nowhere"), "missing-file"),
    ],
)
def test_mistakes_are_findings(study: Path, words: tuple[str, ...], code: str) -> None:
    """What cannot be asked ends with exit code 2 and a finding, never a traceback."""
    write_grid(study / "plain")
    (study / "plain.yaml").write_text((study / "plain" / "scenario.yaml").read_text())
    named = [study / word if (study / word).exists() or word == "nowhere" else word for word in words]
    exit_code, data = ask(*named)
    assert exit_code == Exit.BAD_INPUT and code in {finding["code"] for finding in data["findings"]}


def test_robust_answers_for_every_spread(study: Path, tmp_path: Path) -> None:
    """Each spread has its table; the wider one strays further, and the same seed gives the same bytes."""
    words = ("robust", study / "out", "--spread", "0.1,0.3", "--draws", "100", "--common", "0.1", "--by", "industry")
    code, data = ask(*words, "--out", tmp_path / "a")
    narrow, wide = data["robustness"]
    assert (
        code == Exit.DONE
        and wide["worst_deviation"] > narrow["worst_deviation"]
        and narrow["common_column"] == "industry"
    )
    ask(*words, "--out", tmp_path / "b")
    assert (tmp_path / "a" / "robust.csv").read_bytes() == (tmp_path / "b" / "robust.csv").read_bytes()
    shown = CliRunner().invoke(app, ["robust", str(study / "out"), "--spread", "0.2"]).stdout
    assert "breaks first" in shown and "every territory is in band" in shown
