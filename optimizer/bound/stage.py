"""One stage of the search for prices: the smoothed bound over the cheapest reps of each block."""

import numpy as np
from scipy.optimize import Bounds

from optimizer.bound.lagrangian import breakpoints
from optimizer.bound.load_range import balance_cost, load_range
from optimizer.bound.pricing import Pricing
from optimizer.problem import FloatArray

BOX = 30.0
"""Half width of the trust region, in temperatures times an equal share of the value."""


class Stage:
    """The bound over each block's cheapest reps at a point, smoothed at one temperature.

    Minima become `-t log sum exp(-x / t)`, where t is the temperature times the block's (or the rep's) share of the
    problem, so that all parts of the bound blur alike.
    """

    def __init__(self, pricing: Pricing, point: FloatArray, temperature: float) -> None:
        self.pricing = pricing
        self.temperature = temperature
        self.rep, self.cost = pricing.cheapest(point)
        self.moved = pricing.moved_weight(self.rep)
        share = (pricing.load / np.maximum(pricing.load.sum(axis=0), 1.0)).mean(axis=1)
        self.block_temperature = temperature * np.maximum(share, 1e-3 / len(share))[:, None]
        problem = pricing.problem
        self.points = np.clip(breakpoints(problem), *load_range(problem))
        self.balance = balance_cost(problem, self.points)

    def box(self, point: FloatArray) -> Bounds:
        """Return the trust region around a point; budget prices stay at or above 0."""
        n_loads = self.pricing.reference.size
        low, high = point - self._radius(), point + self._radius()
        low[n_loads:], high[n_loads:] = 0.0, np.inf
        return Bounds(low, high)

    def negative_value(self, point: FloatArray) -> tuple[float, FloatArray]:
        """Return minus the smoothed bound and minus its gradient."""
        load_price, budget_price = self.pricing.prices(point)
        blocks, load, moved = self._blocks(load_price, budget_price)
        ranges, range_load = self._ranges(load_price)
        value = blocks + ranges - float(budget_price @ self.pricing.budget_limit)
        by_load = (load - range_load) * 1.0 / self.pricing.reference
        by_budget = (moved - self.pricing.budget_limit) / self.pricing.budget_total
        return -value, -np.concatenate([by_load.ravel(), by_budget])

    def _radius(self) -> float:
        return BOX * self.temperature / self.pricing.problem.n_reps

    def _blocks(self, load_price: FloatArray, budget_price: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """Return the blocks' smoothed minimum, and the expected loads and moved weights that are its gradient."""
        pricing = self.pricing
        reduced = self.cost.copy()
        for measure, price in enumerate(load_price):
            reduced += price[self.rep] * pricing.load[:, measure, None]
        for moved, price in zip(self.moved, budget_price, strict=True):
            reduced += price * moved
        value, chance = _soft_minimum(reduced, self.block_temperature, axis=1)
        n_reps = pricing.problem.n_reps
        flat = self.rep.ravel()
        load = [np.bincount(flat, (chance * row[:, None]).ravel(), n_reps) for row in pricing.load.T]
        moved_sum = [float((chance * moved).sum()) for moved in self.moved]
        return value, np.array(load), np.array(moved_sum)

    def _ranges(self, load_price: FloatArray) -> tuple[float, FloatArray]:
        """Return the ranges' smoothed minimum and the expected loads that (negated) are its gradient."""
        cost = self.balance - load_price * self.points
        value, chance = _soft_minimum(cost, np.asarray(self.temperature / load_price.shape[1]), axis=0)
        return value, (chance * self.points).sum(axis=0)


def _soft_minimum(cost: FloatArray, temperature: FloatArray, axis: int) -> tuple[float, FloatArray]:
    """Return the sum of smoothed minima along an axis and the weight of each entry in them."""
    least = cost.min(axis=axis, keepdims=True)
    weight = np.exp((least - cost) / temperature)
    total = weight.sum(axis=axis, keepdims=True)
    value = float((least - temperature * np.log(total)).sum())
    return value, weight / total
