"""Two plans held against each other by the value of their goals."""

from collections.abc import Sequence
from itertools import combinations

from scenarios.compare.inputs import value_differs
from scenarios.compare.model import Pair
from scenarios.compare.side import Side
from scenarios.report.model import Report

ROUNDING = 1e-9
"""Relative difference of two values that counts as none."""


def pairs(sides: Sequence[Side]) -> list[Pair]:
    """Return every two plans."""
    return [pair(left, right) for left, right in combinations(sides, 2)]


def pair(left: Side, right: Side) -> Pair:
    """Hold two plans against each other.

    Values compare only where goals, weights and data are equal and both plans keep every hard rule. The two tie where
    the plan of the larger value could, for all that is proven, be as good as the other: where their values differ by
    less than its value - its bound.
    """
    a, b = left.report, right.report
    reasons = [*value_differs(a, b), *_broken(left, right)]
    if reasons:
        return Pair(left=left.key, right=right.key, relation="unknown", difference=None, open=None, reasons=reasons)
    difference = b.value - a.value
    worse = a if a.value > b.value else b
    open_ = proven_open(worse)
    rounding = ROUNDING * max(abs(a.value), abs(b.value))
    tie = abs(difference) <= rounding or (open_ is not None and abs(difference) < open_)
    return Pair(
        left=left.key,
        right=right.key,
        relation="tie" if tie else "left" if difference > 0 else "right",
        difference=difference,
        open=open_,
        reasons=[],
    )


def proven_open(report: Report) -> float | None:
    """Return by how much a plan could still be better: value - bound, None without proof."""
    return None if report.gap is None or report.bound is None else max(0.0, report.value - report.bound)


def _broken(left: Side, right: Side) -> list[str]:
    broken = [side for side in (left, right) if side.report.broken]
    return [f"{side.name} breaks hard rules" for side in broken]
