"""A variable for how far a weighted sum of choices is outside a range."""

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from optimizer.graph import IntArray
from optimizer.model.choices import Choices, Variable
from optimizer.problem import BoolArray, LoadArray


@dataclass(frozen=True, eq=False)
class Deviation:
    """At least what `more` sums to above `high`, and what `less` sums to below `low`.

    Attributes
    ----------
    variable : Variable
    columns : (n,) int32
        Booleans of the choices that are summed.
    more, less : (n,) int64
        Their weights; two of them so that rounded weights can err to one side.
    high, low : int
    """

    variable: Variable
    columns: IntArray
    more: LoadArray
    high: int
    less: LoadArray
    low: int

    def of(self, chosen: BoolArray) -> int:
        """Return the smallest deviation where these Booleans of all the choices are true."""
        mine = chosen[self.columns]
        return max(0, int(self.more[mine].sum()) - self.high, self.low - int(self.less[mine].sum()))


def add_deviation(
    choices: Choices, columns: IntArray, *, more: LoadArray, high: int, less: LoadArray, low: int
) -> Deviation:
    """Add a deviation to the model; see `Deviation`."""
    total = int(np.maximum(more, less).sum())
    largest = max(total - high, low, 0)
    variable = choices.model.new_int_var(0, largest, "")
    owns = [choices.booleans[column] for column in columns.tolist()]
    if total > high:
        above = variable - cp_model.LinearExpr.weighted_sum(owns, more.tolist())
        choices.model.add_linear_constraint(above, -high, largest)
    if low > 0:
        below = variable + cp_model.LinearExpr.weighted_sum(owns, less.tolist())
        choices.model.add_linear_constraint(below, low, largest + total)
    return Deviation(variable, columns, more, high, less, low)
