"""The rules of the house that no linter knows."""

import ast
import importlib.util
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("api", "scenarios", "optimizer", "geodata")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_imports_run_one_way_and_each_library_stays_in_its_room() -> None:
    """Rooms stay separate, so a newcomer knows where to look."""
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", lint, "--no-cache"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_files_are_short() -> None:
    """One idea a file: at most 250 lines."""
    long = {str(path.relative_to(ROOT)): n for path in SOURCES if (n := len(path.read_text().splitlines())) > 250}
    assert not long


def test_functions_are_short() -> None:
    """A function does one thing: at most 50 lines, its documentation not counted."""
    long = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                documented = ast.get_docstring(node) is not None
                words = first.end_lineno - first.lineno + 1 if documented and first.end_lineno else 0
                lines = (node.end_lineno or node.lineno) - node.lineno + 1 - words
                if lines > 50:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert not long


def test_package_files_import_nothing() -> None:
    """Importing a package costs nothing, so `territory --help` is fast and the client needs no solver."""
    imports = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.name == "__init__.py"
        and any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(path.read_text()).body)
    ]
    assert not imports


def test_every_folder_of_code_is_a_package() -> None:
    """A folder without `__init__.py` would be missing from an installed copy."""
    folders = {path.parent for path in SOURCES}
    assert not [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()]


@pytest.mark.parametrize("room", ROOMS)
def test_no_other_distribution_owns_a_room(room: str) -> None:
    """The package names are plain words: another distribution with the same one would shadow ours."""
    owners = set(packages_distributions().get(room, [])) - {"territory-optimizer"}
    assert not owners, f"{sorted(owners)} also install a package named {room}. Maybe use an environment of its own."


def test_highspy_is_not_installed() -> None:
    """highspy and ortools break each other by the order they are imported in."""
    assert importlib.util.find_spec("highspy") is None


def test_lock_pins_every_package_by_hash_without_an_address() -> None:
    """The lock installs the same bytes from whatever index a machine uses."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock and "--index" not in lock and "highspy" not in lock
    entries = [entry for entry in lock.replace("\\\n", " ").splitlines() if entry.strip()]
    assert entries and all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_lock_holds_every_dependency() -> None:
    """A dependency that is added without locking it would be found missing only in CI."""
    project = PROJECT["project"]
    wanted = {_name(line) for line in project["dependencies"] + project["optional-dependencies"]["test"]}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {_name(line) for line in lock.splitlines() if "==" in line}
    assert not wanted - locked


def _name(requirement: str) -> str:
    """Return the normalised name in front of a requirement's version, extras and markers."""
    for mark in "[<>=~!; ":
        requirement = requirement.split(mark, 1)[0]
    return requirement.lower().replace("_", "-")
