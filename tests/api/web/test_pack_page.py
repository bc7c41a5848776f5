"""The plan leaves the workspace in its forms, and comes back in managers' packs."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl

from tests.api.service.world import send, service, tiny_document, with_plan
from tests.api.web.world import open_page, served
from tests.browser import started, violations, watch

HOSTILE = "<img src=x onerror=alert(1)>"
REPS = f"id,name,lat,lon,manager\nR1,Ann,50,10,Mia\nR2,{HOSTILE},50,10.3,Mia\nR3,Cleo,50,10.2,Noa\n"
PLAN = "unit,rep\nA,R1\nB,R1\nC,R2\nD,R3\n"


def team_scenario(client: Any) -> dict[str, Any]:
    """Return a scenario with a plan for the reps of two managers."""
    document = {**tiny_document(client), "reps": {"file": send(client, "reps.csv", REPS)}}
    return with_plan(client, client.post("/v1/scenarios", json=document).json(), PLAN)


def filled(archive: bytes, cells: dict[str, tuple[str, str]]) -> bytes:
    """Return the workbook of a pack with requested rep and reason of some units filled in by another program."""
    workbook = openpyxl.load_workbook(io.BytesIO(zipfile.ZipFile(io.BytesIO(archive)).read("requests.xlsx")))
    titles = [cell.value for cell in workbook["Units"][1]]
    for row in workbook["Units"].iter_rows(min_row=2):
        for title, text in zip(("requested rep", "reason"), cells.get(str(row[0].value), ("", "")), strict=True):
            row[titles.index(title)].value = text or None
    memory = io.BytesIO()
    workbook.save(memory)
    return memory.getvalue()


def test_a_pack_goes_out_and_comes_back_as_changes(chromium: Path, tmp_path: Path) -> None:
    """A manager's wish reaches the plan only where the planner accepts it; what cannot be taken is told."""
    with served(tmp_path) as client, started(chromium) as browser:
        path = f"/scenarios/{team_scenario(client)['id']}"
        watched = watch(browser, lambda url: url.startswith(str(client.base_url)), width=1280)
        page = open_page(watched, client, f"{path}/pack")
        with page.expect_download() as saved:
            page.get_by_label("Download the pack of Mia").click()
        assert saved.value.suggested_filename == "tiny-Mia.zip"
        wishes = {"B": ("R2", f"nearer {HOSTILE}"), "C": ("R1", "swap"), "A": ("R9", "who?")}
        book = tmp_path / "mia.xlsx"
        book.write_bytes(filled(saved.value.path().read_bytes(), wishes))
        page.get_by_label("Filled workbooks").set_input_files(book)
        page.get_by_role("button", name="Read them").click()
        page.get_by_text("R9 is nobody in the list of reps.").wait_for()
        assert f"nearer {HOSTILE}" in page.inner_text("#requests") and "mia.xlsx, row" in page.inner_text("#requests")
        assert violations(page) == []
        page.get_by_label("Accept: unit Corfe to R1").uncheck()
        page.get_by_role("button", name="Apply 1 change").click()
        page.get_by_text("1 request was applied.").wait_for()
        rows = csv.DictReader(io.StringIO(client.get(f"/v1{path}/assignments?format=csv").text.lstrip("\ufeff")))
        assert {row["unit"]: row["rep"] for row in rows} == {"A": "R1", "B": "R2", "C": "R2", "D": "R3"}
        assert violations(page) == [] and watched.noises == []


def test_every_form_is_in_the_menu_and_downloads_under_its_scenario(chromium: Path, tmp_path: Path) -> None:
    """Whoever needs a form finds it with what it is for; one that cannot be made says what is missing."""
    with served(tmp_path) as client, started(chromium) as browser:
        scenario = team_scenario(client)
        forms = client.get(f"/v1/scenarios/{scenario['id']}/exports").json()
        watched = watch(browser, lambda url: url.startswith(str(client.base_url)), width=1280, theme="dark")
        page = open_page(watched, client, f"/scenarios/{scenario['id']}/exports")
        assert set(page.locator("h4").all_inner_texts()) >= {form["title"] for form in forms}
        with page.expect_download() as saved:
            page.get_by_label("Download Star schema").click()
        assert saved.value.suggested_filename == "tiny-star.zip"
        assert zipfile.is_zipfile(saved.value.path())
        owners = page.get_by_role("listitem").filter(has_text="Owner changes")
        assert "Needs accounts" in owners.inner_text()
        assert violations(page) == [] and watched.noises == []


def test_what_an_export_would_change_is_told_first(tmp_path: Path) -> None:
    """The dry run has a row for each record, and a wrong wish is no fault of the service."""
    with service(tmp_path) as client:
        path = f"/v1/scenarios/{team_scenario(client)['id']}/exports/changes"
        star = client.post(path, json={"form": "star"}).json()
        assert star["total"] == 0 and "dictionary.csv" in star["files"]
        for wish, code in (({"form": "nope"}, "unknown-form"), ({"form": "mapped"}, "form-needs")):
            answer = client.post(path, json=wish)
            assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)
