"""Pages opened in a real Chromium, with everything they do recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass
class Watched:
    """A page and everything it did that a quiet map must not do."""

    page: Page
    noises: list[str] = field(default_factory=list)


@contextmanager
def started(chromium: Path) -> Iterator[Browser]:
    """Start Chromium (the fixture gives its path), and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def open_file(browser: Browser, path: Path, *, width: int = 1280) -> Iterator[Watched]:
    """Open a file and record dialogs, requests, errors and console messages."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    watched = Watched(page)
    page.on("dialog", lambda dialog: (watched.noises.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: watched.noises.append(f"console {message.text}"))
    page.on("pageerror", lambda error: watched.noises.append(f"error {error}"))
    page.on("request", lambda request: _note_request(watched, request.url, path))
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]", timeout=20_000)
    try:
        yield watched
    finally:
        page.close()


def _note_request(watched: Watched, url: str, path: Path) -> None:
    if url != path.as_uri() and not url.startswith("data:"):
        watched.noises.append(f"request {url}")
