"""Matching territories to reps."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.matching import match_territories


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 4), st.integers(1, 4))
def test_as_many_as_possible_then_the_cheapest(seed: int, territories: int, reps: int) -> None:
    """Nobody may be left out to save cost, and no cheaper matching may exist."""
    rng = np.random.default_rng(seed)
    cost = np.where(rng.random((territories, reps)) < 0.3, np.inf, rng.normal(size=(territories, reps)))
    assert _worth(cost, match_territories(cost)) == _best(cost)


def _worth(cost: np.typing.NDArray[np.float64], rep: np.typing.NDArray[np.int32]) -> tuple[int, float]:
    matched = [(territory, int(r)) for territory, r in enumerate(rep) if r >= 0]
    assert len({r for _, r in matched}) == len(matched)
    return -len(matched), round(sum(cost[pair] for pair in matched), 9)


def _best(cost: np.typing.NDArray[np.float64]) -> tuple[int, float]:
    choices = [*range(cost.shape[1]), *[-1] * cost.shape[0]]
    options = set(itertools.permutations(choices, cost.shape[0]))
    worths = [
        _worth(cost, np.array(option, dtype=np.int32))
        for option in options
        if all(r < 0 or np.isfinite(cost[t, r]) for t, r in enumerate(option))
    ]
    return min(worths)
