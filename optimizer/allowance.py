"""Work that may still be done, counted and not timed: an effort gives the same answer on a slow machine."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from optimizer.result import Stop

MOVES_A_SECOND = 4_000_000
"""Proposals of the local search, about what one core makes; work of other kinds is counted in as many."""

Spend = Callable[[float], None]
"""Told how many proposals were made, or other work was worth."""


def unpaid(_: float) -> None:
    """Count nothing."""


@dataclass(frozen=True)
class Step:
    """What one step of some work may take.

    Attributes
    ----------
    over : callable
        True ends it.
    left : callable
        Returns how many proposals it may still make.
    spend : callable
        Told what it made of them.
    """

    over: Stop
    left: Callable[[], float] = lambda: math.inf
    spend: Spend = unpaid


class Allowance:
    """Proposals for several steps together.

    Parameters
    ----------
    moves : float
        Infinity where a clock decides.

    Attributes
    ----------
    spent : float
        Proposals made so far.
    """

    def __init__(self, moves: float) -> None:
        self._moves = moves
        self.spent = 0.0

    def step(self, share: float, stop: Stop) -> Step:
        """Return a step that may take a share of what is left, and that a stop may end before."""
        end = self.spent + share * max(self._moves - self.spent, 0.0)
        return Step(lambda: stop() or self.spent >= end, lambda: end - self.spent, self._spend)

    def _spend(self, moves: float) -> None:
        self.spent += moves
