"""Whether quotas ask alike of large and small territories, and more growth of those with more room."""

import math

import numpy as np

from optimizer.problem import BoolArray, FloatArray
from scenarios.quotas.model import Fairness
from scenarios.report.figures import finite

FEWEST = 3
"""Territories below which a correlation says nothing."""


def quota_index(quota: FloatArray, load: FloatArray) -> FloatArray:
    """Return 100 x share of all quotas / share of all load; NaN without load."""
    with np.errstate(invalid="ignore", divide="ignore"):
        index = 100.0 * (quota / quota.sum()) / (load / load.sum())
    return np.where(load > 0, index, np.nan)


def growth_percent(quota: FloatArray, history: FloatArray) -> FloatArray:
    """Return 100 x (quota / history - 1); NaN without history."""
    with np.errstate(invalid="ignore", divide="ignore"):
        growth = 100.0 * (quota / history - 1.0)
    return np.where(history > 0, growth, np.nan)


def fairness_of(quota: FloatArray, load: FloatArray, history: FloatArray) -> Fairness:
    """Return the figures; `history` is NaN where there is none."""
    index, growth = quota_index(quota, load), growth_percent(quota, history)
    with np.errstate(invalid="ignore", divide="ignore"):
        room = load / history
    known, grown = ~np.isnan(index), ~np.isnan(growth)
    index_min, index_max = _ends(index, known)
    growth_min, growth_max = _ends(growth, grown)
    return Fairness(
        index_min=index_min,
        index_max=index_max,
        index_spread=finite(float(index[known].std() / index[known].mean())) if index[known].sum() > 0 else None,
        size_correlation=correlation(index[known], load[known]),
        growth_min=growth_min,
        growth_max=growth_max,
        growth_correlation=correlation(growth[grown], room[grown]),
    )


def correlation(x: FloatArray, y: FloatArray) -> float | None:
    """Return Pearson's r; None for fewer than three pairs, or where one side doesn't vary but for rounding."""
    if len(x) < FEWEST or not (_varies(x) and _varies(y)):
        return None
    dx, dy = x - x.mean(), y - y.mean()
    return float(np.clip(dx @ dy / math.sqrt((dx @ dx) * (dy @ dy)), -1.0, 1.0))


def _varies(x: FloatArray) -> bool:
    return bool(np.ptp(x) > 1e-9 * np.abs(x).max())


def _ends(amounts: FloatArray, chosen: BoolArray) -> tuple[float | None, float | None]:
    if not chosen.any():
        return None, None
    return float(amounts[chosen].min()), float(amounts[chosen].max())
