"""Narrowed bands: what the solver is given so that the real bands hold when the measure is off."""

from dataclasses import replace

import numpy as np

from optimizer.problem import FloatArray, LoadLimit, Problem
from scenarios.robust.band import Band

WIDEST = 0.9
"""Largest margin as a share of the tolerance: something is left to the solver."""


def margins_of(band: Band, ratio: FloatArray, chance: float) -> FloatArray:
    """Return by how much each territory's load / target falls and rises above its plan with this chance.

    Quantiles of the draws, so that bounded errors and units that make most of a territory count as they are: the
    chance constraint of each territory by scenarios (Luedtke and Ahmed 2008), at the content it has now.

    Parameters
    ----------
    band : Band
    ratio : (n_draws, n_seats) float64
        Drawn load / target.
    chance : float
        Of lying beyond, for each side.

    Returns
    -------
    (2, n_seats) float64
        Down and up, at least 0 and at most `WIDEST` of the tolerance.
    """
    planned = band.load / band.target
    down = planned - np.quantile(ratio, chance, axis=0)
    up = np.quantile(ratio, 1.0 - chance, axis=0) - planned
    return np.clip(np.stack([down, up]), 0.0, WIDEST * band.tolerance)


def narrowed(problem: Problem, measure: int, margins: FloatArray) -> Problem:
    """Return the problem with the ends of the measure's band moved inwards by margins, as shares of the target."""
    down, up = np.ceil(margins * problem.target[measure]).astype(np.int64)
    limits = tuple(
        LoadLimit(limit.rule, measure, limit.low + down, np.maximum(limit.high - up, limit.low + down))
        if limit.rule == "band" and limit.measure == measure
        else limit
        for limit in problem.limits
    )
    return replace(problem, limits=limits)
