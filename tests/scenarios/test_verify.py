"""`territory verify` finds whatever was changed after the solve, and needs no solver for it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from geodata.findings import InputError
from scenarios.verify.check import Verdict
from scenarios.verify.verify import verify
from tests.scenarios.grid import solve_grid


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The grid country, solved and written."""
    folder = tmp_path_factory.mktemp("solved")
    solve_grid(folder)
    return folder


@pytest.fixture
def copy(solved: Path, tmp_path: Path) -> Path:
    """A copy of inputs and results that a test may tamper with."""
    return copytree(solved, tmp_path / "copy")


def wrong(folder: Path) -> set[str]:
    """Return the subjects of the checks that failed."""
    return {check.subject for check in verify(folder / "out") if check.verdict is Verdict.WRONG}


def edit(name: str, change: Callable[[Any], None]) -> Callable[[Path], None]:
    """Return a tampering with a JSON file of the results."""

    def apply(folder: Path) -> None:
        path = folder / "out" / name
        document = json.loads(path.read_text(encoding="utf-8"))
        change(document)
        path.write_text(json.dumps(document), encoding="utf-8")

    return apply


def swap(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a tampering with the text of a file."""

    def apply(folder: Path) -> None:
        path = folder / "out" / name
        text = path.read_text(encoding="utf-8-sig")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return apply


def dual(document: Any, factor: float) -> None:
    """Scale one stored dual."""
    document["duals"]["load_price"]["workload"]["R1"] *= factor


def both(first: Callable[[Path], None], second: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return two tamperings as one."""

    def apply(folder: Path) -> None:
        first(folder)
        second(folder)

    return apply


def raise_bound(document: Any) -> None:
    """Claim a better bound than was proved."""
    document["bound"] = document["bound"] * 1.02


TAMPERINGS = {
    "plan moved": (swap("plan.csv", "County 2,R1,R1", "County 2,R2,R2"), "report.json"),
    "unit left out": (swap("plan.csv", "24,County 24,R2,R2", ",,,"), "plan.csv"),
    "plan names nobody": (swap("plan.csv", "County 2,R1,R1", "County 2,R7,R7"), "plan.csv"),
    "measure edited": (swap("plan.csv", "1412.75", "1500.75"), "plan.csv"),
    "value edited": (edit("report.json", lambda d: d.update(value=d["value"] - 1.0)), "report.json"),
    "index edited": (
        edit("report.json", lambda d: d["territories"][0]["loads"]["workload"].update(index=100.0)),
        "report.json",
    ),
    "today edited": (edit("report.json", lambda d: d["today"]["territories"].pop()), "report.json"),
    "table edited": (swap("territories.csv", "true", "false"), "territories.csv"),
    "map edited": (swap("plan.geojson", '"rep":"R1"', '"rep":"R2"'), "plan.geojson"),
    "dual edited": (edit("certificate.json", lambda d: dual(d, 3.0)), "bound"),
    "dual left out": (edit("certificate.json", lambda d: d["duals"]["load_price"].pop("potential")), "bound"),
    "unit price left out": (edit("certificate.json", lambda d: d["duals"]["unit_price"].pop()), "bound"),
    "dual bound raised": (edit("certificate.json", lambda d: d.update(dual_bound=d["dual_bound"] + 1)), "bound"),
    "bound raised": (edit("certificate.json", raise_bound), "bound"),
    "both bounds raised": (both(edit("certificate.json", raise_bound), edit("report.json", raise_bound)), "bound"),
    "gap edited": (edit("report.json", lambda d: d.update(gap=0.5)), "bound"),
    "called Lagrangian": (
        both(
            edit("certificate.json", lambda d: d.update(kind="lagrangian")),
            edit("report.json", lambda d: d.update(bound_kind="lagrangian")),
        ),
        "bound",
    ),
}


def test_untouched_results_are_proved_and_the_rest_is_named(solved: Path) -> None:
    """What solve wrote holds, and verify says what the solver alone has proved."""
    checks = verify(solved / "out")
    proved = [check.subject for check in checks if check.verdict is Verdict.PROVED]
    trusted = [check.text for check in checks if check.verdict is Verdict.TRUSTED]
    assert proved == ["inputs", "plan.csv", "territories.csv", "report.json", "plan.geojson", "rules", "bound", "bound"]
    assert any("proved by the solver only" in text for text in trusted)


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_is_found(copy: Path, tampering: str) -> None:
    """Each thing that could be changed in the results is held against the inputs again."""
    change, subject = TAMPERINGS[tampering]
    change(copy)
    assert subject in wrong(copy)


@pytest.mark.parametrize("name", ["reps.csv", "counties.geojson", "scenario.yaml"])
def test_changed_inputs_are_refused(copy: Path, name: str) -> None:
    """A plan is never held against other inputs than it was made from, and the changed file is named."""
    (copy / name).write_bytes((copy / name).read_bytes() + b"\n")
    with pytest.raises(InputError, match=name):
        verify(copy / "out")


def test_the_scenario_may_have_moved(copy: Path, solved: Path) -> None:
    """Results that were sent elsewhere can be verified with the scenario named."""
    (copy / "scenario.yaml").unlink()
    with pytest.raises(InputError):
        verify(copy / "out")
    assert not [c for c in verify(copy / "out", solved / "scenario.yaml") if c.verdict is Verdict.WRONG]


@pytest.mark.parametrize("name", ["report.json", "certificate.json", "plan.geojson"])
def test_damaged_files_are_named(copy: Path, name: str) -> None:
    """A file that was cut off is a clear finding, not a traceback."""
    path = copy / "out" / name
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(InputError, match=name):
        verify(copy / "out")


def test_no_solver_is_needed(solved: Path) -> None:
    """The witness stands apart: ortools is never imported by verify."""
    script = (
        "import sys; from pathlib import Path; from scenarios.verify.verify import verify; "
        f"verify(Path({str(solved / 'out')!r})); print('ortools' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "False"
