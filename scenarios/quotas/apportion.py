"""Sharing out a whole number of steps: in proportion, inside floors and caps, with the exact sum."""

import numpy as np

from optimizer.problem import BoolArray, FloatArray, LoadArray

_DUST = 1e-9
"""Part of a step that counts as rounding."""


class ApportionError(ValueError):
    """The total does not lie between the sum of the floors and the sum of the caps."""


def apportion(share: FloatArray, total: int, low: LoadArray, high: LoadArray) -> LoadArray:
    """Share out `total` steps in proportion to `share` inside low..high.

    Each gets `water_fill`'s amount rounded down; the steps left go to the largest remainders, among equals to the
    first (Hamilton's method; Balinski and Young 1982). No whole numbers inside the range with this sum are nearer to
    the amounts of `water_fill`, by the sum of squares or by the largest difference.

    Returns
    -------
    (n,) int64
    """
    exact = water_fill(share, total, low, high)
    whole = np.floor(exact + _DUST).astype(np.int64)
    left = total - int(whole.sum())
    first = np.argsort(-(exact - whole), kind="stable")[:left]
    whole[first] += 1
    return whole


def water_fill(share: FloatArray, total: float, low: LoadArray, high: LoadArray) -> FloatArray:
    """Return clip(level x share, low, high) for the level at which the sum is `total`.

    Of all amounts inside the range with this sum they have the least sum of (amount - total x share)^2 / share, the
    continuous problem of resource allocation with bounds (Ibaraki and Katoh 1988). Who has no share gets `low`.

    Parameters
    ----------
    share : (n,) float64
        At or above 0, with sum 1.
    total : float
    low, high : (n,) int64

    Raises
    ------
    ApportionError
        Where no such amounts exist.
    """
    high = np.where(share > 0, high, low)
    if (low > high).any() or not low.sum() <= total <= high.sum():
        raise ApportionError(f"{total} does not lie within {low.sum()} and {high.sum()}")
    level = _level(share, total, low, high)
    return np.clip(level * share, low, high)


def held(share: FloatArray, total: float, low: LoadArray, high: LoadArray) -> tuple[BoolArray, BoolArray]:
    """Return who is kept up by its floor, and who down by its cap, (n,) bool each."""
    level = _level(share, total, low, np.where(share > 0, high, low))
    return level * share < low - _DUST, level * share > high + _DUST


def _level(share: FloatArray, total: float, low: LoadArray, high: LoadArray) -> float:
    """Return the level by halving the sorted list of levels at which somebody meets a bound."""
    some = share > 0
    bends = np.unique(np.concatenate([low[some] / share[some], high[some] / share[some]]))

    def filled(level: float) -> float:
        return float(np.clip(level * share, low, high).sum())

    below, above = 0, len(bends) - 1
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (middle, above) if filled(bends[middle]) <= total else (below, middle)
    lower, upper = float(bends[below]), float(bends[above])
    at_lower, at_upper = filled(lower), filled(upper)
    if at_upper <= at_lower:
        return lower
    return lower + (upper - lower) * (total - at_lower) / (at_upper - at_lower)
