"""From plans to their Comparison."""

from collections.abc import Iterator, Sequence

from scenarios.compare.figures import figures
from scenarios.compare.inputs import input_changes
from scenarios.compare.model import Comparison, PlanFigure, Shift
from scenarios.compare.pairs import pairs
from scenarios.compare.shifts import plan_held, shift, today_held
from scenarios.compare.side import Side
from scenarios.compare.verdict import verdict


def compare(sides: Sequence[Side]) -> Comparison:
    """Hold one to four plans side by side, aligned, and against today; the others are held against the first."""
    shifts = [*_from_today(sides), *_from_first(sides)]
    told = figures(sides, shifts)
    held = pairs(sides)
    return Comparison(
        plans=[_plan(side) for side in sides],
        verdict=verdict(sides, told, held),
        pairs=held,
        figures=told,
        shifts=shifts,
        inputs=[change for other in sides[1:] for change in input_changes(sides[0], other)],
        notes=list(_notes(sides)),
    )


def _plan(side: Side) -> PlanFigure:
    report = side.report
    return PlanFigure(
        key=side.key,
        name=side.name,
        source=side.source,
        status=report.status,
        value=report.value,
        bound=report.bound,
        gap=report.gap,
        weights={goal.name: goal.weight for goal in report.goals},
    )


def _from_today(sides: Sequence[Side]) -> Iterator[Shift]:
    for side in sides:
        if side.report.today is not None:
            yield shift(today_held(side), plan_held(side), side)


def _from_first(sides: Sequence[Side]) -> Iterator[Shift]:
    for side in sides[1:]:
        yield shift(plan_held(sides[0]), plan_held(side), side)


def _notes(sides: Sequence[Side]) -> Iterator[str]:
    if any(side.report.today is None for side in sides):
        yield "Where nobody owns anything today, nothing is told of what changes hands from today."
    free = [side.name for side in sides if any(row.rep is None for row in side.report.territories)]
    if free:
        yield (
            f"Territories without a rep ({', '.join(free)}) are called as those of {sides[0].name} with which they "
            "share most potential."
        )
    counts = {frozenset(row.unit for row in side.rows) for side in sides}
    if len(counts) > 1:
        yield "The plans do not have the same units; what only one of them has is not counted as moved."
    scoped = [side.name for side in sides if side.report.provenance.scenario.get("scope")]
    if scoped:
        yield f"Only a part of the map was planned in {', '.join(scoped)}; the rest stands there as it was."
