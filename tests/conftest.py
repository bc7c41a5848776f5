"""What tests may ask of the machine, and what happens where it is missing."""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import Server, programs, server

# How long an example takes tells of the machine, not of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


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
        missing("office", "apt-get install libreoffice-calc libreoffice-impress")
    return Path(str(found))


@pytest.fixture(scope="session")
def curl() -> None:
    """Need curl and jq, which the lines of docs/api.md use."""
    for tool in ("curl", "jq"):
        if shutil.which(tool) is None:
            missing(tool, f"apt-get install {tool}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server that all tests of a process share."""
    binaries = programs()
    if binaries is None:
        missing("postgres", "apt-get install postgresql")
    with server(Path(str(binaries))) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'service.db'}"
    running: Server = request.getfixturevalue("postgres")
    return running.database(f"test_{secrets.token_hex(4)}")
