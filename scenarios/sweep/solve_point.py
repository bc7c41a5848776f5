"""One point of a sweep: prepared, solved from a neighbour's plan, judged. Runs in a process of its own."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geodata.findings import Finding, InputError
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.problem import NOBODY
from optimizer.result import SolveResult, Status, Stop, StopReason
from optimizer.solve import unwatched
from scenarios.case import Case
from scenarios.prepare.plan import lay_plan
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import Source
from scenarios.report.answer import Answer, solved_answer
from scenarios.report.figures import finite
from scenarios.report.words import broken_figures, reason_figures
from scenarios.robust.hedge import solve_case
from scenarios.sweep.figures import Figures, Held, figures_of, figures_of_today, held

MOST_REASONS = 5
"""Reasons kept for a point without a plan that keeps every hard rule."""


@dataclass(frozen=True)
class Task:
    """What a process needs to solve one point; `start` is who held what at a neighbouring point."""

    index: int
    source: Source
    options: SolveOptions
    start: tuple[Held, ...] = ()


@dataclass(frozen=True, eq=False)
class Solved:
    """What is known of one point once it is solved: plain values, fit to be kept as JSON.

    Attributes
    ----------
    index : int
    status, stop_reason, bound_kind
        As in SolveResult.
    bound, gap : float or None
        None where there is none.
    keeps_rules : bool
        Whether the plan keeps every hard rule.
    value : float
        Of the plan, as in report.json.
    figures : mapping
    today : mapping or None
        The figures of today's plan under this point's rules.
    held : tuple of Held
    reasons : tuple of str
        Why no plan keeps every hard rule, or what the nearest one breaks.
    seconds : float
        Time the solve took.
    """

    index: int
    status: Status
    stop_reason: StopReason
    bound: float | None
    bound_kind: str
    gap: float | None
    keeps_rules: bool
    value: float
    figures: Figures
    today: Figures | None
    held: tuple[Held, ...]
    reasons: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Refused:
    """A point whose document makes no sense: the values given exclude it."""

    index: int
    findings: tuple[Finding, ...]


PointAnswer = Solved | Refused


@dataclass(frozen=True, eq=False)
class Finished:
    """A finished point with its plan; no plan where it was refused."""

    answer: PointAnswer
    plan: Answer | None = None

    def without_case(self) -> "Told":
        """Return what another process needs to know: the answer, and what the solver says."""
        return self.answer, None if self.plan is None else self.plan.result


Told = tuple[PointAnswer, SolveResult | None]
"""A finished point without its case, light enough to be sent."""


def no_limits(case: Case) -> None:
    """Let every case be solved."""


def solve_point(task: Task, stop: Stop, check: Callable[[Case], None] = no_limits) -> Finished:
    """Solve one point; `check` may refuse its case by an InputError."""
    try:
        case = prepare(task.source)
        check(case)
    except InputError as error:
        return Finished(Refused(task.index, error.findings))
    begun = time.monotonic()
    start = start_plan(case, task.start)
    result, _ = solve_case(case, replace(task.options, start=start, advice=False), unwatched, stop)
    seconds = time.monotonic() - begun
    plan = solved_answer(case, result)
    return Finished(_solved(task.index, plan, result, seconds), plan)


def _solved(index: int, plan: Answer, result: SolveResult, seconds: float) -> Solved:
    named = plan.result or result
    return Solved(
        index=index,
        status=named.status,
        stop_reason=named.stop_reason,
        bound=finite(named.bound),
        bound_kind=named.bound_kind,
        gap=finite(named.gap),
        keeps_rules=not named.score.broken,
        value=plan.score.value,
        figures=figures_of(plan),
        today=figures_of_today(plan.case),
        held=held(plan),
        reasons=_reasons(plan.case, plan),
        seconds=seconds,
    )


def start_plan(case: Case, holders: Sequence[Held]) -> Plan | None:
    """Lay a neighbour's plan onto a case that may have other seats or splits; None where it is of no use.

    Units of seats that are gone have nobody and are given away again by the solver, which can do so only where reps
    have homes.
    """
    if not holders:
        return None
    rows = [
        (item.unit, "" if case.problem.free.any() else item.rep, item.territory, f"{item.share!r}") for item in holders
    ]
    frame = pd.DataFrame(rows, columns=["unit", "rep", "territory", "share"], dtype=str)
    plan, _ = lay_plan(frame, "start", case)
    seated = np.bincount(plan.owner[plan.owner >= 0], minlength=case.problem.n_reps)
    holes = bool((plan.owner == NOBODY).any() or (seated == 0).any())
    return None if holes and case.problem.free.any() else plan


def _reasons(case: Case, answer: Answer) -> tuple[str, ...]:
    if not answer.score.broken:
        return ()
    solved = answer.result.reasons if answer.result else ()
    reasons = [f"{reason.text} ({reason.evidence})" for reason in reason_figures(case, solved)]
    figures = broken_figures(case, answer.score.broken)
    broken = [f"{rule.where}: {rule.cause} ({rule.evidence})" for rule in figures]
    return tuple((reasons or broken)[:MOST_REASONS])
