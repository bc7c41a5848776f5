"""Response curves from past data: coverage and the share sold, one point a territory and year."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optimizer.least_squares import Fit, fit_curve
from optimizer.problem import FloatArray
from scenarios.economics.curves import Curve, Form

POINTS_A_PARAMETER = 5
"""Fewer points than this for each free parameter say too little."""
WIDEST_RATIO = 4.0
"""A positive parameter whose interval spans a larger ratio between its ends is not known."""
WIDEST_SHARE = 0.5
"""A share (min) whose interval is wider than this part of the curve's range is not known."""
NARROWEST_SPREAD = 1.15
"""Coverages of which the 95th percentile is less than this many times the 5th show no response."""
NAMES: dict[Form, tuple[str, ...]] = {"power": ("c", "b"), "adbudg": ("min", "max", "a", "g")}
TINY = 1e-6


@dataclass(frozen=True)
class Calibrated:
    """A curve with its 95 % confidence intervals, or why there is none.

    Attributes
    ----------
    curve : Curve or None
    interval : tuple of (float, float)
        By parameter; a given one has itself at both ends.
    trouble : str
        Why the data cannot tell the curve; "" where they can.
    """

    curve: Curve | None
    interval: tuple[tuple[float, float], ...]
    trouble: str


def calibrate(form: Form, coverage: FloatArray, sold: FloatArray, held: dict[str, float]) -> Calibrated:
    """Return the curve that past data show, or why they do not show one.

    Parameters
    ----------
    form : "power" or "adbudg"
    coverage, sold : (n,) float64
        Above 0; sales / measure, at or above 0.
    held : dict of float
        Parameters that are given, by name.
    """
    free = [name for name in NAMES[form] if name not in held]
    trouble = _too_little(coverage, len(free))
    if trouble:
        return Calibrated(None, (), trouble)
    start, low, high = (np.array([limits[name][i] for name in free]) for limits in [_limits(sold)] for i in range(3))
    fit = fit_curve(_model(form, free, held), coverage, sold, start, (low, high))
    values = dict(zip(free, _written(free, fit.parameters), strict=True))
    ends = dict(zip(free, zip(_written(free, fit.low), _written(free, fit.high), strict=True), strict=True))
    trouble = _unclear(free, values, ends, fit, (low, high))
    if trouble:
        return Calibrated(None, (), trouble)
    parameters = tuple(float(values.get(name, held.get(name, 0.0))) for name in NAMES[form])
    interval = tuple(ends[name] if name in ends else (held[name], held[name]) for name in NAMES[form])
    return Calibrated(Curve(form, parameters), interval, "")


def _too_little(coverage: FloatArray, n_free: int) -> str:
    needed = POINTS_A_PARAMETER * n_free
    if len(coverage) < needed:
        return f"{len(coverage)} usable rows are too few for {n_free} parameters; {needed} are needed"
    low, high = np.quantile(coverage, [0.05, 0.95])
    if high < NARROWEST_SPREAD * low:
        return f"coverage is alike in all rows ({low:.2f} to {high:.2f}), so nothing shows what more of it sells"
    return ""


def _limits(sold: FloatArray) -> dict[str, tuple[float, float, float]]:
    """Return start, least and largest of what the fit turns: positive parameters as logarithms, max as max - min."""
    top = float(np.quantile(sold, 0.95)) or 1.0
    return {
        "c": (float(np.log(max(float(np.median(sold)), TINY))), -20.0, 10.0),
        "b": (float(np.log(0.4)), float(np.log(0.005)), float(np.log(3.0))),
        "min": (0.5 * float(sold.min()), 0.0, max(2.0 * top, TINY)),
        "max": (float(np.log(1.2 * top)), float(np.log(top)) - 7.0, float(np.log(top)) + 4.0),
        "a": (float(np.log(1.5)), float(np.log(0.1)), float(np.log(20.0))),
        "g": (0.0, -10.0, 10.0),
    }


def _model(form: Form, free: list[str], held: dict[str, float]) -> Callable[[FloatArray, FloatArray], FloatArray]:
    def model(parameters: FloatArray, coverage: FloatArray) -> FloatArray:
        known = held | dict(zip(free, _written(free, parameters), strict=True))
        return Curve(form, tuple(known[name] for name in NAMES[form])).at(coverage)

    return model


def _written(free: list[str], parameters: FloatArray) -> list[float]:
    """Return parameters as people write them: all but min are fitted as logarithms."""
    shown = [
        value if name == "min" else np.exp(np.clip(value, -50.0, 50.0))
        for name, value in zip(free, parameters, strict=True)
    ]
    return [float(value) for value in shown]


def _unclear(
    free: list[str],
    values: dict[str, float],
    ends: dict[str, tuple[float, float]],
    fit: Fit,
    bounds: tuple[FloatArray, FloatArray],
) -> str:
    """Return what the data leave open."""
    if not fit.identified:
        return "the data fit many curves alike, so they tell none"
    if values.get("b", 0.0) >= 1.0:
        return f"sales grow faster than coverage (b = {values['b']:.2f}), which no concave curve does"
    for name, value, low, high in zip(free, fit.parameters, *bounds, strict=True):
        least, most = ends[name]
        edge = name != "min" and (value <= low + 1e-3 or value >= high - 1e-3)
        wide = most - least > WIDEST_SHARE * (values.get("max", 1.0)) if name == "min" else most > WIDEST_RATIO * least
        if edge or wide:
            return f"{name} could be anything from {max(least, 0.0):.3g} to {most:.3g}"
    return ""
