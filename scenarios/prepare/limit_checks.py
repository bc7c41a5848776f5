"""Whether the limits of the loads can hold at all, whatever the map looks like."""

from collections.abc import Iterator, Sequence

import numpy as np

from geodata.findings import Finding, Level
from optimizer.bound.load_range import load_range
from optimizer.problem import Problem
from scenarios.prepare.wording import amount, some


def limit_findings(problem: Problem, codes: Sequence[str]) -> Iterator[Finding]:
    """Yield warnings about limits that contradict each other, the totals or the sizes of the units.

    Parameters
    ----------
    problem : Problem
    codes : n_seats texts
        The territories' codes.
    """
    if problem.n_reps > problem.n_units:
        message = f"There are {problem.n_reps} territories for {problem.n_units} units; each needs one at least."
        yield Finding(Level.WARNING, "too-many-territories", message, "Maybe fewer reps, or finer units.", field="reps")
    low, high = load_range(problem)
    for measure in range(len(problem.measures)):
        crossed = np.flatnonzero(low[measure] > high[measure])
        if len(crossed):
            yield _crossed(problem, measure, some(codes, crossed))
            continue
        yield from _totals(problem, measure, float(low[measure].sum()), float(high[measure].sum()))
        yield from _granularity(problem, measure, low[measure], high[measure], codes)
    yield from _hours(problem)


def _crossed(problem: Problem, measure: int, territories: str) -> Finding:
    name = problem.measures[measure]
    message = f"No amount of {name} keeps all limits of {territories}: the smallest allowed is above the largest."
    hint = "Maybe widen the tolerance, or change min, max or hours."
    return Finding(Level.WARNING, "limits-cross", message, hint, field=f"measures.{name}")


def _totals(problem: Problem, measure: int, low: float, high: float) -> Iterator[Finding]:
    name, scale = problem.measures[measure], float(problem.load_per_amount[measure])
    total = float(problem.load[measure].sum())
    if low <= total <= high:
        return
    side, bound = ("least", low) if total < low else ("most", high)
    message = (
        f"The total of {name} is {amount(total / scale)}, but the limits of all territories together ask for at "
        f"{side} {amount(bound / scale)}."
    )
    hint = "Maybe change min, max, tolerance or targets, or the number of reps."
    yield Finding(Level.WARNING, "total-outside-limits", message, hint, field=f"measures.{name}")


def _granularity(
    problem: Problem, measure: int, low: np.ndarray, high: np.ndarray, codes: Sequence[str]
) -> Iterator[Finding]:
    """Yield a warning where every load is a multiple of a step and a range holds no multiple."""
    step = int(np.gcd.reduce(problem.load[measure]))
    if step <= 0:
        return
    empty = np.flatnonzero(np.floor(high / step) * step < low)
    if len(empty):
        name, each = problem.measures[measure], step / float(problem.load_per_amount[measure])
        message = (
            f"{name} comes in multiples of {amount(each)}, and no multiple lies within the limits of "
            f"{some(codes, empty)}."
        )
        hint = "Maybe widen the tolerance."
        yield Finding(Level.WARNING, "limits-too-narrow", message, hint, field=f"measures.{name}.tolerance")


def _hours(problem: Problem) -> Iterator[Finding]:
    for limit in problem.limits:
        total = int(problem.load[limit.measure].sum())
        if limit.rule == "hours" and int(limit.high.sum()) < total:
            scale = float(problem.load_per_amount[limit.measure])
            hours, workload = float(limit.high.sum()) / scale, total / scale
            message = f"All reps together have {amount(hours)} hours for a workload of {amount(workload)}."
            hint = "Maybe add reps, or set limits.hours to off."
            yield Finding(Level.WARNING, "hours-below-workload", message, hint, field="limits.hours")
