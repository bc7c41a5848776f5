"""How far errors may go without taking a territory out of its band, however they fall."""

import numpy as np

from optimizer.problem import FloatArray
from scenarios.robust.band import Band


def safe_spreads(band: Band) -> FloatArray:
    """Return the largest spread s at which no errors within -s..s on single units can take a seat out of its band.

    The worst errors are all +s inside and -s outside, or the other way round. With p = load / total and an end at the
    share q of the total the upper one is reached at s = (q - p) / (p + q - 2 p q), the lower one at the negative of
    that. 0 for a seat out of band; at most 1.

    Returns
    -------
    (n_seats,) float64
    """
    load, total = band.load, band.total
    upper, lower = band.target * (1.0 + band.tolerance), band.target * (1.0 - band.tolerance)
    if not band.scales:
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = np.where(load > 0, np.minimum(upper - load, load - lower) / load, 0.0)
        return np.clip(reach, 0.0, 1.0)
    p = load / total
    up, down = upper / total, lower / total
    with np.errstate(divide="ignore", invalid="ignore"):
        above = (up - p) / (p + up - 2.0 * p * up)
        below = (p - down) / (p + down - 2.0 * p * down)
    return np.asarray(np.clip(np.nan_to_num(np.minimum(above, below)), 0.0, 1.0))
