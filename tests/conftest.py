"""What tests may ask of the machine, and what happens where it is missing."""

import os
import shutil
from pathlib import Path

import pytest


def missing(tool: str, how: str) -> None:
    """Skip by name where a tool is missing, or fail where TERRITORY_REQUIRE (comma-separated) names it."""
    message = f"{tool} is missing. Maybe install it: {how}."
    if tool in os.environ.get("TERRITORY_REQUIRE", "").split(","):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Path of a Chromium that the browser tests drive with Playwright."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        missing("browser", "apt-get install chromium")
    return Path(str(found))


@pytest.fixture(scope="session")
def office() -> Path:
    """Path of LibreOffice, which renders workbooks."""
    found = shutil.which("soffice")
    if found is None:
        missing("office", "apt-get install libreoffice-calc")
    return Path(str(found))
