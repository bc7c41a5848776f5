"""Exit codes of the command line: part of the outside contract."""

from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit code says."""

    DONE = 0
    """A plan that keeps every hard rule; or what was asked for is done."""
    OUR_FAULT = 1
    BAD_INPUT = 2
    INFEASIBLE = 3
    NOT_FOUND = 4
    BROKEN_PLAN = 5
    """The given plan breaks a hard rule, or does not hold what its files say."""
    INTERRUPTED = 130
