"""From a sweep to its report."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import combinations

from scenarios.report.model import BoundKind, FindingFigure
from scenarios.report.provenance import option_figures, product
from scenarios.sweep.figures import other_hands
from scenarios.sweep.front import Goal
from scenarios.sweep.model import (
    AxisFigure,
    DifferenceFigure,
    PointFigure,
    ProposalFigure,
    SweepProvenance,
    SweepReport,
    SweepTiming,
)
from scenarios.sweep.solve_point import Refused, Solved
from scenarios.sweep.sweep import Sweep


@dataclass(frozen=True)
class Clock:
    """The circumstances of one sweep; `scenario_path` is told from the folder of the results."""

    started: datetime
    seconds: float
    scenario_path: str


def folder_name(number: int) -> str:
    """Return the folder of a proposal."""
    return f"proposal-{number}"


def build_sweep_report(found: Sweep, clock: Clock) -> SweepReport:
    """Return the readable outcome."""
    solved = [answer for _, answer in sorted(found.answers.items()) if isinstance(answer, Solved)]
    return SweepReport(
        name=found.case.scenario.name,
        parameters=list(dict.fromkeys(path for point in found.points for path in point.values)),
        goals=[_axis(goal) for goal in found.goals],
        today=dict(solved[0].today) if solved and solved[0].today else None,
        points=[_point(found, index) for index in range(len(found.points))],
        proposals=[_proposal(found, number) for number in range(1, len(found.proposals) + 1)],
        differences=[_difference(found, pair) for pair in combinations(range(len(found.proposals)), 2)],
        provenance=SweepProvenance(
            product=product(),
            scenario_sha256=found.source.text_sha256,
            inputs=dict(sorted(found.case.input_hashes.items())),
            options=option_figures(found.options) | {"seed": found.options.seed},
            reproducible=found.options.effort is not None,
        ),
        timing=SweepTiming(
            started=clock.started,
            seconds=clock.seconds,
            scenario_path=clock.scenario_path,
            point_seconds={found.points[answer.index].name: answer.seconds for answer in solved},
        ),
    )


def _axis(goal: Goal) -> AxisFigure:
    return AxisFigure(name=goal.name, label=goal.label, unit=goal.unit, better="lower" if goal.sign > 0 else "higher")


def _point(found: Sweep, index: int) -> PointFigure:
    point, answer = found.points[index], found.answers.get(index)
    solved = answer if isinstance(answer, Solved) else None
    numbers = {chosen.row: number for number, chosen in enumerate(found.proposals, start=1)}
    findings = answer.findings if isinstance(answer, Refused) else ()
    nothing = "refused" if isinstance(answer, Refused) else "unfinished"
    return PointFigure(
        point=point.name,
        why=point.why,
        values=dict(point.values),
        start=None if point.start is None else found.points[point.start].name,
        status=nothing if solved is None else solved.status.value,
        stop_reason=None if solved is None else solved.stop_reason,
        value=None if solved is None else solved.value,
        bound=None if solved is None else solved.bound,
        bound_kind=BoundKind.NONE if solved is None else BoundKind(solved.bound_kind),
        gap=None if solved is None else solved.gap,
        figures={} if solved is None else dict(solved.figures),
        on_front=index in found.front,
        proposal=numbers.get(index),
        reasons=[] if solved is None else list(solved.reasons),
        findings=[FindingFigure(**asdict(finding)) for finding in findings],
    )


def _proposal(found: Sweep, number: int) -> ProposalFigure:
    chosen = found.proposals[number - 1]
    return ProposalFigure(
        proposal=number, point=found.points[chosen.row].name, why=chosen.why, folder=folder_name(number)
    )


def _difference(found: Sweep, pair: Sequence[int]) -> DifferenceFigure:
    one, other = (found.solved(found.proposals[place].row) for place in pair)
    percent = {}
    for goal in found.goals:
        a, b = one.figures[goal.name], other.figures[goal.name]
        larger = max(abs(a), abs(b))
        percent[goal.name] = 100.0 * abs(a - b) / larger if larger > 0 else 0.0
    return DifferenceFigure(
        proposals=(pair[0] + 1, pair[1] + 1),
        percent=percent,
        other_hands_percent=100.0 * other_hands(one.held, other.held),
    )
