"""The list of forms is the one that everybody reads."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from geodata.findings import InputError
from scenarios.export.form import Made
from scenarios.export.forms import download, make_forms
from scenarios.export.registry import FORMS, HINTS, find_form

PAGE = Path(__file__).parents[3] / "docs" / "exports.md"


def test_every_form_is_documented_with_its_file() -> None:
    """Whoever reads docs/exports.md knows every form and finds its files."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    documented = {name: line for line in lines for name in re.findall(r"`([a-z0-9-]+)`", line.split(" | ")[0])}
    assert set(documented) == {form.name for form in FORMS}
    assert all(form.file in documented[form.name] for form in FORMS)
    assert all(HINTS[need] for form in FORMS for need in form.needs)


def test_an_unknown_form_offers_the_nearest(tmp_path: Path) -> None:
    """A slip of the pen is answered with the form that was meant, before anything is read."""
    with pytest.raises(InputError) as error:
        make_forms(tmp_path, ["ownrs"])
    assert error.value.findings[0].hint == "Maybe owners."


def test_several_files_are_one_download() -> None:
    """A browser gets the one file as it is, several as a zip with the same bytes every time."""
    assert download(find_form("routing"), Made({"routing.csv": b"1"})) == ("routing.csv", b"1")
    name, data = download(find_form("star"), Made({"a.csv": b"1", "b.csv": b"2"}))
    assert name == "star.zip" and zipfile.ZipFile(io.BytesIO(data)).namelist() == ["a.csv", "b.csv"]
    assert (name, data) == download(find_form("star"), Made({"a.csv": b"1", "b.csv": b"2"}))
