"""The figures of territories, summed from the customer's own amounts."""

from dataclasses import dataclass

import numpy as np

from optimizer.graph import IntArray
from optimizer.problem import POTENTIAL, WORKLOAD, FloatArray, LoadArray
from scenarios.case import Case
from scenarios.prepare.load_limits import UNLIMITED


@dataclass(frozen=True, eq=False)
class GroupFigures:
    """Figures of n_groups territories; NaN where one is not defined.

    Attributes
    ----------
    load : (n_measures, n_groups) float64
        In the customer's units.
    units : (n_groups,) int64
        Distinct units.
    mean_km, max_km : (n_groups,) float64
        Workload-weighted mean and largest distance.
    fit : (n_groups,) float64
        Potential-weighted mean fit.
    """

    load: FloatArray
    units: LoadArray
    mean_km: FloatArray
    max_km: FloatArray
    fit: FloatArray


def group_figures(case: Case, group: IntArray, n_groups: int, km: FloatArray, fit: FloatArray) -> GroupFigures:
    """Sum up the figures of territories.

    Parameters
    ----------
    case : Case
    group : (n_units,) int32
        Territory of each unit of the Problem; negative for nobody's.
    n_groups : int
        Number of territories.
    km, fit : (n_units,) float64
        Distance and fit of each unit to its territory.
    """
    held = np.flatnonzero(group >= 0)
    of = group[held]
    amounts = unit_amounts(case)[:, held]
    max_km = np.full(n_groups, -np.inf)
    np.maximum.at(max_km, of, km[held])
    return GroupFigures(
        load=np.stack([np.bincount(of, row, n_groups) for row in amounts]),
        units=count_units(case, group, held, n_groups),
        mean_km=_means(of, km[held], amounts[WORKLOAD], n_groups),
        max_km=np.where(np.isfinite(max_km), max_km, np.nan),
        fit=_means(of, fit[held], amounts[POTENTIAL], n_groups),
    )


def count_units(case: Case, group: IntArray, chosen: LoadArray, n_groups: int) -> LoadArray:
    """Return how many distinct units each territory has among the `chosen` units of the Problem."""
    rows = len(case.units)
    touched = np.unique(group[chosen].astype(np.int64) * rows + case.row_of[chosen])
    return np.bincount(touched // rows, minlength=n_groups)


def unit_amounts(case: Case) -> FloatArray:
    """Return the measures of each unit of the Problem in the customer's units, (n_measures, n_units) float64."""
    return np.asarray(case.amounts[:, case.row_of] * case.share)


def unit_fit(case: Case, owner: IntArray) -> FloatArray:
    """Return each unit's fit with its rep; NaN for nobody's, (n_units,) float64.

    The Problem holds fits in single precision; seven decimals give the written figure back.
    """
    problem = case.problem
    fit = np.full(problem.n_units, np.nan)
    held = np.flatnonzero(owner >= 0)
    fit[held] = np.round(problem.fit[problem.fit_class[held], owner[held]].astype(np.float64), 7)
    return fit


def in_band(case: Case, measure: int, load: LoadArray) -> list[bool | None] | None:
    """Return whether each rep's integer load keeps the hard band of a measure, None where it has none."""
    for limit in case.problem.limits:
        if limit.rule == "band" and limit.measure == measure:
            kept = (load[measure] >= limit.low) & (load[measure] <= limit.high)
            return [bool(one) if low != UNLIMITED else None for one, low in zip(kept, limit.low, strict=True)]
    return None


def finite(amount: float | None) -> float | None:
    """Return a figure, None where it is not defined: JSON has no NaN and no infinity."""
    return float(amount) if amount is not None and np.isfinite(amount) else None


def _means(group: IntArray, amount: FloatArray, weight: FloatArray, n_groups: int) -> FloatArray:
    """Return weighted means by group; NaN where a group has no weight."""
    counts = weight > 0
    total = np.bincount(group[counts], weight[counts], n_groups)
    summed = np.bincount(group[counts], (amount * weight)[counts], n_groups)
    with np.errstate(invalid="ignore"):
        return np.asarray(summed / np.where(total > 0, total, np.nan))
