"""Pages opened in a real Chromium, with everything they do recorded."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
READY = "html[data-ready=yes]"
PATIENCE_MS = 90_000
"""How long a page may take for a step: machines that are busy are slow."""


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
    watched = watch(browser, lambda url: url == path.as_uri(), width=width)
    watched.page.goto(path.as_uri())
    watched.page.wait_for_selector(READY, timeout=20_000)
    try:
        yield watched
    finally:
        watched.page.close()


@contextmanager
def open_site(
    browser: Browser, url: str, *, width: int = 1280, theme: Literal["light", "dark"] = "light"
) -> Iterator[Watched]:
    """Open a page of a service, as `open_file` does; requests to the service itself are no noise."""
    parts = urlsplit(url)
    watched = watch(
        browser, lambda asked: asked.startswith(f"{parts.scheme}://{parts.netloc}/"), width=width, theme=theme
    )
    watched.page.goto(url)
    watched.page.wait_for_selector(READY, timeout=20_000)
    try:
        yield watched
    finally:
        watched.page.close()


def watch(
    browser: Browser | BrowserContext,
    may_ask: Callable[[str], bool],
    *,
    width: int,
    theme: Literal["light", "dark"] = "light",
) -> Watched:
    """Return a new page whose dialogs, errors, console messages and requests that `may_ask` refuses are recorded."""
    page = browser.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=theme)
    page.set_default_timeout(PATIENCE_MS)
    watched = Watched(page)
    page.on("dialog", lambda dialog: (watched.noises.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: watched.noises.append(f"console {message.text}"))
    page.on("pageerror", lambda error: watched.noises.append(f"error {error}"))
    page.on("request", lambda request: _note_request(watched, request.url, may_ask))
    return watched


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong, one line each."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {[node['html'][:90] for node in rule['nodes'][:3]]}" for rule in found]


def pictured(page: Page, name: str) -> None:
    """Take a picture of the whole page, and see that nothing sticks out at its side.

    It is kept as a PNG where TERRITORY_PICTURES names a folder, so that people can look at what tests saw.
    """
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{name}: the page is {wide} pixels too wide"
    kept = os.environ.get("TERRITORY_PICTURES")
    page.screenshot(full_page=True, path=Path(kept) / f"{name}.png" if kept else None)


def _note_request(watched: Watched, url: str, may_ask: Callable[[str], bool]) -> None:
    if not may_ask(url) and not url.startswith(("data:", "blob:")):
        watched.noises.append(f"request {url}")
