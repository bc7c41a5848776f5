"""The written economics laid onto units and reps; what is not given is assumed, and told."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from geodata.findings import Finding, Level
from optimizer.problem import WORKLOAD, FloatArray
from scenarios.document.economics import Economics as Document
from scenarios.document.economics import TravelMoney
from scenarios.document.scenario import Scenario
from scenarios.economics.curves import SalesCurve
from scenarios.economics.economics import Economics
from scenarios.prepare.reading import Inputs
from scenarios.prepare.relationships import loss_rates, sales_at_risk
from scenarios.prepare.response import read_curves
from scenarios.prepare.wording import counted, some

ROUND_TRIP = 2.0
ODD_COVERAGE = (0.2, 5.0)
"""Hours by workload of the whole team outside of these are no year's work: their units differ."""


def read_economics(scenario: Scenario, folder: Path, inputs: Inputs) -> tuple[Economics, tuple[Finding, ...]]:
    """Return what an alignment earns; without `economics` an index by the usual response curve."""
    document = scenario.economics or Document()
    curves, findings = read_curves(document.response, scenario.measures, folder, inputs)
    sales, said, about_sales = sales_at_risk(document.disruption, scenario.measures, inputs, curves)
    rate, about_rate = loss_rates(document.disruption, inputs, sales)
    hours, typical_hours, about_hours = _hours(inputs)
    trip_cost, about_trips = _trip_cost(document.travel, scenario)
    in_money = _in_money(document, scenario, curves)
    cost, typical_cost = _costs(document, inputs)
    reasons = (*_assumed(document, curves, in_money), *said, *about_rate, *about_hours)
    found = [*findings, *about_sales, *about_trips, *_doubts(scenario, inputs, hours, in_money)]
    currency = (scenario.plan.currency if scenario.plan else None) or "money"
    return Economics(
        currency=currency if in_money else "",
        label=_label(curves, in_money),
        reasons=reasons,
        margin=document.margin or 1.0 if in_money else 1.0,
        curves=curves,
        hours=hours,
        typical_hours=typical_hours,
        cost=cost if in_money else np.zeros(len(cost)),
        typical_cost=typical_cost if in_money else 0.0,
        trip_cost=trip_cost if in_money else 0.0,
        sales=sales,
        loss_rate=rate,
    ), tuple(found)


def _in_money(document: Document, scenario: Scenario, curves: tuple[SalesCurve, ...]) -> bool:
    """Return whether margin and curves are known for a measure in money."""
    known = all(curve.source != "usual" for curve in curves)
    return document.margin is not None and known and "potential" in scenario.measures


def _label(curves: tuple[SalesCurve, ...], in_money: bool) -> str:
    if not in_money:
        return "modelled"
    return "calibrated" if all(curve.source == "calibrated" for curve in curves) else "given"


def _hours(inputs: Inputs) -> tuple[FloatArray, float, tuple[str, ...]]:
    """Return the hours of each listed rep, of a typical seat, and what was assumed."""
    team = inputs.team
    capacity = np.array([rep.capacity for rep in team.reps])
    given = np.array([np.nan if rep.hours is None else rep.hours for rep in team.reps])
    known = ~np.isnan(given)
    seated = np.ones(len(team.seats)) if team.is_free else np.array([rep.capacity for rep in team.seated])
    if known.any():
        per_capacity = float(given[known].sum() / capacity[known].sum())
        said = (
            () if known.all() else (f"{counted(int((~known).sum()), 'rep', 'reps')} without hours: hours by capacity",)
        )
    else:
        per_capacity = float(np.nansum(inputs.amounts[WORKLOAD])) / float(seated.sum())
        said = ("no hours are given, so the team's hours are the whole workload, shared out by capacity",)
    return np.where(known, given, capacity * per_capacity), per_capacity * float(seated.mean()), said


def _costs(document: Document, inputs: Inputs) -> tuple[FloatArray, float]:
    """Return the cost of each listed rep, and of a typical seat: the mean of those known."""
    default = np.nan if document.rep_cost is None else document.rep_cost
    cost = np.array([default if rep.cost is None else rep.cost for rep in inputs.team.reps], dtype=np.float64)
    known = cost[~np.isnan(cost)]
    typical = document.rep_cost if document.rep_cost is not None else float(known.mean()) if len(known) else 0.0
    return np.where(np.isnan(cost), typical, cost), typical


def _trip_cost(travel: TravelMoney | None, scenario: Scenario) -> tuple[float, tuple[Finding, ...]]:
    """Return money a year per unit of workload and km (or unit of the matrix) from home."""
    if travel is None:
        return 0.0, ()
    per_km, per_hour = travel.cost_per_km or 0.0, travel.cost_per_hour or 0.0
    by_unit = {
        "km": per_km + per_hour / travel.speed_kmh,
        "h": per_hour + per_km * travel.speed_kmh,
        "min": (per_hour + per_km * travel.speed_kmh) / 60.0,
    }
    if scenario.travel is not None and travel.matrix_unit is None:
        message = "economics.travel prices km and hours, but nothing says what the travel matrix holds."
        hint = "Maybe add `matrix_unit: min` to economics.travel."
        return 0.0, (Finding(Level.ERROR, "missing-field", message, hint, field="economics.travel.matrix_unit"),)
    findings = []
    if scenario.travel is None and travel.matrix_unit is not None:
        message = "economics.travel.matrix_unit is not used, since there is no travel matrix: trips are in km."
        findings.append(Finding(Level.WARNING, "unused-matrix-unit", message, "Maybe leave it out.", field="economics"))
    unit = travel.matrix_unit if scenario.travel is not None else "km"
    return ROUND_TRIP * travel.trips * by_unit[unit or "km"], tuple(findings)


def _assumed(document: Document, curves: tuple[SalesCurve, ...], in_money: bool) -> Iterator[str]:
    if any(curve.source == "usual" for curve in curves):
        b = next(curve.curve.parameters[1] for curve in curves if curve.source == "usual")
        yield f"no response curve is given, so the usual one counts: 10 % more coverage sells {10 * b:g} % more"
    if not in_money:
        yield "it is an index (today = 100) without the costs of trips and reps, since money is not given in full"
    elif document.travel is None:
        yield "no travel cost is given, so trips cost nothing"


def _doubts(scenario: Scenario, inputs: Inputs, hours: FloatArray, in_money: bool) -> Iterator[Finding]:
    """Yield warnings on economics that are written down but cannot mean what they say."""
    document = scenario.economics
    if document is None:
        return
    if not in_money:
        missing = "economics.margin" if document.margin is None else "economics.response"
        missing = missing if "potential" in scenario.measures else "measures.potential"
        message = f"{missing} is not given, so contribution is an index without the costs of trips and reps."
        hint = "Maybe add it to have contribution in money."
        yield Finding(Level.WARNING, "index-only", message, hint, field=missing)
    if document.objective == "contribution" and scenario.goals is not None:
        message = "The solver maximises contribution, so the weights in goals are not used."
        hint = "Maybe leave out goals, or write `objective: goals`."
        yield Finding(Level.WARNING, "unused-goals", message, hint, field="goals")
    yield from _doubtful_team(document, inputs, hours, in_money)


def _doubtful_team(document: Document, inputs: Inputs, hours: FloatArray, in_money: bool) -> Iterator[Finding]:
    """Yield warnings on costs and hours of the reps."""
    team = inputs.team
    unpriced = [i for i, rep in enumerate(team.reps) if rep.cost is None]
    if in_money and document.rep_cost is None and (unpriced or not team.reps):
        who = some([rep.id for rep in team.reps], unpriced) if unpriced else "the territories"
        rest = "the mean of the others" if len(unpriced) < len(team.reps) else "nothing"
        message = f"No cost is given for {who}, so {rest} counts."
        hint = "Maybe fill in the column cost, or add economics.rep_cost."
        yield Finding(Level.WARNING, "cost-missing", message, hint, team.label, field="cost")
    idle = [rep.id for rep in team.seated if rep.hours == 0]
    if idle:
        message = f"{some(idle, range(len(idle)))} have 0 hours, so their territories sell nothing by a power curve."
        hint = "Maybe leave hours empty where they are not known."
        yield Finding(Level.WARNING, "zero-hours", message, hint, team.label, field="hours", value="0")
    work = float(inputs.amounts[WORKLOAD].sum())
    seated = sum(hours[seat.rep] for seat in team.seats if seat.rep is not None)
    low, high = ODD_COVERAGE
    if work > 0 and not team.is_free and not low <= seated / work <= high:
        message = f"The reps' hours are {seated / work:.0%} of the workload, so coverage means little."
        hint = "Maybe workload is not in hours a year, as the reps' hours are."
        yield Finding(Level.WARNING, "odd-coverage", message, hint, team.label, field="hours")
