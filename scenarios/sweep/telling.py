"""What a sweep found, in words for the terminal and the page."""

from collections.abc import Mapping

from scenarios.report.summary import percent_up
from scenarios.report.words import number
from scenarios.sweep.model import AxisFigure, PointFigure, ProposalFigure, SweepReport
from scenarios.sweep.vary import told

MOST_REASONS = 5
"""Reasons told of a point."""
WHOLE_FROM = 10_000.0
"""From here on an amount is told without decimals."""
WITH_PLAN = ("optimal", "feasible")
WITHOUT_PLAN = {
    "infeasible": "proven: no plan keeps every hard rule",
    "unknown": "no plan that keeps every hard rule was found",
    "refused": "the values make no sense together",
    "unfinished": "not finished: the sweep was stopped",
}


def summary(report: SweepReport) -> str:
    """Return the paragraph that comes first."""
    total = len(report.points)
    good = sum(point.status in WITH_PLAN for point in report.points)
    front = sum(point.on_front for point in report.points)
    if good == 0:
        return f"None of {total} what-ifs has a plan that keeps every hard rule. The reasons are listed below."
    count = len(report.proposals)
    proposals = "One plan is" if count == 1 else f"{count} plans differ enough to be"
    return (
        f"{good} of {total} what-ifs have a plan that keeps every hard rule; {front} of these are on the front: no "
        f"other plan found is as good in everything and better in something. {proposals} worth a discussion."
    )


def told_values(point: PointFigure) -> str:
    """Return what a point asks for: why it was chosen, or its parameters."""
    return point.why or ", ".join(f"{path} = {told(value)}" for path, value in point.values.items()) or "as written"


def told_gap(point: PointFigure) -> str:
    """Return how far from the best of its own wishes a plan can be at most."""
    return "-" if point.gap is None else f"{percent_up(point.gap)} %"


def told_figure(axis: AxisFigure, figures: Mapping[str, float]) -> str:
    """Return an amount of a goal, to one decimal, from 10,000 on to none."""
    amount = figures.get(axis.name)
    if amount is None:
        return "-"
    return f"{amount:,.0f}" if abs(amount) >= WHOLE_FROM else f"{amount:,.1f}"


def heading(axis: AxisFigure) -> str:
    """Return the label of a goal with its unit."""
    return f"{axis.label} ({axis.unit})"


def proposal_sentence(report: SweepReport, proposal: ProposalFigure) -> str:
    """Return a proposal against today, and against the first one."""
    point = point_of(report, proposal)
    parts = [f"{axis.label} {told_figure(axis, point.figures)} {axis.unit}" for axis in report.goals]
    return f"{proposal.why}: {', '.join(parts)}"


def point_of(report: SweepReport, proposal: ProposalFigure) -> PointFigure:
    """Return the point of a proposal."""
    return next(point for point in report.points if point.point == proposal.point)


def best_of(report: SweepReport, axis: AxisFigure) -> str:
    """Return the best amount of a goal among the proposals, as it is told."""
    amounts = [point_of(report, proposal).figures[axis.name] for proposal in report.proposals]
    return told_figure(axis, {axis.name: (min if axis.better == "lower" else max)(amounts)})


def trouble(point: PointFigure, most: int = MOST_REASONS) -> str:
    """Return why a point has no plan that keeps every hard rule, with at most so many reasons."""
    lead = WITHOUT_PLAN[point.status]
    said = [*point.reasons, *(f"{finding.message} {finding.hint}" for finding in point.findings)]
    return f"{lead}: {'; '.join(said[:most])}" if said else lead


def plain_number(amount: float | None) -> str:
    """Return a value or bound for a table, a dash where there is none."""
    return "-" if amount is None else number(amount)
