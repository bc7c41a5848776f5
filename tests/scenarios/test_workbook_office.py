"""plan.xlsx as an office program shows and prints it."""

import csv
import subprocess
from pathlib import Path

import pypdf

from tests.scenarios.grid import solve_grid

SHEETS = 6
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,4"
"""Sheet 4, Units, as UTF-8 text, every cell as it is shown."""


def converted(office: Path, folder: Path, form: str) -> None:
    """Convert plan.xlsx in a folder, as `soffice --headless --convert-to pdf plan.xlsx` does."""
    run = [str(office), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", form]
    subprocess.run([*run, "plan.xlsx"], cwd=folder, check=True, capture_output=True, timeout=120)


def test_libreoffice_shows_and_prints_the_workbook(office: Path, tmp_path: Path) -> None:
    """Each sheet is as wide as a page, with its head on every page; ids keep zeros and formulas of others stay text."""
    cells = {"20": {"county": '=HYPERLINK("http://example.org")'}}
    solve_grid(tmp_path, cells=cells, solve={"effort": 0.01})
    folder = tmp_path / "out"
    converted(office, folder, "pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(folder / "plan.pdf").pages]
    for name in ("About", "Summary", "Territories", "Units", "Moves", "Findings"):
        assert any(name in text for text in pages)
    assert len(pages) == SHEETS
    converted(office, folder, AS_SHOWN)
    (path,) = folder.glob("plan-*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [row["unit"] for row in csv.DictReader(file)]
    assert [row["unit"] for row in rows] == written and written[0] == "01"
    assert '=HYPERLINK("http://example.org")' in [row["name"] for row in rows]
