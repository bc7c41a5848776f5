"""Kernel parts: the state's own random generator, and the rule of Metropolis."""

import math

import numpy as np

from optimizer.compiled import inlined
from optimizer.local_search.state import SearchState

SMALLEST_GAIN = 1e-12
"""Improvement that is more than rounding."""


@inlined
def random_below(s: SearchState, n: int) -> int:
    """Return a random whole number in 0..n-1 (splitmix64 by Steele, Lea and Flood 2014)."""
    s.common[0].random += np.uint64(0x9E3779B97F4A7C15)
    z = s.common[0].random
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return np.int64(((z >> np.uint64(32)) * np.uint64(n)) >> np.uint64(32))  # type: ignore[return-value]


@inlined
def rejected(s: SearchState, change: float, temperature: float) -> bool:
    """Return whether Metropolis' rule declines a change in value; at temperature 0 only gains are accepted."""
    if temperature <= 0.0:
        return change > -SMALLEST_GAIN
    if change < 0.0:
        return False
    if change > 20.0 * temperature:
        return True
    chance = (random_below(s, 1 << 30) + 0.5) / (1 << 30)
    return change > -temperature * math.log(chance)


@inlined
def highest_accepted(s: SearchState, temperature: float) -> float:
    """Draw the largest change in value that Metropolis' rule accepts this time; at temperature 0 only gains."""
    if temperature <= 0.0:
        return -SMALLEST_GAIN
    return -temperature * math.log((random_below(s, 1 << 30) + 0.5) / (1 << 30))
