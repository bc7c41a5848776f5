"""From a plan to its quotas: shares, bounds, whole steps, incumbents, and the roll-up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.findings import Finding, Level
from optimizer.problem import FloatArray, LoadArray
from scenarios.case import Rep
from scenarios.document.quota import HISTORY
from scenarios.document.scenario import Quota
from scenarios.prepare.wording import some
from scenarios.quotas.apportion import apportion, held
from scenarios.quotas.bounds import Bounds, bound_findings, bounds_of
from scenarios.quotas.by_seat import measure_by_seat, rows_by_seat
from scenarios.quotas.figures import Seats, quota_figure
from scenarios.quotas.model import QuotaFigure
from scenarios.quotas.period import Period, covered_share, period_of
from scenarios.quotas.rollup import hierarchy, totals
from scenarios.report.answer import Answer

UNSTAFFED = frozenset({"vacant", "leaving"})
"""Status of reps who stand for an empty seat: nobody carries its quota."""


@dataclass(frozen=True)
class _Basis:
    """What a quota is spread by: each seat's share, and what was left out."""

    share: FloatArray
    findings: tuple[Finding, ...]


def quotas_of(answer: Answer) -> tuple[list[QuotaFigure] | None, tuple[Finding, ...]]:
    """Return the quotas of every measure that has one, and what keeps them from being spread as asked.

    None where the scenario has no quotas.
    """
    quotas = answer.case.scenario.quota
    if not quotas:
        return None, ()
    figures, findings = [], []
    for name, quota in quotas.items():
        figure, found = _spread(answer, name, quota)
        figures.append(figure)
        findings += found
    return figures, tuple(findings)


def _spread(answer: Answer, name: str, quota: Quota) -> tuple[QuotaFigure, list[Finding]]:
    reps = [answer.incumbent(seat) for seat in range(answer.case.problem.n_reps)]
    codes = [seat.code for seat in answer.case.seats]
    tree = hierarchy(*([getattr(rep, field) if rep else "" for rep in reps] for field in ("region", "manager")))
    total = totals(quota, tree)[-1]
    history = rows_by_seat(answer, answer.case.histories[name]) if name in answer.case.histories else None
    basis = _basis(answer, name, quota, reps, history)
    bounds = bounds_of(quota, history, len(reps), total)
    findings = [*basis.findings, *bound_findings(name, quota, bounds, basis.share, total, codes)]
    findings += _unbound(name, quota, history, codes)
    possible = bool(basis.share.sum() > 0) and not any(found.level is Level.WARNING for found in findings)
    period = period_of(answer.case.scenario.plan)
    seats = _seats(reps, quota, basis.share, bounds, total, period) if possible else None
    figure = quota_figure(answer, name, quota, tree, seats, bounds, history, period)
    return figure, findings


def _seats(
    reps: Sequence[Rep | None], quota: Quota, share: FloatArray, bounds: Bounds, total: int, period: Period | None
) -> Seats:
    steps = apportion(share, total, bounds.low, bounds.high)
    up, down = held(share, total, bounds.low, bounds.high)
    covered = np.array([_covered(rep, quota, period) for rep in reps])
    carried: LoadArray = np.floor(steps * covered + 0.5).astype(np.int64)
    return Seats(share, steps, up, down, covered, carried)


def _covered(rep: Rep | None, quota: Quota, period: Period | None) -> float:
    """Return the share of its seat's quota that an incumbent answers for."""
    if rep is None or rep.status in UNSTAFFED or (rep.status == "planned" and rep.start is None):
        return 0.0
    return 1.0 if period is None else covered_share(period, rep.start, rep.end, quota.ramp_months)


def _basis(answer: Answer, name: str, quota: Quota, reps: Sequence[Rep | None], history: FloatArray | None) -> _Basis:
    """Return each seat's weighted share; what adds up to 0 cannot be shared by and is left out with a warning."""
    share, weight, empty = np.zeros(len(reps)), 0.0, []
    for by, of in (quota.spread or {name: 1.0}).items():
        amounts = _amounts(answer, by, reps, history)
        if of > 0 and amounts.sum() > 0:
            share, weight = share + of * amounts / amounts.sum(), weight + of
        elif of > 0:
            empty.append(by)
    share = share / weight if weight > 0 else share
    if not empty:
        return _Basis(share, ())
    message = f"quota.{name} is to be spread by {', '.join(empty)}, of which the territories of this plan have nothing."
    hint = "Maybe leave it out of quota.spread."
    return _Basis(share, (Finding(Level.WARNING, "quota-without-basis", message, hint, field=f"quota.{name}.spread"),))


def _amounts(answer: Answer, by: str, reps: Sequence[Rep | None], history: FloatArray | None) -> FloatArray:
    if by in answer.case.problem.measures:
        return measure_by_seat(answer, by)
    if by == HISTORY and history is not None:
        return history
    return np.array([rep.capacity if rep else 1.0 for rep in reps])


def _unbound(name: str, quota: Quota, history: FloatArray | None, codes: Sequence[str]) -> list[Finding]:
    """Return a note on the territories that no bound relative to history holds."""
    if history is None or (quota.floor.of_history is None and quota.cap.of_history is None):
        return []
    new = np.flatnonzero(history <= 0)
    if not len(new):
        return []
    message = f"{some(codes, new)} have no history, so no floor or cap of_history holds their quota.{name}."
    return [Finding(Level.NOTE, "quota-without-history", message, field=f"quota.{name}.history")]
