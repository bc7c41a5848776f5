"""Work in a database that may be away for a while, or have no room."""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from scenarios.store.database import Store

PASSING = (OperationalError, InterfaceError)
"""Errors that may pass by themselves: a server that is away, a lock, no room."""
PAUSE_S = 1.0
"""Seconds between two looks whether the database is back."""
TRIES = 5
"""How often work is tried that fails though the database is well."""
Answer = TypeVar("Answer")
Tell = Callable[[str], object]
Pause = Callable[[float], object]


def patiently(store: Store, work: Callable[[], Answer], tell: Tell, pause: Pause = time.sleep) -> Answer:
    """Return what some work returns, done once more where the database was away or full meanwhile.

    The work must be a transaction, or bear being done twice. `tell` gets a sentence when the database is found to be
    away, and one when it is back; `pause` may raise to end the waiting.

    Raises
    ------
    DBAPIError
        Where the work fails again and again though the database can be written to.
    """
    for _ in range(TRIES - 1):
        try:
            return work()
        except PASSING as error:
            pause(PAUSE_S)
            _wait(store, error, tell, pause)
    return work()


def _wait(store: Store, error: DBAPIError, tell: Tell, pause: Pause) -> None:
    """Wait until the database can be used again; say so once, and only where it is not back already."""
    is_told = False
    while not _is_well(store):
        if not is_told:
            reason = (str(error.orig).splitlines() or [""])[0]
            tell(f"The database does not answer, or has no room: {reason}. Waiting until it does.")
            is_told = True
        pause(PAUSE_S)
    if is_told:
        tell("The database is back.")


def _is_well(store: Store) -> bool:
    try:
        if store.version() is not None:
            store.check_room()
    except PASSING:
        return False
    return True
