"""How many requests one user may send, and how often one address may try to sign in."""

import math
import threading
from collections import deque
from time import monotonic

WINDOW_S = 60.0
MANY = 10_000
"""Senders above which those who have been quiet for a minute are forgotten."""


class Rate:
    """A limit on the requests a minute of each sender, counted in this process."""

    def __init__(self, per_minute: int) -> None:
        self._most = per_minute
        self._sent: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait_s(self, sender: str) -> int:
        """Count a request; return 0 where it may pass, else the seconds to wait."""
        now = monotonic()
        with self._lock:
            sent = self._sent.setdefault(sender, deque())
            while sent and sent[0] <= now - WINDOW_S:
                sent.popleft()
            if len(sent) >= self._most:
                return max(1, math.ceil(sent[0] + WINDOW_S - now))
            sent.append(now)
            if len(self._sent) > MANY:
                self._forget(now - WINDOW_S)
            return 0

    def _forget(self, since: float) -> None:
        self._sent = {sender: sent for sender, sent in self._sent.items() if sent and sent[-1] > since}
