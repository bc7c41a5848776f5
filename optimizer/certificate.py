"""A lower bound that anybody can check again with plain arithmetic."""

from dataclasses import dataclass, field

import numpy as np

from optimizer.problem import FloatArray


@dataclass(frozen=True, eq=False)
class Certificate:
    """Lagrange multipliers whose dual value bounds every plan from below.

    Attributes
    ----------
    kind : str
        How the reported bound was proved: "exact", "mip", "lagrangian" or "none".
    bound : float or None
        The reported bound.
    dual_bound : float or None
        Value of the multipliers below, checked by `lagrangian_value` over all unit-rep pairs. At most `bound`.
    load_price : (n_measures, n_reps) float64
        Multiplier of each rep's load, in value per integer load unit.
    budget_price : (n_budgets,) float64
        Multiplier, at or above 0, of each disruption budget, in value per unit of its weight.
    block_price : (n_blocks,) float64
        Price of each block of units, for `whole_units_value`; of length 0 where that raised no bound.
    """

    kind: str
    bound: float | None
    dual_bound: float | None
    load_price: FloatArray
    budget_price: FloatArray
    block_price: FloatArray = field(default_factory=lambda: np.zeros(0))
