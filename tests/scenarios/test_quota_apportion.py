"""Quotas are shared out as well as anybody could who tries every way."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.quotas.apportion import ApportionError, apportion, water_fill

Task = tuple[np.ndarray, int, np.ndarray, np.ndarray]


def tasks(n: int, seed: int) -> Iterator[Task]:
    """Yield small random shares, totals and ranges that can hold."""
    rng = np.random.default_rng(seed)
    while True:
        share = rng.dirichlet(np.ones(n))
        low = rng.integers(0, 4, n)
        high = low + rng.integers(0, 6, n)
        if low.sum() < high.sum():
            yield share, int(rng.integers(low.sum(), high.sum() + 1)), low, high


def every_way(total: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return every vector of whole numbers inside the range with this sum."""
    ways = np.array(list(product(*(range(a, b + 1) for a, b in zip(low, high, strict=True)))))
    return ways[ways.sum(axis=1) == total]


def test_no_other_way_is_nearer_to_the_shares() -> None:
    """Water-filling has the least share-weighted squared deviation of all amounts within floors and caps."""
    for _, (share, total, low, high) in zip(range(200), tasks(4, 1), strict=False):
        filled = water_fill(share, total, low, high)
        assert filled.sum() == pytest.approx(total)
        assert (filled >= low - 1e-9).all() and (filled <= high + 1e-9).all()
        others = every_way(total, low, high)
        cost = ((others - total * share) ** 2 / share).sum(axis=1)
        assert ((filled - total * share) ** 2 / share).sum() <= cost.min() + 1e-7


def test_whole_steps_are_the_nearest_there_are() -> None:
    """No whole numbers inside the range with this sum are nearer to the water-filled amounts."""
    for _, (share, total, low, high) in zip(range(200), tasks(4, 2), strict=False):
        filled, whole = water_fill(share, total, low, high), apportion(share, total, low, high)
        distance = ((every_way(total, low, high) - filled) ** 2).sum(axis=1)
        assert ((whole - filled) ** 2).sum() == pytest.approx(distance.min(), abs=1e-7)


@given(
    st.lists(st.tuples(st.floats(1e-6, 1), st.integers(0, 10**6), st.integers(0, 10**9)), min_size=1, max_size=40),
    st.floats(0, 1),
)
def test_sums_are_exact_and_ranges_are_kept(rows: list[tuple[float, int, int]], where: float) -> None:
    """Whatever the shares, floors and caps: the sum is exact and nobody is a whole step from the exact amount."""
    share = np.array([row[0] for row in rows])
    share /= share.sum()
    low = np.array([row[1] for row in rows])
    high = low + np.array([row[2] for row in rows])
    total = int(low.sum() + round(where * float(high.sum() - low.sum())))
    whole = apportion(share, total, low, high)
    assert whole.sum() == total
    assert (whole >= low).all() and (whole <= high).all()
    assert (np.abs(whole - water_fill(share, total, low, high)) < 1 + 1e-6 * max(1, total)).all()


def test_what_cannot_be_is_refused() -> None:
    """Floors above the total, caps below it and shareless seats under a high total are never shared out."""
    share, low, high = np.array([0.5, 0.5, 0.0]), np.array([2, 2, 0]), np.array([3, 3, 9])
    assert apportion(share, 5, low, high).tolist() == [3, 2, 0]
    for total in (3, 7):
        with pytest.raises(ApportionError):
            apportion(share, total, low, high)
