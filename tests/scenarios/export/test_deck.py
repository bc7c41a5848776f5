"""The deck opens in office programs, can be edited there, runs nothing, and is the same for the same plan."""

import io
import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pypdf
import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Show

from scenarios.export.written import WrittenPlan
from tests.conftest import missing
from tests.scenarios.accounts_study import changes
from tests.scenarios.accounts_study import files as accounts_files
from tests.scenarios.export.studies import made, written
from tests.scenarios.tiny_study import case_of

HOSTILE = '=HYPERLINK("http://example.org")'
REPS = f"""id,name,lat,lon,territory,manager
R1,Ann,50.05,10.05,"{HOSTILE.replace('"', '""')}",Mia
R2,Bo,50.05,10.25,SOUTH,Noa
"""
TITLES = [
    "tiny",
    r"\d of 2 territories are in band, against \d today|The plan breaks .*",
    "The plan has 2 territories",
    "1 of 2 units stay where they are, 1 change hands",
    "Workload runs from .* to .* % of target, today from .*",
    "Potential runs from .*",
    "Every territory against its target",
    ".* % of the potential changes hands, 2 reps gain or lose",
    "How the plan was made",
    "Next steps",
]
"""What the slides say, in their order."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> WrittenPlan:
    """The tiny accounts; one territory's code is a formula."""
    folder = tmp_path_factory.mktemp("deck")
    measures = {"workload": {"column": "Hours", "tolerance": 0.5}, "potential": {"column": "Revenue"}, "accounts": {}}
    case = case_of(folder, changes(measures=measures), accounts_files() | {"reps.csv": REPS})
    return written(folder / "out", case, [0, 1, 1])


@pytest.fixture(scope="module")
def files(plan: WrittenPlan) -> Mapping[str, bytes]:
    """Both forms."""
    return {**made(plan, "deck").files, **made(plan, "deck-pdf").files}


@pytest.fixture(scope="module")
def show(files: Mapping[str, bytes]) -> Show:
    """The slides as an editor of slides reads them."""
    return Presentation(io.BytesIO(files["deck.pptx"]))


def test_each_slide_says_its_message_in_both_forms(files: Mapping[str, bytes], show: Show) -> None:
    """Figures, maps, balance, territories, changes, proof and next steps, the same in the PDF and the PPTX."""
    pages = pypdf.PdfReader(io.BytesIO(files["deck.pdf"])).pages
    assert len(pages) == len(show.slides) == len(TITLES)
    for title, slide, page in zip(TITLES, show.slides, pages, strict=True):
        said = slide.shapes.title.text_frame.text
        assert re.fullmatch(title, said) and said[:30] in page.extract_text()


def test_tables_and_charts_can_be_edited_and_run_nothing(show: Show) -> None:
    """Each chart has its numbers as a workbook without formulas or links, a table has cells, a map has words."""
    shapes = [shape for slide in show.slides for shape in slide.shapes]
    charts, tables = ([s for s in shapes if getattr(s, f"has_{kind}", False)] for kind in ("chart", "table"))
    assert len(charts) == 2 and len(tables) == 3
    for shape in charts:
        chart = shape.chart
        page = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert page is not None
        cells = [cell for row in page.iter_rows() for cell in row]
        assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
        assert [cell.value for cell in page["A"]][1:] == list(chart.plots[0].categories) == [HOSTILE, "SOUTH"]
        assert [series.name for series in chart.plots[0].series] == [cell.value for cell in page[1]][1:]
    assert HOSTILE in [cell.text for cell in tables[1].table.iter_cells()]
    pictures = [shape for shape in shapes if shape.name.startswith("Map of")]
    assert len(pictures) == 3 and all(shape._element._nvXxPr.cNvPr.get("descr") for shape in pictures)


def test_the_same_plan_gives_the_same_bytes(plan: WrittenPlan, files: Mapping[str, bytes]) -> None:
    """No clock gets into the slides: neither of the archive, nor of its properties, nor of a chart's workbook."""
    assert made(plan, "deck").files["deck.pptx"] == files["deck.pptx"]
    with zipfile.ZipFile(io.BytesIO(files["deck.pptx"])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert b"2026-11-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_libreoffice_shows_every_slide(office: Path, files: Mapping[str, bytes], tmp_path: Path) -> None:
    """The slides open in LibreOffice, each on its page with its title."""
    if not list(office.resolve().parent.glob("libsdlo.so")):
        missing("office", "apt-get install libreoffice-impress")
    (tmp_path / "deck.pptx").write_bytes(files["deck.pptx"])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    run = [str(office), "--headless", profile, "--convert-to", "pdf", "deck.pptx"]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "deck.pdf").pages]
    assert len(pages) == len(TITLES) and all(
        re.search(title, " ".join(text.split())) for title, text in zip(TITLES, pages, strict=True)
    )
