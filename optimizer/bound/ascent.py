"""The volume algorithm: prices of blocks that rise by what the choices of all reps lack (Barahona and Anbil 2000)."""

from typing import NamedTuple

import numpy as np

from optimizer.problem import FloatArray

MEMORY = 0.8
"""Share of the mean choice that lasts to the next round."""
FIRST_PACE, FASTER, SLOWER, PATIENCE = 0.05, 1.1, 0.7, 2
"""Steps of the block prices: the first, and how they grow and, after so many in vain, shrink."""
FARTHEST = 2.0
"""Most that a block's price changes in a step, in shares of what it was at first."""
ROUNDING = 1e-9
"""Share of the value by which floating-point sums may err."""


class Round(NamedTuple):
    """A bound, how many reps chose each block, (n_blocks,) float64, and each choice's least cost, (n_reps,) float64."""

    bound: float
    owners: FloatArray
    cost: FloatArray


class Ascent:
    """Steps from the best prices along what the mean choice lacks.

    Parameters
    ----------
    price : (n_blocks,) float64
        To begin with.
    value : float
        Of the best plan, towards which the bound is raised.

    Attributes
    ----------
    price : (n_blocks,) float64
        To be answered next.
    bound : float
        Best one learnt.
    best : (n_blocks,) float64
        The prices that prove it.
    """

    def __init__(self, price: FloatArray, value: float) -> None:
        self.price, self.bound = price, -np.inf
        self.best, self._value = np.zeros(0), value
        self._scale = np.abs(price) + ROUNDING * np.abs(price).mean()
        self._mean = np.zeros(0)
        self._pace, self._in_vain = FIRST_PACE, 0

    def learn(self, answer: Round) -> bool:
        """Take in a round and set the next prices; return whether the value is reached."""
        if not len(self._mean):
            self._mean = answer.owners
        lack = 1.0 - self._mean
        if answer.bound > self.bound:
            if float((self._scale * lack * (1.0 - answer.owners)).sum()) > 0.0:
                self._pace *= FASTER
            self.bound, self.best, self._in_vain = answer.bound, self.price, 0
        else:
            self._in_vain += 1
        if self._in_vain >= PATIENCE:
            self._pace, self._in_vain = SLOWER * self._pace, 0
        self._mean = MEMORY * self._mean + (1.0 - MEMORY) * answer.owners
        return self._step()

    def _step(self) -> bool:
        lack = 1.0 - self._mean
        size = float((lack * lack * self._scale).sum())
        if self.bound >= self._value or size <= 0.0:
            return True
        change = np.clip(self._pace * (self._value - self.bound) / size * lack, -FARTHEST, FARTHEST)
        self.price = self.best + change * self._scale
        return False
