"""`territory export` and `territory pack read`, as a person types them."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.api.test_cli import here
from tests.scenarios.accounts_study import changes, files
from tests.scenarios.export.studies import REPS, written
from tests.scenarios.tiny_study import case_of


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plan with accounts."""
    folder = tmp_path_factory.mktemp("export")
    return written(folder / "out", case_of(folder, changes(), files() | {"reps.csv": REPS}), [0, 1, 1]).folder


def test_the_forms_are_listed_with_what_they_need(plan: Path) -> None:
    """Whoever names no form sees all of them, and which still need something."""
    run = here("export", plan, "--json")
    needs = {form["name"]: form["needs"] for form in json.loads(run.stdout)["forms"]}
    assert run.exit_code == 0
    assert needs["owners"] == [] and needs["mapped"] == ["mapping"] and needs["territory2-delta"] == ["earlier"]


def test_a_dry_run_tells_and_writes_nothing(plan: Path, tmp_path: Path) -> None:
    """The changes stand on the screen and no file appears; without --dry-run they are files in the place asked for."""
    run = here("export", plan, "owners", "--dry-run", "--out", tmp_path)
    assert run.exit_code == 0 and "owners: 2 changes" in run.stdout and "Nothing was written" in run.stdout
    assert not list(tmp_path.iterdir()) and not (plan / "owners").exists()
    run = here("export", plan, "owners", "--out", tmp_path, "--json")
    assert json.loads(run.stdout)["files"] == ["owners/owner-changes.csv", "owners/owner-changes-rollback.csv"]
    assert (tmp_path / "owners" / "owner-changes.csv").exists()


def test_a_pack_is_read_back(plan: Path, tmp_path: Path) -> None:
    """A workbook nobody wrote in asks for nothing; a strange file is bad input told with its place."""
    assert here("export", plan, "packs", "--out", tmp_path, "--quiet").exit_code == 0
    with zipfile.ZipFile(tmp_path / "packs" / "Mia.zip") as archive:
        archive.extractall(tmp_path)
    out = tmp_path / "requests.csv"
    run = here("pack", "read", plan, tmp_path / "requests.xlsx", "--out", out)
    assert run.exit_code == 0 and "Nobody asks for a change" in run.stdout
    assert out.read_text(encoding="utf-8-sig").startswith("kind,id,name,from_rep,")
    run = here("pack", "read", plan, tmp_path / "README.txt", "--json")
    assert [finding["code"] for finding in json.loads(run.stdout)["findings"]] == ["unreadable-file"]
