"""How many requests one user may send."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class Rate:
    """A limit on the requests a minute of each user, counted in this process."""

    def __init__(self, per_minute: int) -> None:
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait_s(self, user_id: str) -> int:
        """Count a request; return 0 where it may pass, else the seconds to wait."""
        if self._limiter.hit(self._item, user_id):
            return 0
        return max(1, math.ceil(self._limiter.get_window_stats(self._item, user_id).reset_time - time.time()))
