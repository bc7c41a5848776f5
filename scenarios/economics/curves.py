"""Sales response: which share of a measure is sold at a coverage."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from optimizer.problem import BoolArray, FloatArray

Form = Literal["power", "adbudg"]
Source = Literal["given", "calibrated", "usual"]

USUAL_C, USUAL_B = 1.0, 0.3
"""The curve where none is given: all is sold at full coverage, and 10 % more coverage brings 3 % more sales.

The elasticity is near the mean that Albers, Mantrala and Sridhar (2010) found over many studies of personal selling.
"""


@dataclass(frozen=True)
class Curve:
    """Share of a measure that is sold, as a function of coverage t >= 0.

    `power` is c t^b (Lodish 1988; Skiera and Albers 1998), concave for 0 < b < 1. `adbudg` is
    min + (max - min) t^a / (g + t^a) (Little 1970), S-shaped for a > 1.

    Attributes
    ----------
    form : "power" or "adbudg"
    parameters : tuple of float
        (c, b), or (min, max, a, g).
    """

    form: Form
    parameters: tuple[float, ...]

    def at(self, coverage: FloatArray) -> FloatArray:
        """Return the share sold at each coverage, of its shape."""
        if self.form == "power":
            c, b = self.parameters
            return np.asarray(c * np.power(coverage, b))
        low, high, a, g = self.parameters
        powered = np.power(coverage, a)
        return np.asarray(low + (high - low) * powered / (g + powered))

    def slope(self, coverage: FloatArray) -> FloatArray:
        """Return the derivative at each coverage above 0."""
        if self.form == "power":
            c, b = self.parameters
            return np.asarray(c * b * np.power(coverage, b - 1.0))
        low, high, a, g = self.parameters
        powered = np.power(coverage, a)
        return np.asarray((high - low) * a * g * powered / (coverage * np.square(g + powered)))


USUAL = Curve("power", (USUAL_C, USUAL_B))


@dataclass(frozen=True, eq=False)
class SalesCurve:
    """What one curve applies to.

    Attributes
    ----------
    measure : int
        Row of the measure that is sold.
    segment : str
        Segment that the curve is for; "" for all that have none of their own.
    rows : (n_rows,) bool
        Units it applies to, before they are split.
    curve : Curve
    source : "given", "calibrated" or "usual"
    interval : tuple of (float, float)
        95 % confidence interval of each calibrated parameter; empty otherwise.
    """

    measure: int
    segment: str
    rows: BoolArray
    curve: Curve
    source: Source
    interval: tuple[tuple[float, float], ...] = ()
