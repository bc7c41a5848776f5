"""How many requests one user may send, and how often one address may try to sign in."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class Rate:
    """A limit on the requests a minute of each sender, counted in this process."""

    def __init__(self, per_minute: int) -> None:
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait_s(self, sender: str) -> int:
        """Count a request; return 0 where it may pass, else the seconds to wait."""
        if self._limiter.hit(self._item, sender):
            return 0
        return max(1, math.ceil(self._limiter.get_window_stats(self._item, sender).reset_time - time.time()))
