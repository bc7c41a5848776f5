"""Who works which part of the map, in a plan or today: what every figure of money is summed by."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.graph import IntArray
from optimizer.plan import Plan
from optimizer.problem import BoolArray, FloatArray
from scenarios.case import Case, Rep
from scenarios.report.changes import staying_reps
from scenarios.report.matched import planned_fit
from scenarios.report.places import unit_km
from scenarios.report.seats import match_reps
from scenarios.report.today import current_reps, today_of


@dataclass(frozen=True, eq=False)
class Crew:
    """Groups of units, each with who works them.

    Attributes
    ----------
    codes : tuple of str
        Code of each group.
    group : (n_units,) int32
        Group of each unit of the Problem; negative for nobody's.
    hours, cost : (n_groups,) float64
        Selling hours and cost a year.
    travel : (n_units,) float64
        Way from the rep's home (or the group's middle) to each unit: km, or what the travel matrix holds.
    fit : (n_units,) float64
        Fit of each unit with its rep, 0..1.
    moved : (n_units,) bool
        Units whose rep of today stays but does not keep them.
    """

    codes: tuple[str, ...]
    group: IntArray
    hours: FloatArray
    cost: FloatArray
    travel: FloatArray
    fit: FloatArray
    moved: BoolArray


def plan_crew(case: Case, plan: Plan) -> Crew:
    """Return the seats of a plan; a free territory has the rep it is matched to."""
    matched = match_reps(case, plan)
    hours, cost = _hours_and_cost(case, matched)
    homes = [case.reps[seat.rep] if seat.rep is not None else None for seat in case.seats]
    return Crew(
        codes=tuple(seat.code for seat in case.seats),
        group=plan.owner,
        hours=hours,
        cost=cost,
        travel=_travel(case, plan.owner, plan.owner, homes),
        fit=np.nan_to_num(planned_fit(case, plan, matched)),
        moved=_moved(case, plan, matched),
    )


def today_crew(case: Case) -> Crew | None:
    """Return today's seats, then today's owners who have none; None where nobody owns anything today."""
    today = today_of(case)
    if today is None:
        return None
    index = {rep.id: i for i, rep in enumerate(case.reps)}
    listed = [*(seat.rep for seat in case.seats), *(index.get(rep) for rep in today.gone)]
    hours, cost = _hours_and_cost(case, listed)
    return Crew(
        codes=(*(seat.code for seat in case.seats), *today.gone),
        group=today.group,
        hours=hours,
        cost=cost,
        travel=_travel(case, today.group, today.owner, [None if i is None else case.reps[i] for i in listed]),
        fit=_fit(case, today.owner),
        moved=np.zeros(case.problem.n_units, dtype=np.bool_),
    )


def _hours_and_cost(case: Case, listed: Sequence[int | None]) -> tuple[FloatArray, FloatArray]:
    economics = case.economics
    hours = [economics.typical_hours if rep is None else economics.hours[rep] for rep in listed]
    cost = [economics.typical_cost if rep is None else economics.cost[rep] for rep in listed]
    return np.array(hours, dtype=np.float64), np.array(cost, dtype=np.float64)


def _travel(case: Case, group: IntArray, seat: IntArray, homes: Sequence[Rep | None]) -> FloatArray:
    """Return each unit's way: from the matrix where its seat is in it (a mean where not), else in km."""
    problem = case.problem
    if case.scenario.travel is None:
        return unit_km(case, group, homes)
    seated = np.flatnonzero(seat >= 0)
    way = np.full(problem.n_units, np.nan)
    way[seated] = problem.travel_cost[seated, seat[seated]]
    return np.where(np.isnan(way) & (group >= 0), np.nanmean(way) if len(seated) else 0.0, way)


def _fit(case: Case, seat: IntArray) -> FloatArray:
    """Return each unit's fit; somebody without a seat fits like the seats do on average."""
    problem = case.problem
    fit = problem.fit.astype(np.float64)
    seated = fit[problem.fit_class, np.maximum(seat, 0)]
    return np.where(seat >= 0, seated, fit.mean(axis=1)[problem.fit_class])


def _moved(case: Case, plan: Plan, matched: Sequence[int | None]) -> BoolArray:
    """Return the units that avoidably leave their rep of today."""
    ids = np.array([*("" if rep is None else case.reps[rep].id for rep in matched), ""], dtype=object)
    today = np.array(current_reps(case), dtype=object)
    stays = np.isin(today.astype(str), sorted(staying_reps(case)))
    return np.asarray(stays & (plan.owner >= 0) & (ids[plan.owner] != today), dtype=np.bool_)
