"""From an answer to the Report: every figure beside today's."""

from dataclasses import asdict

import numpy as np

from optimizer.result import Status
from optimizer.score import Score
from scenarios.case import Case
from scenarios.quotas.quotas import quotas_of
from scenarios.report.answer import Answer
from scenarios.report.attempt_words import attempt_figures
from scenarios.report.changes import MOVED, change_figures, unit_changes
from scenarios.report.contribution import contribution_figures
from scenarios.report.figures import count_units, finite, group_figures, unit_fit
from scenarios.report.matched import planned_fit
from scenarios.report.model import (
    BoundKind,
    FindingFigure,
    GoalFigure,
    RepFigure,
    Report,
    TerritoryFigure,
    TodayFigures,
)
from scenarios.report.places import unit_km
from scenarios.report.provenance import Run, provenance, timing
from scenarios.report.rows import Holder, seat_holder, territory_rows
from scenarios.report.today import Today, today_of
from scenarios.report.words import broken_figures, explained_figures, reason_figures
from scenarios.robust.told import hedge_figure


def build_report(answer: Answer, run: Run) -> Report:
    """Return the readable outcome of a plan."""
    case, score, result = answer.case, answer.score, answer.result
    today = today_of(case)
    reasons = result.reasons if result else ()
    given = Status.UNKNOWN if score.broken else Status.FEASIBLE
    quotas, about_quotas = quotas_of(answer)
    return Report(
        name=case.scenario.name,
        status=result.status if result else given,
        stop_reason=result.stop_reason if result else None,
        value=score.value,
        bound=finite(result.bound) if result else None,
        bound_kind=BoundKind(result.bound_kind) if result else BoundKind.NONE,
        gap=finite(result.gap) if result else None,
        violation=score.violation,
        goals=_goals(score),
        territories=_proposed(answer),
        today=None if today is None else _today(case, today),
        changes=None if today is None else change_figures(answer),
        contribution=contribution_figures(answer),
        broken=explained_figures(case, score, answer.plan, reasons),
        reasons=reason_figures(case, reasons),
        attempts=attempt_figures(result.attempts) if result else [],
        quotas=quotas,
        hedge=hedge_figure(answer),
        findings=[FindingFigure(**asdict(finding)) for finding in (*answer.findings, *about_quotas)],
        reps=[RepFigure(**{name: getattr(rep, name) for name in RepFigure.model_fields}) for rep in case.reps],
        provenance=provenance(answer, run),
        timing=timing(answer, run),
    )


def build_territories(answer: Answer) -> tuple[list[TerritoryFigure], list[TerritoryFigure]]:
    """Return the territories of the plan, and those of today (none where nobody holds anything)."""
    today = today_of(answer.case)
    return _proposed(answer), [] if today is None else _today(answer.case, today).territories


def _proposed(answer: Answer) -> list[TerritoryFigure]:
    case, owner = answer.case, answer.plan.owner
    n = case.problem.n_reps
    holders = [seat_holder(case, seat, answer.incumbent(seat)) for seat in range(n)]
    measured_from = [h.rep if home else None for h, home in zip(holders, case.problem.has_home, strict=True)]
    fit = planned_fit(case, answer.plan, answer.rep_of_seat)
    figures = group_figures(case, owner, n, unit_km(case, owner, measured_from), fit)
    moved = np.flatnonzero((np.array(unit_changes(answer), dtype=object) == MOVED) & (owner >= 0))
    return territory_rows(case, holders, figures, answer.score, count_units(case, owner, moved, n))


def _today(case: Case, today: Today) -> TodayFigures:
    """Return today's figures; without value and rules where no seat has anything today (free territories)."""
    rep_of = {rep.id: rep for rep in case.reps}
    seats = [
        seat_holder(case, i, None if seat.rep is None else case.reps[seat.rep]) for i, seat in enumerate(case.seats)
    ]
    holders = [*seats, *(Holder(rep, "", None, rep, rep_of.get(rep)) for rep in today.gone)]
    km = unit_km(case, today.group, [holder.rep for holder in holders])
    figures = group_figures(case, today.group, len(holders), km, unit_fit(case, today.owner))
    rows = territory_rows(case, holders, figures, today.score, np.zeros(len(holders), dtype=np.int64))
    seated = bool((today.owner >= 0).any())
    return TodayFigures(
        value=today.score.value if seated else None,
        goals=_goals(today.score) if seated else [],
        territories=[row for row, holder in zip(rows, holders, strict=True) if holder.rep_id is not None],
        broken=broken_figures(case, today.score.broken) if seated else [],
    )


def _goals(score: Score) -> list[GoalFigure]:
    return [GoalFigure(name=goal.name, weight=goal.weight, amount=goal.amount) for goal in score.goals]
