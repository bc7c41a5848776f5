"""All unit-rep pairs of a problem, ready to be priced again and again."""

import numpy as np

from optimizer.bound.blocks import blocks_of
from optimizer.bound.lagrangian import ROWS_AT_ONCE, range_minimum
from optimizer.costs import balance_reference, pair_cost
from optimizer.eligibility import allowed_pairs
from optimizer.graph import IntArray
from optimizer.problem import FloatArray, Problem

CANDIDATES = 16
"""Reps of each block that a stage looks at."""


class Pricing:
    """The pairs of a problem, priced at points of the multipliers' space.

    A point holds the load prices times the balance reference, then the budget prices times the budgets' total
    weights, so that all its numbers are in units of the value and alike in size.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.blocks = blocks_of(problem)
        self.reference = balance_reference(problem)
        self.cost = self.blocks.sum_rows(pair_cost(problem))
        allowed = allowed_pairs(problem)[self.blocks.units[self.blocks.start[:-1]]]
        np.copyto(self.cost, np.inf, where=~allowed)
        self.load = self.blocks.sum_rows(problem.load.T.astype(np.float64))
        weights = [budget.weight for budget in problem.budgets]
        self.budget_limit = np.array([budget.limit for budget in problem.budgets], dtype=np.float64)
        self.budget_total = np.array([max(1, weight.sum()) for weight in weights], dtype=np.float64)
        held = np.flatnonzero(problem.current >= 0)
        self._held_rep = problem.current[held]
        self._held_block = self.blocks.block_of[held]
        self._held_weight = np.array([weight[held] for weight in weights], dtype=np.float64)

    def zero_point(self) -> FloatArray:
        """Return the point of all prices 0."""
        return np.zeros(self.reference.size + len(self.budget_total))

    def point_of(self, load_price: FloatArray, budget_price: FloatArray) -> FloatArray:
        """Return the point of given prices."""
        return np.concatenate([(load_price * self.reference).ravel(), budget_price * self.budget_total])

    def prices(self, point: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return load and budget prices of a point."""
        n_loads = self.reference.size
        loads = point[:n_loads].reshape(self.reference.shape)
        return loads / self.reference, np.maximum(point[n_loads:], 0.0) / self.budget_total

    def scale(self) -> float:
        """Return the value that is at stake: what candidates cost more than the cheapest, and 1 % of imbalance."""
        _, cost = self.cheapest(self.zero_point())
        more = np.where(np.isfinite(cost), cost - cost.min(axis=1, keepdims=True), 0.0)
        return float(more.mean(axis=1).sum()) + self.problem.weights.balance + 1e-9

    def bound(self, point: FloatArray) -> float:
        """Return the Lagrangian bound of a point, over all pairs."""
        load_price, budget_price = self.prices(point)
        cheapest = sum(float(self._reduced(point, rows).min(axis=1).sum()) for rows in self._row_slices())
        ranges = float(range_minimum(self.problem, load_price).sum())
        return cheapest + ranges - float(budget_price @ self.budget_limit)

    def cheapest(self, point: FloatArray) -> tuple[IntArray, FloatArray]:
        """Return each block's reps of least reduced cost and their unpriced costs.

        Returns
        -------
        rep : (n_blocks, CANDIDATES or n_reps) int32
        cost : the same shape, float64; infinity where not allowed
        """
        count = min(CANDIDATES, self.problem.n_reps)
        rep = np.empty((self.blocks.n_blocks, count), dtype=np.int32)
        for rows in self._row_slices():
            rep[rows] = np.argpartition(self._reduced(point, rows), count - 1, axis=1)[:, :count]
        return rep, np.take_along_axis(self.cost, rep, axis=1)

    def moved_weight(self, rep: IntArray) -> FloatArray:
        """Return the weight that leaves its current rep when blocks go to the given reps.

        Parameters
        ----------
        rep : (n_blocks, n_candidates) int32

        Returns
        -------
        (n_budgets, n_blocks, n_candidates) float64
        """
        leaves = rep[self._held_block] != self._held_rep[:, None]
        moved = np.zeros((len(self.budget_total), *rep.shape))
        for row, weight in zip(moved, self._held_weight, strict=True):
            np.add.at(row, self._held_block, leaves * weight[:, None])
        return moved

    def _row_slices(self) -> list[slice]:
        return [slice(first, first + ROWS_AT_ONCE) for first in range(0, self.blocks.n_blocks, ROWS_AT_ONCE)]

    def _reduced(self, point: FloatArray, rows: slice) -> FloatArray:
        """Return the priced cost of some blocks with every rep."""
        load_price, budget_price = self.prices(point)
        reduced = self.cost[rows] + self.load[rows] @ load_price
        if len(budget_price):
            everyone = np.arange(self.problem.n_reps, dtype=np.int32)
            inside = (self._held_block >= rows.start) & (self._held_block < rows.stop)
            block = self._held_block[inside] - rows.start
            weight = budget_price @ self._held_weight[:, inside]
            leaves = self._held_rep[inside, None] != everyone
            np.add.at(reduced, block, leaves * weight[:, None])
        return reduced
