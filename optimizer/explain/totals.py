"""Whether the limits can hold for the totals, whatever goes where."""

from collections.abc import Iterator

import numpy as np

from optimizer.explain.facts import Facts
from optimizer.explain.wording import load_conflict, said
from optimizer.result import Reason


def check_totals(facts: Facts) -> Iterator[Reason]:
    """Yield proofs by totals: crossed limits, sums of ends, and amounts that come in steps too large for a range."""
    for measure in range(len(facts.problem.measures)):
        crossed = list(_crossed(facts, measure))
        yield from crossed or (*_sums(facts, measure), *_steps(facts, measure))


def _crossed(facts: Facts, measure: int) -> Iterator[Reason]:
    ranges = facts.ranges
    for rep in np.flatnonzero(ranges.low[measure] > ranges.high[measure]).tolist():
        low, high = ranges.low[measure, rep], ranges.high[measure, rep]
        below, above = ranges.low_rule(measure, rep), ranges.high_rule(measure, rep)
        text = f"{below} asks for at least {{load}}, but {above} allows at most {{limit}}"
        if ranges.high_limit[measure, rep] < 0:
            text = "at least {load} is asked for, but all units together have {limit}"
            above = below
        yield load_conflict(facts, above, measure, (low, high), text, reps=[rep])


def _sums(facts: Facts, measure: int) -> Iterator[Reason]:
    ranges, total = facts.ranges, int(facts.problem.load[measure].sum())
    low, high = int(ranges.low[measure].sum()), int(ranges.high[measure].sum())
    if total > high:
        text = "all units together have {load}, all territories together may hold at most {limit}"
        yield load_conflict(facts, ranges.high_rule(measure, 0), measure, (total, high), text)
    if total < low:
        text = "all units together have {load}, all territories together need at least {limit}"
        yield load_conflict(facts, ranges.low_rule(measure, 0), measure, (total, low), text)


def _steps(facts: Facts, measure: int) -> Iterator[Reason]:
    step = int(np.gcd.reduce(facts.load[measure]))
    low, high = facts.ranges.low[measure], facts.ranges.high[measure]
    if step == 0:
        return
    below = high // step * step
    reps = np.flatnonzero((below < low) & (low <= high))
    if len(reps):
        rep = int(reps[0])
        text = (
            f"every load is a multiple of {said(facts, measure, step)}, and none lies from "
            f"{said(facts, measure, low[rep])} to {said(facts, measure, high[rep])}"
        )
        rule = facts.ranges.low_rule(measure, rep)
        yield load_conflict(facts, rule, measure, (below[rep], low[rep]), text, reps=reps)
