"""The one place where a command's failures become an exit code and a clear message."""

import os
import traceback
from collections.abc import Callable
from dataclasses import asdict

from api.cli.exits import Exit
from api.cli.screen import Screen
from geodata.findings import InputError

DEBUG = "TERRITORY_DEBUG"
"""Environment variable; where it is set, an unexpected error shows its traceback."""


def guarded(screen: Screen, work: Callable[[Screen], int]) -> int:
    """Return the exit code of a command, whatever happens in it."""
    try:
        return work(screen)
    except InputError as error:
        screen.findings(error.findings)
        found = [asdict(finding) for finding in error.findings]
        screen.answer({"exit_code": Exit.BAD_INPUT, "findings": found})
        return Exit.BAD_INPUT
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except MemoryError:
        return _our_fault(screen, "there is not enough memory. Maybe close other programs or use fewer units.")
    except Exception as error:
        if os.environ.get(DEBUG):
            traceback.print_exc()
        message = f"{type(error).__name__}: {error}. Maybe set {DEBUG}=1 and report what it prints."
        return _our_fault(screen, message)


def _our_fault(screen: Screen, message: str) -> int:
    screen.fail(f"Our fault: {message}")
    screen.answer({"exit_code": Exit.OUR_FAULT, "error": message})
    return Exit.OUR_FAULT
