"""The examples and the lines of the API's page run as printed, against a service that was just started."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from api.client import Client
from tests.api.service.test_processes import until
from tests.postgres import free_port

PAGE = Path("docs/api.md")
BLOCK = re.compile(r"```(sh|json|text)\n(.*?)```", re.DOTALL)
TOLD = 'set -euo pipefail; curl() { command curl -w "%{stderr}%{http_code}\n" "$@"; }\n'
"""Puts the status of every answer on stderr; a line that fails ends the run."""
MARK = "== answers\n"
REFUSED = ["412", "422"]
"""What the page shows of refusals, in their order."""
EFFORT = 0.01
ACCOUNTS = Path("scenarios/samples/texas-accounts/accounts.csv")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a fresh `territory serve`."""
    port, folder = free_port(), tmp_path_factory.mktemp("served")
    settings = {"TERRITORY_DATABASE_URL": f"sqlite:///{folder / 's.db'}", "TERRITORY_PORT": str(port)}
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--quiet"]
    running = subprocess.Popen(command, env={**os.environ, **settings}, stderr=subprocess.DEVNULL)
    try:
        with Client(f"http://127.0.0.1:{port}") as client:
            until(client.is_ready)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        assert running.wait(60) == 0


def example(name: str, url: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run an example to its end."""
    command = [sys.executable, f"examples/{name}", url, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "."}, check=False)


@pytest.mark.timeout(600)
def test_a_plan_is_repaired_when_a_rep_leaves(url: str, tmp_path: Path) -> None:
    """The last plan is loaded, the leaver's counties go to others, and the files are there."""
    out = tmp_path / "repaired"
    run = example("rep_leaves.py", url, "R07", "--seconds", 2, "--out", out)
    assert run.returncode == 0, run.stderr
    assert "counties change hands" in run.stdout and "reps gain or lose" in run.stdout
    held = {line.split(",")[3] for line in (out / "plan.csv").read_text(encoding="utf-8-sig").splitlines()[1:]}
    assert len(held) == 19 and "R07" not in held
    assert {path.name for path in out.iterdir()} == {"plan.csv", "map.html", "comparison.html"}
    assert "There is no rep" in example("rep_leaves.py", url, "R99").stderr


def test_a_nightly_check_tells_by_its_exit_code(url: str, tmp_path: Path) -> None:
    """A usable export with doubts is 1, one that cannot be used 2, and a service that is away 3."""
    run = example("nightly_check.py", url, ACCOUNTS)
    assert run.returncode == 1 and "0 errors" in run.stdout, run.stderr + run.stdout
    broken = tmp_path / "accounts.csv"
    broken.write_text(ACCOUNTS.read_text(encoding="utf-8").replace("AnnualRevenue", "Umsatz", 1), encoding="utf-8")
    run = example("nightly_check.py", url, broken)
    assert run.returncode == 2 and "AnnualRevenue" in run.stdout + run.stderr
    assert example("nightly_check.py", "http://127.0.0.1:9", ACCOUNTS).returncode == 3


@pytest.mark.timeout(600)
def test_a_year_is_planned(url: str, tmp_path: Path) -> None:
    """Base and what-ifs are solved and compared, and the best plan is there in every form."""
    out = tmp_path / "planned"
    run = example("annual_planning.py", url, "--effort", EFFORT, "--what-ifs", 1, "--out", out)
    assert run.returncode == 0, run.stderr
    assert len(re.findall(r"^(base|tighter balance) .*(optimal|feasible)", run.stdout, re.MULTILINE)) == 2
    made = {"comparison.xlsx", "comparison.html", "plan.csv", "plan.xlsx", "map.html", "book.pdf"}
    assert {path.name for path in out.iterdir()} == made


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("curl")
def test_the_lines_of_the_page_run_as_printed(url: str, tmp_path: Path) -> None:
    """Whoever pastes them in their order gets the answers printed below them, but for figures."""
    printed = blocks()
    lines = "".join(f"{block}printf '{MARK}'\n" for block, _ in printed)
    assert "URL=http://127.0.0.1:8000\n" in lines
    (tmp_path / "scenarios").symlink_to(Path("scenarios").resolve())
    script = TOLD + lines.replace("http://127.0.0.1:8000", url)
    run = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    answers = run.stdout.split(MARK)[:-1]
    assert [without_figures(answer) for answer in answers] == [without_figures(answer) for _, answer in printed]
    statuses = run.stderr.split()
    assert [status for status in statuses if not status.startswith("2")] == REFUSED
    for name in ("map.html", "sweep.html", "compare.html"):
        assert (tmp_path / name).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (tmp_path / "plan.gpkg").read_bytes().startswith(b"SQLite")


def blocks() -> list[tuple[str, str]]:
    """Return the lines of each block of the page with the answers printed below it, "" for none.

    What it says of generated clients needs a package index: .ci/generated_client does that.
    """
    found = BLOCK.findall(PAGE.read_text(encoding="utf-8").partition("## Generated clients")[0])
    pairs = pairwise([*found, ("sh", "")])
    return [(lines, told if below != "sh" else "") for (kind, lines), (below, told) in pairs if kind == "sh"]


def without_figures(answer: str) -> str:
    """Return an answer with # for every number outside a name: figures may differ on another machine."""
    return re.sub(r"(?<![\w-])-?\d+(\.\d+)?(e-?\d+)?", "#", answer)
