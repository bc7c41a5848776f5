"""Looks at the clock between steps of unknown length: none begins that may end too late."""

from optimizer.allowance import Step
from optimizer.run import Run

MOST_EARLY = 0.05
"""Share of the time limit by which work ends early at most."""


class Looks:
    """Gives stops that come as much too early as the longest step yet took.

    Parameters
    ----------
    run : Run
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._last = run.seconds
        self._longest = 0.0

    def within(self, share: float) -> Step:
        """Return a step that ends with the solve, or with a share of the time or work that is now left."""
        run = self._run
        end = run.seconds + share * run.remaining_s

        def stop() -> bool:
            run.tick("explain")
            self._longest = max(self._longest, run.seconds - self._last)
            self._last = run.seconds
            early = min(self._longest, MOST_EARLY * (run.options.time_limit_s or 0.0))
            return run.over() or run.seconds >= end or run.remaining_s <= early

        return run.explaining.step(share, stop)
