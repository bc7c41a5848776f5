"""How much memory this process holds, and whether that comes near a limit."""

import math
import time

import psutil

NEAR = 0.95
"""Share of the limit at which work ends, so that its ending stays below the limit."""
LOOK_EVERY_S = 0.05
"""Asking the system takes longer than asking a clock."""


class MemoryWatch:
    """Tells when the process comes near a limit; once it has, the answer stays.

    Parameters
    ----------
    limit_gb : float or None
        Largest resident memory in 10^9 bytes; None for no limit.
    """

    def __init__(self, limit_gb: float | None) -> None:
        self._near_bytes = math.inf if limit_gb is None else NEAR * limit_gb * 1e9
        self._process = psutil.Process()
        self._next_look_s = -math.inf
        self._reached = False

    def reached(self) -> bool:
        """Return whether the limit is near."""
        if self._reached or self._near_bytes == math.inf or time.monotonic() < self._next_look_s:
            return self._reached
        self._next_look_s = time.monotonic() + LOOK_EVERY_S
        self._reached = self._process.memory_info().rss >= self._near_bytes
        return self._reached
