"""One point of a sweep: prepared, solved from a neighbour's plan, judged. Runs in a process of its own."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geodata.findings import Finding, InputError
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.problem import NOBODY
from optimizer.result import SolveResult, Stop
from optimizer.solve import unwatched
from scenarios.case import Case
from scenarios.prepare.plan import lay_plan
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import Source
from scenarios.report.answer import Answer, solved_answer
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
    """The answer for one point.

    Attributes
    ----------
    index : int
    result : SolveResult
        Named and matched, as `solved_answer` returns it.
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
    result: SolveResult
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


def solve_point(task: Task, stop: Stop) -> PointAnswer:
    """Solve one point."""
    try:
        case = prepare(task.source)
    except InputError as error:
        return Refused(task.index, error.findings)
    begun = time.monotonic()
    start = start_plan(case, task.start)
    result, _ = solve_case(case, replace(task.options, start=start), unwatched, stop)
    seconds = time.monotonic() - begun
    answer = solved_answer(case, result)
    return Solved(
        index=task.index,
        result=answer.result or result,
        value=answer.score.value,
        figures=figures_of(answer),
        today=figures_of_today(case),
        held=held(answer),
        reasons=_reasons(case, answer),
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
