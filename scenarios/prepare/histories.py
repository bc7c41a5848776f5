"""Past sales of each unit, as quotas ask for them, and whether floors and caps can hold for any plan."""

from collections.abc import Iterator, Mapping

import numpy as np

from geodata.findings import Finding, Level
from optimizer.problem import FloatArray
from scenarios.document.scenario import Quota, Scenario
from scenarios.prepare.measures import check_total, read_column
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import amount


def history_name(measure: str) -> str:
    """Return the name under which accounts are summed up for a quota's history."""
    return f"quota.{measure}.history"


def read_histories(quotas: Mapping[str, Quota], table: UnitTable) -> tuple[dict[str, FloatArray], tuple[Finding, ...]]:
    """Return the history of each unit, (n_rows,) float64 by the measure of the quota, where one is asked for."""
    findings: list[Finding] = []
    histories = {}
    for name, quota in quotas.items():
        if quota.history is None:
            continue
        field = history_name(name)
        amounts = table.rolled.get(field)
        if amounts is None:
            amounts = read_column(quota.history, field, table, findings)
        if not np.isnan(amounts).any():
            findings.extend(check_total(field, quota.history, amounts, table))
        histories[name] = amounts
    return histories, tuple(findings)


def quota_prospects(scenario: Scenario, histories: Mapping[str, FloatArray], n_seats: int) -> Iterator[Finding]:
    """Yield warnings where no plan can keep a quota's floors or caps, and where nothing says which days count."""
    plan = scenario.plan
    if scenario.quota and (plan is None or (plan.start is None and plan.year is None)):
        message = "Quotas have no period, so nobody's quota is pro-rated by start, end or ramp."
        hint = "Maybe add `plan: {year: 2027}`."
        yield Finding(Level.WARNING, "quota-without-period", message, hint, field="plan")
    for name, quota in scenario.quota.items():
        yield from _floors(name, quota, histories.get(name), n_seats)
        yield from _caps(name, quota, n_seats)


def total_of(quota: Quota, levels: tuple[float, ...]) -> int:
    """Return what the quotas of the last level add up to, in steps: each level's total is rounded up to a step."""
    total = round(quota.target / quota.step)
    for share in levels:
        total = int(np.ceil(total * (1.0 + share) * (1.0 - 1e-12)))
    return total


def _floors(name: str, quota: Quota, history: FloatArray | None, n_seats: int) -> Iterator[Finding]:
    over = quota.over_assignment
    most = total_of(quota, (over.region, over.manager, over.territory)) * quota.step
    least = n_seats * (quota.floor.amount or 0.0)
    if history is not None:
        least = max(least, float(np.nansum(history)) * (quota.floor.of_history or 0.0))
    if least > most:
        message = (
            f"The floors of quota.{name} add up to at least {amount(least)}, {amount(least - most)} more than the "
            f"{amount(most)} that all territories are to have together at most."
        )
        hint = "Maybe lower the floor, or raise the target or the over-assignment."
        yield Finding(Level.WARNING, "floors-above-target", message, hint, field=f"quota.{name}.floor")


def _caps(name: str, quota: Quota, n_seats: int) -> Iterator[Finding]:
    least = total_of(quota, (quota.over_assignment.territory,)) * quota.step
    most = n_seats * (np.inf if quota.cap.amount is None else quota.cap.amount)
    if most < least:
        message = (
            f"The caps of quota.{name} add up to {amount(most)} in {n_seats} territories, {amount(least - most)} less "
            f"than the {amount(least)} that they are to have together."
        )
        hint = "Maybe raise the cap, or lower the target or the over-assignment."
        yield Finding(Level.WARNING, "caps-below-target", message, hint, field=f"quota.{name}.cap")
