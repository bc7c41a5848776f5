"""Amounts as whole numbers: what the solver adds up without rounding."""

import math

import numpy as np

from optimizer.problem import FloatArray, LoadArray

LARGEST_POWER = 6
"""Most decimals that are kept exactly."""
LARGEST_EXACT_TOTAL = 1e12
"""Largest integer total that solvers still add up and compare well; above it amounts are rounded."""


def integer_loads(amounts: FloatArray) -> tuple[LoadArray, float]:
    """Scale amounts to whole numbers, exactly where a few decimals suffice.

    The factor is the smallest power of ten up to 10^6 at which every amount is whole (to 1e-9 of itself). Where there
    is none, or the total would become too large, it is the power of ten that brings the total to 1e9 .. 1e10, and
    amounts are rounded.

    Parameters
    ----------
    amounts : (n,) float64
        At or above 0, with a finite total.

    Returns
    -------
    loads : (n,) int64
    load_per_amount : float
        The factor.
    """
    total = float(amounts.sum())
    for power in range(LARGEST_POWER + 1):
        scaled = amounts * 10.0**power
        loads = np.rint(scaled)
        if total * 10.0**power <= LARGEST_EXACT_TOTAL and (np.abs(scaled - loads) <= 1e-9 * scaled).all():
            return loads.astype(np.int64), 10.0**power
    factor = 10.0 ** (9 - math.floor(math.log10(total)))
    return np.rint(amounts * factor).astype(np.int64), factor
