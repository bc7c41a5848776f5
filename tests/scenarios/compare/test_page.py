"""The comparison's page, workbook and tables, as somebody else opens them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from scenarios.compare.build import compare
from scenarios.compare.side import read_sides
from scenarios.export.comparison.book import comparison_book
from scenarios.export.comparison.forms import csv_files
from scenarios.export.comparison.page import comparison_page
from tests.browser import open_file, started
from tests.geodata.test_draw_text import HOSTILE
from tests.scenarios.compare.studies import solved

ATTACK = "".join(text for text in HOSTILE if text.isprintable()) + "`${alert(2)}`"
VIEWS = "[...document.querySelectorAll('.linked-map')].map(m => m.querySelector('.leaflet-map-pane').style.transform)"


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """One Chromium for all tests here."""
    with started(chromium) as browser:
        yield browser


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two plans with hostile names of a plan, a rep and units; the second may change little."""
    folder = tmp_path_factory.mktemp("page")
    cells = {"01": {"county": ATTACK}, "08": {"county": "=1+1"}}
    reps = {"file": "reps.csv", "change": {"R1": {"name": ATTACK}}}
    calm = {"disruption": {"potential": 0.3}}
    return [
        solved(folder / "first", cells=cells, reps=reps, name=f"First {ATTACK}"),
        solved(folder / "second", cells=cells, reps=reps, name="Second", limits=calm),
    ]


def written(folder: Path, folders: list[Path]) -> Path:
    """Write the page of a comparison."""
    sides = read_sides(folders, None)
    path = folder / "compare.html"
    path.write_text(comparison_page(compare(sides), sides), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [390, 820, 1400])
def test_the_page_is_quiet_accessible_and_fits(
    browser: Browser, folders: list[Path], tmp_path: Path, width: int
) -> None:
    """No name runs or fetches anything, nobody is shut out, and nothing is wider than the window."""
    with open_file(browser, written(tmp_path, folders), width=width) as watched:
        page = watched.page
        for mode in page.locator("#map-colour option").evaluate_all("options => options.map(o => o.value)"):
            page.select_option("#map-colour", mode)
        page.locator("details").first.locator("summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert watched.noises == []


def test_the_first_paragraph_is_the_verdict(browser: Browser, folders: list[Path], tmp_path: Path) -> None:
    """Whoever opens the page reads first which plan is better, or that they tie."""
    verdict = compare(read_sides(folders, None)).verdict
    with open_file(browser, written(tmp_path, folders)) as watched:
        assert watched.page.locator("p").first.text_content() == f"{verdict.headline} {verdict.text}"


def test_maps_move_together_and_tell_every_plan(browser: Browser, folders: list[Path], tmp_path: Path) -> None:
    """A step on one map is a step on all, and a place pointed at is told for each plan."""
    with open_file(browser, written(tmp_path, folders)) as watched:
        page = watched.page
        before = page.evaluate(VIEWS)
        page.locator("#map-A").focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(700)
        moved = page.evaluate(VIEWS)
        assert len(moved) == 3 and len(set(moved)) == 1 and moved != before
        page.locator("#map-B").scroll_into_view_if_needed()
        box = page.locator("#map-B").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
        expect(page.locator("#map-reading strong").first).to_be_visible()
        told = page.locator("#map-reading p").first.text_content() or ""
        assert "Today:" in told and "B Second:" in told


def test_paper_shows_everything(browser: Browser, folders: list[Path], tmp_path: Path) -> None:
    """Before printing every part is open; afterwards they are as they were."""
    with open_file(browser, written(tmp_path, folders)) as watched:
        page = watched.page
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details:not([open])").count() == 0
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.locator("details[open]").count() == 0


def test_the_page_needs_nothing_from_elsewhere(folders: list[Path], tmp_path: Path) -> None:
    """One file with a closed policy, and the same bytes every time."""
    page = written(tmp_path, folders).read_text(encoding="utf-8")
    assert not re.findall(r"""<(?:script|link|img|iframe)[^>]*\b(?:src|href)=""", page.split("plan-data")[0])
    assert "unsafe" not in re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert page == written(tmp_path, folders).read_text(encoding="utf-8")


def test_workbook_and_tables_hold_text_as_text(folders: list[Path]) -> None:
    """Ids and names are never formulas, and every table has as many rows as the comparison."""
    comparison = compare(read_sides(folders, None))
    book = openpyxl.load_workbook(io.BytesIO(comparison_book(comparison)))
    assert book.sheetnames == ["About", "Plans", "Figures", "Reps", "Moves", "Input"]
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert book["Moves"].max_row == 1 + sum(len(shift.moves) for shift in comparison.shifts)
    assert book["Figures"].max_row == 1 + len(comparison.figures)
    files = csv_files(comparison)
    assert list(files) == ["plans.csv", "figures.csv", "reps.csv", "moves.csv", "inputs.csv", "comparison.json"]
    lines = [line for data in files.values() for line in data.decode("utf-8-sig").split("\n")]
    assert not [line for line in lines if re.match(r'"?[=+@]', line)]
