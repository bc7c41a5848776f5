"""What a model minimises, and what its whole numbers mean."""

import math
from dataclasses import dataclass

from ortools.sat.python import cp_model

from optimizer.model.choices import Choices
from optimizer.model.deviation import Deviation
from optimizer.plan import Plan
from optimizer.problem import LoadArray


@dataclass(frozen=True, eq=False)
class Objective:
    """An objective over choices and deviations.

    Attributes
    ----------
    choices : Choices
        With the whole model.
    per_value : float
        Whole objective units per unit of what is minimised.
    deviations : list of Deviation
    prices : list of int
        Whole units of each deviation by one.
    """

    choices: Choices
    per_value: float
    deviations: list[Deviation]
    prices: list[int]

    def minimise(self, extra: LoadArray, everybodys: int) -> None:
        """Minimise the chosen Booleans' `extra`, the priced deviations and a constant."""
        variables = self.choices.booleans + [item.variable for item in self.deviations]
        total = cp_model.LinearExpr.weighted_sum(variables, extra.tolist() + self.prices)
        self.choices.model.minimize(total + everybodys)

    def stay_below(self, value: float) -> None:
        """Leave only plans whose objective is at most this value."""
        variables = self.choices.booleans + [item.variable for item in self.deviations]
        proto = self.choices.model.proto.objective
        coefficients = [0] * len(variables)
        for index, coefficient in zip(proto.vars, proto.coeffs, strict=True):
            coefficients[index] = coefficient
        total = cp_model.LinearExpr.weighted_sum(variables, coefficients)
        limit = math.floor(value * self.per_value) - int(proto.offset)
        self.choices.model.add(total <= limit)

    def value(self, whole: float) -> float:
        """Return the meaning of an objective of the model."""
        return whole / self.per_value

    def hint(self, plan: Plan) -> None:
        """Hint a plan completely: every Boolean and every deviation."""
        model, chosen = self.choices.model, self.choices.chosen(plan)
        for owns, value in zip(self.choices.booleans, chosen.tolist(), strict=True):
            model.add_hint(owns, value)
        for deviation in self.deviations:
            model.add_hint(deviation.variable, deviation.of(chosen))
