"""One solve as it goes: its clock, the best plan and bound so far, and the curve of both."""

import math
import time
from collections.abc import Callable

import numpy as np

from optimizer.allowance import MOVES_A_SECOND, Allowance
from optimizer.costs import MISS_DIGITS, OUTSIDE
from optimizer.judge.judge import judge
from optimizer.memory import MemoryWatch
from optimizer.options import EFFORT_S, SolveOptions
from optimizer.plan import Plan
from optimizer.problem import Contiguity, Problem
from optimizer.result import Progress, SolverError, Stop, StopReason, Watch
from optimizer.score import Score

LOAD_RULES = frozenset({"band", "min", "max", "hours", "disruption"})
"""Rules that limit amounts; the others are the structure of a plan."""
REPORT_EVERY_S = 0.5
"""Least time between two progress events that bring no better plan."""
NO_DISTANCE = 1e-6
"""Distance of value and bound that counts as none, whatever the value."""
EXPLAINING = 0.1
"""Share of the time that is kept for telling what would help, as long as no plan keeps every hard rule."""
EXPLAINING_PROVEN = 0.4
"""The same once it is proven that no plan does."""
EXPLAINING_EFFORT = 0.5
"""Share of the effort that explaining may take on top of it, on one core."""
LEAST_EXPLAINING_S = 2.0
"""Seconds of work that it may take however small the effort: less would find nothing."""
PROVING = 1 / 3
"""Share of the time or work kept for explaining that proofs may take."""
PROVEN_GAP = 1e-5
"""Gap that the model's rounding may leave open; a smaller one counts as none."""


class Run:
    """What every phase of one solve shares: it offers plans and bounds here, and asks here whether to go on.

    Attributes
    ----------
    problem : Problem
    options : SolveOptions
    plan : Plan or None
        Best plan offered: structure first, then load limits missed least, then value.
    score : Score or None
        The judge's verdict on it.
    bound : float
        Best proven lower limit, minus infinity at first.
    bound_kind : str
    trace : list of Progress
    explaining : Allowance
        Work for telling why no plan keeps every hard rule, where effort decides.
    """

    def __init__(self, problem: Problem, options: SolveOptions, watch: Watch, stop: Stop) -> None:
        self.problem = problem
        self.options = options
        self.plan: Plan | None = None
        self.score: Score | None = None
        self.bound = -math.inf
        self.bound_kind = "none"
        self.trace: list[Progress] = []
        self.explaining = Allowance(_explaining_moves(options))
        self._watch = watch
        self._stop = stop
        self._started = time.monotonic()
        self._last_report = -math.inf
        self._user_stopped = False
        self._kept = EXPLAINING if options.advice else 0.0
        self._memory = MemoryWatch(options.memory_limit_gb)
        self._prefers_whole = bool((problem.contiguity == Contiguity.PREFERRED).any())

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    @property
    def remaining_s(self) -> float:
        """Seconds left, infinity where effort decides."""
        limit = self.options.time_limit_s
        kept = 0.0 if self.feasible else self._kept
        return math.inf if limit is None else max((1.0 - kept) * limit - self.seconds, 0.0)

    @property
    def feasible(self) -> bool:
        """Whether the best plan keeps every hard rule."""
        return self.score is not None and not self.score.broken

    @property
    def gap(self) -> float | None:
        """(value - bound) / |value| of a feasible plan; None without one or without a bound."""
        if self.score is None or self.score.broken or self.bound == -math.inf:
            return None
        distance = self.score.value - self.bound
        if distance <= NO_DISTANCE:
            return 0.0
        return distance / abs(self.score.value) if self.score.value != 0 else None

    def good_enough(self) -> bool:
        """Return whether the gap asked for is proven."""
        return self.gap is not None and self.gap <= max(self.options.gap, PROVEN_GAP)

    def stopped(self) -> bool:
        """Return whether the user ended the solve."""
        self._user_stopped = self._user_stopped or self._stop()
        return self._user_stopped

    def over(self) -> bool:
        """Return whether the user, the clock or the memory ended the solve; asked often."""
        return self.stopped() or self.remaining_s <= 0.0 or self._memory.reached()

    def done(self) -> bool:
        """Return whether there is nothing left to do or no time to do it."""
        return self.good_enough() or self.over()

    def until(self, seconds: float) -> Stop:
        """Return a stop that is true when the run is done and, where a clock decides, `seconds` from now."""
        end = self.seconds + seconds if self.options.time_limit_s is not None else math.inf
        return lambda: self.done() or self.seconds >= end

    def ticking(self, phase: str) -> Stop:
        """Return a stop that also reports that work goes on."""

        def stop() -> bool:
            self.tick(phase)
            return self.done()

        return stop

    def clock(self, seconds: float) -> Callable[[], float]:
        """Return the share of the next `seconds` that is over; 0 for ever where effort decides."""
        begun = self.seconds
        if self.options.time_limit_s is None or seconds <= 0:
            return lambda: 0.0
        return lambda: (self.seconds - begun) / seconds

    def keep_more_time(self) -> None:
        """Keep as much time for explaining as a scenario deserves that is proven to have no plan."""
        self._kept = EXPLAINING_PROVEN if self._kept else 0.0

    def use_all_time(self) -> None:
        """Let what remains of the time include what is kept for explaining."""
        self._kept = 0.0

    def stop_reason(self) -> StopReason:
        """Return why the solve ends now."""
        if self.gap is not None and self.gap <= PROVEN_GAP:
            return StopReason.OPTIMAL
        if self.good_enough():
            return StopReason.GAP
        if self._user_stopped:
            return StopReason.USER_STOP
        if self._memory.reached():
            return StopReason.MEMORY_LIMIT
        return StopReason.EFFORT if self.options.time_limit_s is None else StopReason.TIME_LIMIT

    def offer(self, plan: Plan, phase: str) -> Score:
        """Judge a plan, keep it if it is the best so far, and return its score."""
        score = judge(self.problem, plan)
        if self.score is None or self._standing(score) < self._standing(self.score):
            if not score.broken and score.value < self.bound - PROVEN_GAP * abs(self.bound) - 1e-9:
                raise SolverError(f"a plan of value {score.value} lies below the bound {self.bound}")
            self.plan, self.score = plan, score
            self._report(phase, plan)
        return score

    def _standing(self, score: Score) -> tuple[float, float, int, float]:
        """Return what plans are compared by: as `standing`, but fewer pieces before value where that is preferred."""
        structure, misses, value = standing(score)
        pieces = int(np.maximum(score.pieces - 1, 0).sum()) if self._prefers_whole else 0
        return structure, misses, pieces, value

    def raise_bound(self, bound: float, kind: str, phase: str) -> None:
        """Keep a proven lower limit if it is the best so far."""
        if bound > self.bound:
            self.bound, self.bound_kind = bound, kind
        self.tick(phase)

    def tick(self, phase: str) -> None:
        """Report that work goes on, not more often than useful."""
        if self.seconds - self._last_report >= REPORT_EVERY_S:
            self._report(phase, None)

    def _report(self, phase: str, plan: Plan | None) -> None:
        self._last_report = self.seconds
        value = self.score.value if self.score else None
        violation = self.score.violation if self.score else None
        bound = self.bound if self.bound > -math.inf else None
        self.trace.append(Progress(self.seconds, phase, value, violation, bound, None))
        self._watch(Progress(self.seconds, phase, value, violation, bound, plan))


def _explaining_moves(options: SolveOptions) -> float:
    if options.effort is None:
        return math.inf
    return MOVES_A_SECOND * max(EXPLAINING_EFFORT * EFFORT_S * options.effort, LEAST_EXPLAINING_S)


def standing(score: Score) -> tuple[float, float, float]:
    """Return what plans are compared by, least first: broken structure, missed limits, value.

    Missed limits count by how much they are missed, and each territory that misses one by a tenth of a target.
    """
    structure = sum(max(item.amount - item.limit, 1.0) for item in score.broken if item.rule not in LOAD_RULES)
    outside = {rep for item in score.broken if item.rule in LOAD_RULES for rep in item.reps}
    return structure, round(missed(score) + OUTSIDE * len(outside), MISS_DIGITS), score.value


def missed(score: Score) -> float:
    """Return the relative misses of all load limits and budgets in sum."""
    budgets = sum(
        (item.amount - item.limit) / max(item.limit, 1.0) for item in score.broken if item.rule == "disruption"
    )
    return score.violation + budgets
