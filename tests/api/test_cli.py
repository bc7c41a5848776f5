"""The command line as scripts see it: exit codes from real processes, one JSON object, clear errors."""

import csv
import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pyogrio
import pypdf
import pytest
from typer.testing import CliRunner, Result

from api.cli.app import app
from api.cli.exits import Exit
from api.cli.guard import guarded
from api.cli.screen import Screen
from tests.scenarios.grid import write_grid

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]
TEXAS = ROOT / "scenarios" / "samples" / "texas" / "scenario.yaml"
FILES = {
    "plan.csv", "territories.csv", "plan.geojson", "plan.xlsx", "certificate.json", "map.html", "report.json"
}  # fmt: skip


def territory(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], check=False, cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def here(*arguments: object) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, list(map(str, arguments)))


def answer(*arguments: object) -> tuple[int, dict[str, Any]]:
    """Run a command in this process with --json and return its exit code and its one object."""
    run = here(*arguments, "--json")
    assert run.stdout.count("\n") == 1, run.stderr
    data: dict[str, Any] = json.loads(run.stdout)
    assert data["exit_code"] == run.exit_code
    return run.exit_code, data


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The grid country, solved from the command line."""
    folder = tmp_path_factory.mktemp("solved")
    return folder, territory("solve", write_grid(folder), "--out", folder / "out")


def test_help_answers_without_loading_what_solves() -> None:
    """`territory --help` is at once there, because nothing heavy is imported for it."""
    script = (
        "import sys; sys.argv = ['territory', '--help']\n"
        "try:\n    from api.cli import main; main()\n"
        "finally:\n    print(sorted({'numpy', 'pandas', 'pydantic', 'ortools'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0 and run.stdout.endswith("[]\n")
    for command in ("check", "solve", "score", "verify", "map", "export", "demo", "init", "schema"):
        assert re.search(rf"\b{command}\b", run.stdout)


def test_solve_says_what_a_leader_wants(solved: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """Exit code 0, every file, and a first screen with bands, moves, travel and proof."""
    folder, run = solved
    assert run.returncode == 0, run.stderr
    assert {path.name for path in (folder / "out").iterdir()} == FILES
    text = " ".join(run.stdout.split())
    for part in ("3 of 3 territories are in band, against 2 today", "of 23 units change hands", "km from its rep"):
        assert part in text
    assert "No plan under these rules can beat this" in text and "map.html" in text
    assert "\x1b" not in run.stdout + run.stderr
    assert "construct" in run.stderr


def test_score_gives_the_plan_of_solve_the_same_value(
    solved: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """A plan that goes out and comes back is judged alike, with the same files."""
    folder, _ = solved
    code, data = answer("score", folder / "scenario.yaml", folder / "out" / "plan.csv", "--out", tmp_path)
    report = json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))
    assert code == Exit.DONE and data["report"]["value"] == pytest.approx(report["value"], rel=1e-12)
    assert {path.name for path in tmp_path.iterdir()} == FILES
    assert answer("verify", tmp_path)[0] == Exit.DONE


def test_score_of_a_broken_plan_is_5(solved: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    """A hand-made plan that breaks a hard rule is told apart from bad input, and each rule is named."""
    folder, _ = solved
    plan = tmp_path / "hand.csv"
    with plan.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("unit", "rep"), *((f"{unit:02d}", "R2") for unit in range(1, 24))])
    run = territory("score", folder / "scenario.yaml", plan, "--out", tmp_path / "out", "--no-map")
    assert run.returncode == Exit.BROKEN_PLAN
    assert "County 1 (01)" in run.stdout and "24" in run.stdout and not (tmp_path / "out" / "map.html").exists()


def test_verify_and_map(solved: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """A folder is proved again, its map is drawn again, and a changed figure ends with 5."""
    folder, _ = solved
    out = folder / "out"
    before = (out / "map.html").read_bytes()
    assert here("verify", out).exit_code == Exit.DONE
    (out / "map.html").unlink()
    assert here("map", out, "--quiet").stdout == ""
    assert (out / "map.html").read_bytes() == before
    text = (out / "report.json").read_text(encoding="utf-8")
    try:
        (out / "report.json").write_text(text.replace('"fit": 0.9', '"fit": 0.8', 1), encoding="utf-8")
        code, data = answer("verify", out)
    finally:
        (out / "report.json").write_text(text, encoding="utf-8")
    assert code == Exit.BROKEN_PLAN
    assert [check["subject"] for check in data["checks"] if check["verdict"] == "wrong"] == ["report.json"]


PLAIN_FORMS = ("png", "svg", "pdf", "book", "outlines", "gpkg", "shp", "kml", "fgb", "parquet")


def test_export_writes_every_form_with_the_same_ids(
    solved: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """Each form opens in another library, and each layer has the ids and territories of plan.csv."""
    folder, _ = solved
    shutil.copytree(folder / "out", tmp_path / "out")
    code, data = answer("export", tmp_path / "out", *PLAIN_FORMS)
    assert code == Exit.DONE and len(data["files"]) == len(PLAIN_FORMS)
    with (tmp_path / "out" / "plan.csv").open(encoding="utf-8-sig") as file:
        planned = sorted((row["unit"], row["territory"]) for row in csv.DictReader(file))
    for name in ("plan.gpkg", "plan.fgb", "plan.kml", "plan.zip"):
        layer = pyogrio.read_dataframe(tmp_path / "out" / name)
        assert sorted(zip(layer["unit"], layer["territory"], strict=True)) == planned
    assert len(pypdf.PdfReader(tmp_path / "out" / "book.pdf").pages) == 4
    assert (tmp_path / "out" / "plan.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "out" / "plan.svg").read_text(encoding="utf-8")


def test_bad_input_is_2_and_lists_everything(tmp_path: Path) -> None:
    """Every finding comes in one go with its place and a hint, for people and for scripts."""
    cells = {"03": {"hours": "-4"}, "05": {"fips": "06"}}
    scenario = write_grid(tmp_path, cells=cells)
    run = territory("check", scenario)
    assert run.returncode == Exit.BAD_INPUT and "Traceback" not in run.stderr
    for part in ("errors", "counties.geojson, row 3", "value -4", "06", "Maybe"):
        assert part in run.stderr
    code, data = answer("check", scenario)
    assert code == Exit.BAD_INPUT
    assert {"level", "code", "file", "row", "field", "value", "message", "hint"} == set(data["findings"][0])


def test_check_of_a_good_scenario_is_0(tmp_path: Path) -> None:
    """A scenario with warnings only can be solved, and check says so."""
    code, data = answer("check", write_grid(tmp_path))
    assert code == Exit.DONE and data["units"] == 24 and data["territories"] == 3


def test_proven_infeasible_is_3_and_still_writes_the_nearest_plan(tmp_path: Path) -> None:
    """What cannot be done is said with its cause, beside the nearest plan; a script may accept that."""
    scenario = write_grid(tmp_path, limits={"max_distance_km": 20})
    arguments = ("solve", scenario, "--out", tmp_path / "out", "--no-map")
    run = territory(*arguments)
    assert run.returncode == Exit.INFEASIBLE, run.stderr
    assert "proven" in run.stdout and (tmp_path / "out" / "plan.csv").exists()
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["status"] == "infeasible" and report["broken"] and report["gap"] is None
    assert here(*arguments, "--accept-nearest").exit_code == Exit.DONE


def test_none_found_in_time_is_4(tmp_path: Path) -> None:
    """Running out of time is told apart from a proof that nothing can be found."""
    tight = {"tolerance": 0.001}
    measures = {"workload": {"column": "hours", **tight}, "potential": {"column": "revenue", **tight}}
    scenario = write_grid(tmp_path, measures=measures)
    run = territory("solve", scenario, "--out", tmp_path / "out", "--no-map", "--time-limit", "0.001", "--quiet")
    assert (run.returncode, run.stdout) == (Exit.NOT_FOUND, "")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["status"] == "unknown" and report["provenance"]["options"]["time_limit_s"] == 0.001


def test_same_scenario_same_bytes(tmp_path: Path) -> None:
    """With an effort instead of a clock, two runs differ in nothing but the key `timing`."""
    scenario = write_grid(tmp_path)
    for name in ("one", "two"):
        assert here("solve", scenario, "--out", tmp_path / name, "--quiet").exit_code == Exit.DONE
    for file in sorted(FILES - {"report.json"}):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file
    one, two = (json.loads((tmp_path / name / "report.json").read_text(encoding="utf-8")) for name in ("one", "two"))
    assert one.pop("timing") and two.pop("timing") and one == two


def test_init_writes_a_scenario_that_passes_check(tmp_path: Path) -> None:
    """A planner starts from tables and maps; a guess can be corrected, and nothing is ever overwritten."""
    write_grid(tmp_path)
    out = tmp_path / "mine.yaml"
    arguments = ("init", tmp_path / "counties.geojson", tmp_path / "reps.csv", "--out", out, "--map", "units.name=fips")
    code, data = answer(*arguments)
    assert code == Exit.DONE and data["units"] == 24 and "name: fips" in out.read_text(encoding="utf-8")
    assert answer(*arguments)[1]["findings"][0]["code"] == "file-exists"
    assert answer(*arguments[:-1], "no pair", "--out", tmp_path / "other.yaml")[0] == Exit.BAD_INPUT


def test_options_out_of_range_are_2(tmp_path: Path) -> None:
    """Options are checked like the scenario's own."""
    code, data = answer("solve", write_grid(tmp_path), "--out", tmp_path / "out", "--seed", "-1")
    assert code == Exit.BAD_INPUT and data["findings"][0]["field"] == "seed"


def test_results_need_a_folder(tmp_path: Path) -> None:
    """A file where the folder should be is found before the solve, not after it."""
    (tmp_path / "taken").write_text("")
    run = here("solve", write_grid(tmp_path / "in"), "--out", tmp_path / "taken")
    assert run.exit_code == Exit.BAD_INPUT and "cannot be written" in run.stderr


def test_missing_scenario_and_unknown_options_are_2(tmp_path: Path) -> None:
    """Mistakes in the command itself are bad input, not our fault."""
    assert here("check", tmp_path / "none.yaml").exit_code == Exit.BAD_INPUT
    assert here("solve", "--frist").exit_code == Exit.BAD_INPUT


def test_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Control characters and markup in names are shown as what they are."""
    cells = {"03": {"hours": "\x1b[31m[bold]x"}}
    run = here("check", write_grid(tmp_path, cells=cells))
    assert "\x1b" not in run.stdout + run.stderr and "[bold]x" in run.stderr


def test_our_faults_are_1_in_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    """A mistake of ours says so without a traceback."""

    def fail(_screen: Screen) -> int:
        raise RuntimeError("lost [thread]")

    assert guarded(Screen(as_json=False, quiet=False), fail) == Exit.OUR_FAULT
    assert capfd.readouterr().err.splitlines()[0].startswith("Our fault: RuntimeError: lost [thread].")


def test_schemas_describe_what_is_written(solved: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """What schema prints can be given to an editor or another system as it is."""
    folder, _ = solved
    jsonschema.Draft202012Validator.check_schema(json.loads(here("schema").stdout))
    for document in ("report", "certificate"):
        written = json.loads((folder / "out" / f"{document}.json").read_text(encoding="utf-8"))
        schema = json.loads(here("schema", document).stdout)
        jsonschema.Draft202012Validator(schema).validate(written)
        assert set(schema["required"]) == set(written)


@pytest.mark.parametrize(("times", "codes"), [(1, {Exit.DONE, Exit.NOT_FOUND}), (2, {Exit.INTERRUPTED})])
def test_ctrl_c(tmp_path: Path, times: int, codes: set[Exit]) -> None:
    """The first Ctrl-C writes the best plan so far, the second leaves at once, also while CP-SAT is at work."""
    arguments = ["solve", str(TEXAS), "--out", str(tmp_path / "out"), "--no-map"]
    process = subprocess.Popen([*COMMAND, *arguments], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        phase = re.match(r" +[\d.]+ s +(\w+)", line)
        if phase and phase[1] not in ("bound", "construct", "improve"):
            process.send_signal(signal.SIGINT)
        if "Stopping" in line:
            break
    if times == 2:
        process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode in codes
    assert (tmp_path / "out" / "plan.csv").exists() == (times == 1)
