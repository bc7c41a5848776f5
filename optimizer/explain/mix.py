"""How much of one measure can come with a limited amount of another: the relaxed knapsack."""

import numpy as np

from optimizer.graph import IntArray
from optimizer.problem import FloatArray


def by_rate(weight: FloatArray, gain: FloatArray) -> IntArray:
    """Return the units by falling gain a weight, those without weight first."""
    rate = np.divide(gain, weight, out=np.where(gain > 0, np.inf, 0.0), where=weight > 0)
    return np.argsort(-rate, kind="stable").astype(np.int32)


def most_gain(weight: FloatArray, gain: FloatArray, room: float) -> float:
    """Return the most gain whose weight fits the room, the last unit cut; units come as by `by_rate`.

    Source: Dantzig 1957, "Discrete-variable extremum problems".
    """
    taken = np.cumsum(weight)
    whole = int(np.searchsorted(taken, room, side="right"))
    best = float(gain[:whole].sum())
    if whole < len(weight) and weight[whole] > 0:
        left = room - (float(taken[whole - 1]) if whole else 0.0)
        best += float(gain[whole]) * max(left, 0.0) / float(weight[whole])
    return best
