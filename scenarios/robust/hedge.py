"""The hedged solve: solve, draw errors, narrow the bands by what they do, solve again."""

import math
from dataclasses import dataclass, replace

import numpy as np

from optimizer.judge.judge import judge
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.problem import FloatArray
from optimizer.result import Progress, SolveResult, Status, Stop, Watch
from optimizer.score import Score
from optimizer.solve import solve
from scenarios.case import Case
from scenarios.document.scenario import Hedge
from scenarios.robust.band import Band
from scenarios.robust.hedged import Hedged
from scenarios.robust.kept import FRESH_DRAWS, kept_share, training
from scenarios.robust.narrow import margins_of, narrowed

CONFIDENCE = 1.645
"""Standard deviations by which the search aims above `keep`: 95 % of fresh draws then reach it."""
PLAIN_SHARE = 0.3
"""Share of the time or effort for the plan without the hedge."""
CHANCES = (0.1, 0.03, 0.01, 0.005, 0.002)
"""Chance of each territory to leave its band, round by round: the solver follows the bands as they narrow."""


@dataclass(frozen=True, eq=False)
class _Tried:
    """One plan, the margins it was found with, and what it does in the training draws."""

    result: SolveResult
    score: Score
    margins: FloatArray
    band: Band
    ratio: FloatArray

    @property
    def kept(self) -> float:
        return kept_share(self.band, self.ratio)


def solve_case(case: Case, options: SolveOptions, watch: Watch, stop: Stop) -> tuple[SolveResult, Hedged | None]:
    """Solve a case, hedged where it says so; the result is always judged by the bands as they were written."""
    hedge = case.scenario.limits.hedge
    if hedge is None:
        return solve(case.problem, options, watch, stop), None
    return _HedgedSolve(case, hedge, options, watch, stop).run()


def aim_of(keep: float) -> float:
    """Return the chance in each draw at which 200 fresh draws keep at least `keep` of them with 95 % confidence.

    The larger p with p - 1.645 sqrt(p (1 - p) / 200) = keep, the upper end of Wilson's score interval.
    """
    z2 = CONFIDENCE**2 / FRESH_DRAWS
    middle = keep + z2 / 2.0
    return (middle + math.sqrt(middle**2 - keep**2 * (1.0 + z2))) / (1.0 + z2)


class _HedgedSolve:
    """The rounds of one hedged solve."""

    def __init__(self, case: Case, hedge: Hedge, options: SolveOptions, watch: Watch, stop: Stop) -> None:
        self._case = case
        self._hedge = hedge
        self._options = options
        self._watch = watch
        self._stop = stop
        self._aim = aim_of(hedge.keep)
        self._seconds = 0.0
        self._trace: list[Progress] = []

    def run(self) -> tuple[SolveResult, Hedged]:
        """Return the cheapest plan that keeps enough of the training draws, else the one that keeps most."""
        nothing = np.zeros((2, self._case.problem.n_reps))
        tried = [self._solve(PLAIN_SHARE, self._options.start, nothing)]
        if not tried[0].score.broken and not self._does(tried[0]):
            self._narrow(tried)
        best = min(tried, key=self._standing)
        hedged = Hedged(tried[0].score, tried[0].result.plan, float(best.margins.mean()), len(tried) - 1)
        return self._result(tried[0], best, tried[-1]), hedged

    def _narrow(self, tried: list[_Tried]) -> None:
        """Follow narrowing bands until a plan does; the rounds then left over make that plan cheaper.

        Margins never shrink, since a territory's content, and with it what errors do to it, changes with every plan.
        """
        share = (1.0 - PLAIN_SHARE) / len(CHANCES)
        for at, chance in enumerate(CHANCES):
            if self._stop():
                return
            last = tried[-1]
            margins = np.maximum(last.margins, margins_of(last.band, last.ratio, chance))
            tried.append(self._solve(share, last.result.plan, margins))
            left = len(CHANCES) - 1 - at
            if self._does(tried[-1]) and left:
                tried.append(self._solve(share * left, tried[-1].result.plan, margins))
            if self._does(tried[-1]) or self._does(tried[-2]):
                return

    def _does(self, tried: _Tried) -> bool:
        return tried.kept >= self._aim and not tried.score.broken

    def _standing(self, tried: _Tried) -> tuple[bool, bool, float, float]:
        """Return what plans are compared by, least first: hard rules, enough draws, then value, or draws and value."""
        does = self._does(tried)
        return bool(tried.score.broken), not does, 0.0 if does else -tried.kept, tried.score.value

    def _solve(self, share: float, start: Plan | None, margins: FloatArray) -> _Tried:
        problem = narrowed(self._case.problem, self._case.problem.measures.index(self._hedge.measure), margins)
        result = solve(problem, self._allowance(share, start), self._watch, self._stop)
        self._trace += [replace(point, seconds=point.seconds + self._seconds) for point in result.trace]
        self._seconds = self._trace[-1].seconds if self._trace else 0.0
        score = judge(self._case.problem, result.plan)
        return _Tried(result, score, margins, *training(self._case, result.plan, self._hedge))

    def _allowance(self, share: float, start: Plan | None) -> SolveOptions:
        limit, effort = self._options.time_limit_s, self._options.effort
        return replace(
            self._options,
            time_limit_s=None if limit is None else share * limit,
            effort=None if effort is None else share * effort,
            start=start,
        )

    def _result(self, plain: _Tried, best: _Tried, last: _Tried) -> SolveResult:
        """Return the best plan with what the plain solve proved, which holds for every plan that keeps the bands."""
        proof = plain.result
        if best is plain:
            return replace(proof, trace=tuple(self._trace))
        # The gap is open again, so nothing is `exact` any more.
        kind = "mip" if proof.bound_kind == "exact" else proof.bound_kind
        return replace(
            proof,
            plan=best.result.plan,
            score=best.score,
            status=Status.FEASIBLE,
            stop_reason=last.result.stop_reason,
            bound_kind=kind,
            gap=None if proof.bound is None else (best.score.value - proof.bound) / abs(best.score.value),
            certificate=replace(proof.certificate, kind=kind),
            trace=tuple(self._trace),
        )
