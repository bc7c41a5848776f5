"""Prices of loads and budgets that make the Lagrangian bound high.

The bound is concave and piecewise linear in the prices. It is maximised over smoothings of falling temperature
(Nesterov 2005) by L-BFGS-B inside a box around the prices of the stage before (Byrd et al. 1995; the box is a trust
region: within a stage only the cheapest reps of each block are looked at). After each stage all pairs are priced
again, which gives the true bound and the next stage's candidates.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from optimizer.bound.pricing import Pricing
from optimizer.bound.stage import Stage
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop

TEMPERATURES = (0.1, 0.04, 0.015, 0.006, 0.0025, 0.001, 0.0004, 0.00015)
"""Smoothing of each stage, as a share of what the second choices cost more than the first (`Pricing.scale`)."""


class Prices(NamedTuple):
    """Multipliers and the bound they prove.

    Attributes
    ----------
    load_price : (n_measures, n_reps) float64
        Value per integer load unit.
    budget_price : (n_budgets,) float64
        Value per unit of the budget's weight, at or above 0.
    bound : float
        `lagrangian_value` of the two.
    """

    load_price: FloatArray
    budget_price: FloatArray
    bound: float


def find_prices(
    problem: Problem,
    *,
    start: Prices | None = None,
    temperatures: tuple[float, ...] = TEMPERATURES,
    iterations: int = 100,
    stop: Stop = lambda: False,
    on_bound: Callable[[float], None] = lambda _: None,
) -> Prices:
    """Search good multipliers; the work depends on the arguments only, never on a clock.

    Parameters
    ----------
    problem : Problem
    start : Prices, optional
        Prices of a similar problem to start from; zeros otherwise.
    temperatures : tuple of float
        Smoothing of each stage, as a share of `Pricing.scale`; falling.
    iterations : int
        L-BFGS iterations a stage.
    stop : callable
        Asked between iterations; the best prices so far are returned.
    on_bound : callable
        Told the best bound after each stage.

    Returns
    -------
    Prices
        At least as good as zero prices and as `start`.
    """
    pricing = Pricing(problem)
    best = _priced(pricing, pricing.zero_point())
    if start is not None:
        best = max(best, _priced(pricing, pricing.point_of(start.load_price, start.budget_price)), key=_bound)
    point = pricing.point_of(best.load_price, best.budget_price)
    on_bound(best.bound)
    if not np.isfinite(best.bound) or stop():
        return best
    scale = pricing.scale()
    for temperature in temperatures:
        if stop():
            break
        stage = Stage(pricing, point, temperature * scale)
        point = _maximise(stage, point, iterations, stop)
        best = max(best, _priced(pricing, point), key=_bound)
        on_bound(best.bound)
    return best


def no_prices(problem: Problem) -> Prices:
    """Return prices that prove nothing."""
    return Prices(np.zeros(problem.target.shape), np.zeros(len(problem.budgets)), -math.inf)


def _bound(prices: Prices) -> float:
    return prices.bound


def _priced(pricing: Pricing, point: FloatArray) -> Prices:
    load_price, budget_price = pricing.prices(point)
    return Prices(load_price, budget_price, pricing.bound(point))


def _maximise(stage: Stage, point: FloatArray, iterations: int, stop: Stop) -> FloatArray:
    """Maximise the smoothed bound of one stage from `point` inside its box."""

    def halt(_: FloatArray) -> None:
        if stop():
            raise StopIteration

    answer = minimize(  # type: ignore[call-overload]  # the stubs know no callback of this form
        stage.negative_value,
        point,
        jac=True,
        method="L-BFGS-B",
        bounds=stage.box(point),
        callback=halt,
        options={"maxiter": iterations, "maxfun": 2 * iterations, "maxcor": 12},
    )
    return np.asarray(answer.x, dtype=np.float64)
