"""What a search proved beside the plans and bounds it offered."""

from dataclasses import dataclass, field

import numpy as np

from optimizer.bound.duals import Prices
from optimizer.problem import FloatArray
from optimizer.result import Reason


@dataclass(frozen=True, eq=False)
class Outcome:
    """Proofs of one search.

    Attributes
    ----------
    prices : Prices
        The multipliers behind the dual bound.
    proofs : tuple of Reason
        Proofs that no plan keeps every hard rule.
    least_violation : float
        Proven lower limit on the violation of every plan that keeps the other rules; infinity where none does.
    impossible : bool
        The exact search went through all plans and found none that keeps every hard rule.
    block_price : (n_blocks,) float64
        Prices behind the bound by whole units; of length 0 where there is none.
    """

    prices: Prices
    proofs: tuple[Reason, ...]
    least_violation: float
    impossible: bool
    block_price: FloatArray = field(default_factory=lambda: np.zeros(0))

    @property
    def infeasible(self) -> bool:
        """Whether it is proven that no plan keeps every hard rule."""
        return self.impossible or bool(self.proofs) or self.least_violation > 0
