"""How long and how hard to solve: nothing in here is about the problem."""

from dataclasses import dataclass

from optimizer.plan import Plan

EFFORT_S = 60.0
"""Seconds of work for effort 1."""


@dataclass(frozen=True)
class SolveOptions:
    """Options of one solve.

    Attributes
    ----------
    time_limit_s : float or None
        Wall-clock limit; None where `effort` decides.
    effort : float or None
        Deterministic amount of work (1.0 is about a minute's worth on two cores); None where the clock decides.
    gap : float
        Stop once the proven gap is at most this fraction.
    seed : int
        Seed of every random choice.
    workers : int
        Processor cores to use.
    memory_limit_gb : float or None
        Largest resident memory of this process; the solve ends with its best plan just below it.
    start : Plan or None
        Plan to start from.
    advice : bool
        Whether to look for the least that each limit must be loosened where no plan keeps every hard rule.
    """

    time_limit_s: float | None = 60.0
    effort: float | None = None
    gap: float = 0.01
    seed: int = 0
    workers: int = 2
    memory_limit_gb: float | None = None
    start: Plan | None = None
    advice: bool = True

    def __post_init__(self) -> None:
        """Refuse options that say two things about when to stop, or nothing."""
        if (self.time_limit_s is None) == (self.effort is None):
            raise ValueError(
                "give either a time limit or an effort. Maybe remove one of solve.time_limit_s and solve.effort."
            )
