"""What no plan can keep: draws in which a single unit carries any territory that holds it out of the band."""

from dataclasses import dataclass

import numpy as np

from optimizer.problem import BoolArray, FloatArray
from scenarios.case import Case
from scenarios.document.scenario import Hedge
from scenarios.robust.errors import draw_factors, error_model
from scenarios.robust.kept import FRESH, FRESH_DRAWS

HEAVY = 0.5
"""Share of the largest target from which a unit is looked at."""


@dataclass(frozen=True)
class Ceiling:
    """A proven limit: no plan keeps a larger share of the fresh draws; `row` is the unit that loses most of them."""

    kept: float
    row: int | None


def ceiling_of(case: Case, hedge: Hedge) -> Ceiling:
    """Return the limit that follows from single units; 1 and None where none does.

    A territory with unit i has at least m of the measure beside it, where m is what the other limits of its seat force
    it to add: the least that brings each other measure up to its lower end if units could be cut into pieces (a
    fractional knapsack; Dantzig 1957). In a draw where a'(i) + (1 - spread) (1 - common spread) m lies above the upper
    end for every seat, no plan has all territories in band.
    """
    problem, at = case.problem, case.problem.measures.index(hedge.measure)
    (band,) = (limit for limit in problem.limits if limit.rule == "band" and limit.measure == at)
    whole = np.flatnonzero(np.bincount(case.row_of, minlength=len(case.units))[case.row_of] == 1)
    heavy = whole[problem.load[at, whole] >= HEAVY * problem.target[at].max()]
    model = error_model(case, hedge.spread, hedge.common)
    factors = np.concatenate(list(draw_factors(model, FRESH_DRAWS, (case.scenario.solve.seed, FRESH))))
    scales = case.scenario.measures[hedge.measure].target in ("capacity", "equal")
    growth = factors @ case.amounts[at] / case.amounts[at].sum() if scales else np.ones(len(factors))
    least = (1.0 - model.spread) * (1.0 - model.common_spread)
    lost = np.zeros((len(factors), len(heavy)), dtype=np.bool_)
    for place, unit in enumerate(heavy.tolist()):
        drawn = problem.load[at, unit] * factors[:, case.row_of[unit]]
        lost[:, place] = _lost(drawn, growth, (band.high + 1).astype(np.float64), least * _forced(case, at, unit))
    if not lost.any():
        return Ceiling(1.0, None)
    return Ceiling(float(1.0 - lost.any(axis=1).mean()), int(case.row_of[heavy[lost.sum(axis=0).argmax()]]))


def _lost(drawn: FloatArray, growth: FloatArray, high: FloatArray, beside: FloatArray) -> BoolArray:
    """Return the draws in which the unit and what stands beside it are too much for every seat, (n_draws,) bool."""
    return np.asarray((drawn[:, None] + beside > high * growth[:, None]).all(axis=1))


def _forced(case: Case, at: int, unit: int) -> FloatArray:
    """Return what each seat must hold of the measure beside the unit at least, (n_seats,) float64 in load units."""
    problem = case.problem
    most = np.zeros(problem.n_reps)
    for limit in problem.limits:
        if limit.measure != at:
            missing = (limit.low - problem.load[limit.measure, unit]).astype(np.float64)
            most = np.maximum(most, _cheapest(problem.load[limit.measure], problem.load[at], unit, missing))
    return most


def _cheapest(gain: np.ndarray, cost: np.ndarray, unit: int, missing: FloatArray) -> FloatArray:
    """Return the least cost of gaining what is missing from the other units, pieces allowed, (n_seats,) float64."""
    others = np.flatnonzero((gain > 0) & (np.arange(len(gain)) != unit))
    order = others[np.argsort(cost[others] / gain[others], kind="stable")]
    gained = np.concatenate([[0.0], np.cumsum(gain[order])])
    paid = np.concatenate([[0.0], np.cumsum(cost[order])])
    return np.asarray(np.interp(missing, gained, paid))
