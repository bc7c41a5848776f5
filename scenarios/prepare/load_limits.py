"""Hard ranges of each territory's loads: bands, smallest and largest amounts, hours."""

import numpy as np

from geodata.findings import Finding, Level
from optimizer.problem import WORKLOAD, FloatArray, LoadArray, LoadLimit
from scenarios.document.scenario import Scenario
from scenarios.prepare.measures import LARGEST_TOTAL, measure_names
from scenarios.prepare.seats import Team
from scenarios.prepare.targets import measure_of
from scenarios.prepare.wording import some

UNLIMITED = -1
"""In `LoadLimit.low`: the limit does not hold for this seat. Loads are never negative, so nothing can break it."""
WIDEST = 1e6
"""Tolerance from which a band limits nothing more."""
_ROUNDING = 1e-9
"""Share of a limit by which it is widened before it is rounded inwards to whole load units."""


def load_limits(
    scenario: Scenario, load: LoadArray, load_per_amount: FloatArray, target: FloatArray, team: Team
) -> tuple[LoadLimit, ...]:
    """Return the hard ranges: bands by tolerance, then min and max, then hours."""
    limits = []
    nothing, anything = np.zeros(len(team.seats)), np.full(len(team.seats), np.inf)
    for i, name in enumerate(measure_names(scenario.measures)):
        measure, total = measure_of(scenario.measures, name), int(load[i].sum())
        scale = float(load_per_amount[i])
        if measure.tolerance is not None:
            width = target[i] * min(measure.tolerance, WIDEST)
            limits.append(_limit("band", i, target[i] - width, target[i] + width, total))
        if measure.min is not None:
            limits.append(_limit("min", i, nothing + measure.min * scale, anything, total))
        if measure.max is not None:
            limits.append(_limit("max", i, nothing, nothing + measure.max * scale, total))
    if scenario.limits.hours == "hard" and not team.is_free:
        hours = np.array([np.inf if rep.hours is None else min(rep.hours, LARGEST_TOTAL) for rep in team.seated])
        high = hours * float(load_per_amount[WORKLOAD])
        limits.append(_limit("hours", WORKLOAD, nothing, high, int(load[WORKLOAD].sum())))
    return tuple(limits)


def check_hours(scenario: Scenario, team: Team) -> tuple[Finding, ...]:
    """Return what is doubtful about hours that cap the workload: nobody's, or unknown ones."""
    if scenario.limits.hours == "off":
        return ()
    if team.is_free:
        message = "Hours cap nothing in the design of free territories, which are matched to reps afterwards."
        return (_hours_warning("hours-without-reps", message, "Maybe leave out reps.count.", ""),)
    unknown = [i for i, rep in enumerate(team.seated) if rep.hours is None]
    if not unknown:
        return ()
    message = f"{some([rep.id for rep in team.seated], unknown)} have no hours, so nothing caps their workload."
    return (_hours_warning("hours-missing", message, "Maybe fill in the column hours.", team.label),)


def _hours_warning(code: str, message: str, hint: str, label: str) -> Finding:
    return Finding(Level.WARNING, code, message, hint, label, field="hours" if label else "limits.hours")


def _limit(rule: str, measure: int, low: FloatArray, high: FloatArray, total: int) -> LoadLimit:
    """Round a range inwards to whole load units; what lies outside 0..total says no more than that."""
    smallest = np.ceil(np.clip(low, 0.0, total + 1.0) * (1.0 - _ROUNDING))
    largest = np.floor(np.minimum(high, total) * (1.0 + _ROUNDING))
    return LoadLimit(rule, measure, smallest.astype(np.int64), largest.astype(np.int64))
