"""Robust nonlinear least squares with confidence intervals: which parameters of a curve a set of points shows.

Fitted by scipy's trust-region method with a Huber loss, so that a few odd points do not bend the curve; intervals are
from the sandwich covariance of that M-estimate (Huber 1967; White 1980), which holds where points scatter unequally.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares
from scipy.special import stdtrit

from optimizer.problem import FloatArray

HUBER = 1.345
"""Residuals beyond this many deviations count linearly: 95 % efficient on normal scatter."""
MAD_TO_DEVIATION = 1.4826
LARGEST_CONDITION = 1e8
LEAST_SCATTER = 1e-9
"""Points that scatter less, against their own size, lie on the curve."""
START_NUDGE = 1e-6


@dataclass(frozen=True, eq=False)
class Fit:
    """What the points say.

    Attributes
    ----------
    parameters : (n,) float64
    low, high : (n,) float64
        Ends of the 95 % confidence intervals.
    identified : bool
        False where the points leave some combination of parameters open.
    """

    parameters: FloatArray
    low: FloatArray
    high: FloatArray
    identified: bool


def fit_curve(
    model: Callable[[FloatArray, FloatArray], FloatArray],
    x: FloatArray,
    y: FloatArray,
    start: FloatArray,
    bounds: tuple[FloatArray, FloatArray],
) -> Fit:
    """Fit y = model(parameters, x).

    Parameters
    ----------
    model : callable
        From parameters and x to y, smooth in the parameters.
    x, y : (n_points,) float64
    start : (n,) float64
        First guess, inside the bounds.
    bounds : pair of (n,) float64
        Smallest and largest parameters.

    Returns
    -------
    Fit
    """

    def residuals(parameters: FloatArray) -> FloatArray:
        return model(parameters, x) - y

    inside = np.clip(start, bounds[0] + START_NUDGE, bounds[1] - START_NUDGE)
    first = least_squares(residuals, inside, bounds=bounds, loss="soft_l1", f_scale=_scatter(residuals(inside), y))
    scale = _scatter(first.fun, y)
    last = least_squares(residuals, first.x, bounds=bounds, loss="huber", f_scale=HUBER * scale)
    covariance = _covariance(model, x, last.x, residuals(last.x), HUBER * scale)
    if covariance is None:
        nothing = np.full(len(start), np.inf)
        return Fit(last.x, -nothing, nothing, False)
    reach = float(stdtrit(max(len(x) - len(start), 1), 0.975)) * np.sqrt(np.diag(covariance))
    return Fit(last.x, last.x - reach, last.x + reach, True)


def _scatter(residual: FloatArray, y: FloatArray) -> float:
    """Return a robust standard deviation of residuals, a little above 0 where there is none."""
    deviation = MAD_TO_DEVIATION * float(np.median(np.abs(residual)))
    return max(deviation, LEAST_SCATTER * float(np.abs(y).max()), 1e-300)


def _covariance(
    model: Callable[[FloatArray, FloatArray], FloatArray],
    x: FloatArray,
    at: FloatArray,
    residual: FloatArray,
    threshold: float,
) -> FloatArray | None:
    """Return the sandwich covariance of an M-estimate, None where the points do not tell parameters apart."""
    jacobian = _jacobian(model, x, at)
    size = np.linalg.norm(jacobian, axis=0)
    if (size == 0).any() or np.linalg.cond(jacobian / size) > LARGEST_CONDITION:
        return None
    inner = np.abs(residual) <= threshold
    influence = np.clip(residual, -threshold, threshold)
    # HC3: a point that pulls the curve towards itself has a residual that is too small.
    pull = np.einsum("ij,ji->i", jacobian, np.linalg.pinv(jacobian))
    bent = (jacobian * inner[:, None]).T @ jacobian
    if np.linalg.matrix_rank(bent) < len(at):
        return None
    inverse = np.linalg.inv(bent)
    meat = (jacobian * np.square(influence / np.maximum(1.0 - pull, 0.1))[:, None]).T @ jacobian
    return np.asarray(inverse @ meat @ inverse)


def _jacobian(model: Callable[[FloatArray, FloatArray], FloatArray], x: FloatArray, at: FloatArray) -> FloatArray:
    columns = []
    for i in range(len(at)):
        step = 1e-6 * max(abs(float(at[i])), 1e-3)
        up, down = at.copy(), at.copy()
        up[i] += step
        down[i] -= step
        columns.append((model(up, x) - model(down, x)) / (2.0 * step))
    return np.stack(columns, axis=1)
