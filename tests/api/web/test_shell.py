"""The frame of all pages: their files, their policy, the words they explain, and what is not there."""

import json
import re
from pathlib import Path

from api.web.pages import PAGES
from tests.api.service.world import service, tokens
from tests.api.web.world import address, served
from tests.browser import started, violations, watch

ROOT = Path(__file__).parents[3]
BROWSER = {"Accept": "text/html"}


def test_pages_run_nothing_but_files_of_this_service(tmp_path: Path) -> None:
    """No page may run inline scripts or styles, and none holds any: what a hostile name becomes can do nothing."""
    with service(tmp_path) as client:
        for page in PAGES:
            answer = client.get(re.sub(r"{\w+}", "x", page.path), headers=BROWSER)
            assert answer.status_code == 200, page
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            assert (
                "default-src 'none'; script-src 'self'; style-src 'self'" in answer.headers["Content-Security-Policy"]
            )
            assert not re.search(r"<script>|<style|style=|\son\w+=|https?://", answer.text), page


def test_files_are_kept_by_the_browser_and_never_mistaken(tmp_path: Path) -> None:
    """An address means the same bytes for good, so that a page opens at once and a new version is seen at once."""
    with service(tmp_path) as client:
        path = re.findall(r'src="(/static/[^"]+shell\.js)"', client.get("/").text)[0]
        answer = client.get(path)
        assert "immutable" in answer.headers["Cache-Control"] and "javascript" in answer.headers["Content-Type"]
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        old = client.get(re.sub(r"/static/\w+", "/static/0000", path))
        assert old.headers["Cache-Control"] == "no-cache"
        assert client.get("/static/0000/../../pages.py").status_code == 404


def test_what_is_missing_is_a_page_for_people_and_a_problem_for_programs(tmp_path: Path) -> None:
    """Nobody meets a dead end without a next step."""
    with service(tmp_path) as client:
        page = client.get("/nowhere", headers=BROWSER)
        assert page.status_code == 404 and 'href="/"' in page.text
        for path in ("/nowhere", "/v1/nowhere"):
            assert client.get(path).json()["code"] == "not-found"
        assert client.get("/v1/nowhere", headers=BROWSER).json()["code"] == "not-found"


def test_the_glossary_of_the_pages_is_the_documented_one() -> None:
    """A word means the same on the screen as in the documentation."""
    said = {}
    for block in re.split(r"\n\s*\n", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")):
        if entry := re.match(r"\*\*(.+?)\*\* (.*)", block, flags=re.DOTALL):
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(entry[2].split()))
            said[entry[1]] = re.sub(r"[*`]", "", plain)
    shown = json.loads((ROOT / "api" / "web" / "static" / "glossary.json").read_text(encoding="utf-8"))
    assert shown == said


def test_every_word_that_a_page_explains_is_in_the_glossary() -> None:
    """No dotted line under a word leads to nothing."""
    shown = json.loads((ROOT / "api" / "web" / "static" / "glossary.json").read_text(encoding="utf-8"))
    scripts = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "api" / "web" / "static" / "js").rglob("*.js")
    )
    used = set(re.findall(r'\bterm\("([^"]+)"', scripts))
    assert used <= set(shown)


def test_data_is_never_written_as_markup() -> None:
    """Names from customers' files become text: nothing in the scripts writes markup."""
    for path in (ROOT / "api" / "web" / "static" / "js").rglob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script), (
            path
        )


def test_people_sign_in_and_out(chromium: Path, tmp_path: Path) -> None:
    """A page leads to the sign-in and back; a wrong key is told what to do; who signed out is out."""
    token = tokens(tmp_path)["planner"]
    with served(tmp_path, auth="keys") as client, started(chromium) as browser:
        watched = watch(browser, lambda url: url.startswith(str(client.base_url)), width=1280)
        page = watched.page
        page.goto(address(client, "/"))
        page.get_by_label("API key").fill("territory_wrong")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("alert").filter(has_text="Sign in again").wait_for()
        assert violations(page) == []
        page.get_by_label("API key").fill(token)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_text("planner · planner").wait_for()
        assert violations(page) == []
        page.get_by_role("button", name="Sign out").click()
        page.get_by_label("API key").wait_for()
        page.goto(address(client, "/"))
        assert "/signin" in page.url
        assert [noise for noise in watched.noises if "401" not in noise] == []
