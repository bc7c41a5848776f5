"""`territory doctor`: whether this machine is fit to run the service."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import make_url

from api.cli.exits import Exit
from api.cli.screen import Screen
from api.settings import Settings
from scenarios.store.database import Store, newest_version
from scenarios.store.workers import alive

ROOM_BYTES = 1_000_000_000
Look = Callable[[Settings], str]


def doctor(screen: Screen, settings: Settings) -> int:
    """Look at each thing that the service needs; 2 where one is missing."""
    looked = [(name, *_look(look, settings)) for name, look in LOOKS.items()]
    for name, is_well, text in looked:
        if is_well:
            screen.say(f"well   {name}: {text}")
        else:
            screen.fail(f"wrong  {name}: {text}")
    code = Exit.DONE if all(is_well for _, is_well, _ in looked) else Exit.BAD_INPUT
    screen.answer({"exit_code": code, "checks": [{"name": n, "well": w, "text": t} for n, w, t in looked]})
    return code


def _look(look: Look, settings: Settings) -> tuple[bool, str]:
    try:
        return True, look(settings)
    except Exception as error:  # whatever a machine lacks is told, never raised
        return False, (str(error).splitlines() or [type(error).__name__])[0]


def _settings(settings: Settings) -> str:
    if settings.refusal():
        raise ValueError(settings.refusal())
    return f"authentication {settings.auth}, listening on {settings.host}:{settings.port}."


def _database(settings: Settings) -> str:
    store = Store(settings.database_url.get_secret_value())
    try:
        store.check()
        version = store.version()
    finally:
        store.close()
    if version not in (None, newest_version()):
        raise ValueError(f"its tables are of version {version}, not {newest_version()}. Maybe start the service once.")
    return f"{make_url(store.url).get_backend_name()} answers, tables {version or 'not yet made'}."


def _workers(settings: Settings) -> str:
    store = Store(settings.database_url.get_secret_value())
    try:
        if store.version() is None:
            return "none, for there are no tables yet."
        with store.transaction() as session:
            return f"{len(alive(session))} alive."
    finally:
        store.close()


def _compiled(_: Settings) -> str:
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or Path(__file__).parents[2] / "optimizer")
    if not os.access(folder, os.W_OK):
        raise ValueError(f"{folder} cannot be written. Maybe set NUMBA_CACHE_DIR to a folder that can.")
    return "compiled code can be kept."


def _room(_: Settings) -> str:
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < ROOM_BYTES:
        raise ValueError(f"only {free / 1e9:.1f} GB are free for temporary files. Maybe set TMPDIR.")
    return f"{free / 1e9:.0f} GB free for temporary files."


LOOKS: dict[str, Look] = {
    "settings": _settings,
    "database": _database,
    "workers": _workers,
    "compiled code": _compiled,
    "temporary files": _room,
}
