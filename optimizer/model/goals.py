"""The objective: the value of a plan in whole numbers, never more than its true value."""

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from optimizer.costs import balance_reference, pair_cost
from optimizer.model.choices import Choices, Variable
from optimizer.problem import BoolArray, FloatArray, LoadArray, Problem

WHOLE_VALUE = 1e8
"""The reference value in the model's whole units, large enough that rounding stays below 1e-5 of it."""


@dataclass(frozen=True, eq=False)
class Deviation:
    """A rep's weighted deviation from its target in one measure: at least `above` and at least `below`.

    With the unit weights rounded down in `more` and up in `less`, the two are the sums of `more` over the rep's units
    minus `upper`, and `lower` minus the sum of `less`.
    """

    variable: Variable
    rep: int
    more: LoadArray
    upper: int
    less: LoadArray
    lower: int

    def of(self, mine: BoolArray) -> int:
        """Return the smallest deviation of a rep with these units."""
        return max(0, int(self.more[mine].sum()) - self.upper, self.lower - int(self.less[mine].sum()))


@dataclass(frozen=True, eq=False)
class Goals:
    """How the model's whole numbers relate to the value.

    Attributes
    ----------
    per_value : float
        Whole units per unit of value.
    deviations : list of Deviation
    """

    per_value: float
    deviations: list[Deviation]

    def value(self, whole: float) -> float:
        """Return the value of an objective; a lower bound of the objective bounds the value of every plan."""
        return whole / self.per_value


def add_goals(choices: Choices, problem: Problem, reference_value: float) -> Goals:
    """Minimise the value over the model's plans, all coefficients rounded in the plan's favour.

    Parameters
    ----------
    choices : Choices
    problem : Problem
        The travel of free centres is left out, which keeps bounds valid.
    reference_value : float
        Rough value of a plan, which sets the scale.
    """
    cost = np.where(choices.possible, pair_cost(problem), np.inf)
    cheapest = cost.min(axis=1)
    cheapest[~np.isfinite(cheapest)] = 0.0
    per_value = WHOLE_VALUE / max(abs(reference_value), 1e-6)
    extra = np.floor((cost - cheapest[:, None])[choices.units, choices.reps] * per_value).astype(np.int64)
    deviations = _deviations(choices, problem, per_value)
    variables = [owns for _, _, owns in choices.pairs()] + [item.variable for item in deviations]
    coefficients = extra.tolist() + [1] * len(deviations)
    everybodys = int(np.floor(cheapest.sum() * per_value - 1.0))
    choices.model.minimize(cp_model.LinearExpr.weighted_sum(variables, coefficients) + everybodys)
    return Goals(per_value, deviations)


def _deviations(choices: Choices, problem: Problem, per_value: float) -> list[Deviation]:
    """Add the deviations of all reps and of all measures that have a finite aim."""
    if problem.weights.balance <= 0:
        return []
    scale = 100.0 * problem.weights.balance * per_value / problem.target.size
    reference = balance_reference(problem)
    deviations = []
    for measure in np.flatnonzero(np.isfinite(problem.aim)):
        aim = scale * float(problem.aim[measure])
        for rep in range(problem.n_reps):
            per_load = scale / float(reference[measure, rep])
            load, target = problem.load[measure] * per_load, float(problem.target[measure, rep]) * per_load
            deviations.append(_add_deviation(choices, rep, load, (target - aim, target + aim)))
    return deviations


def _add_deviation(choices: Choices, rep: int, load: FloatArray, free: tuple[float, float]) -> Deviation:
    more, less = np.floor(load).astype(np.int64), np.ceil(load).astype(np.int64)
    lower, upper = int(np.floor(free[0])), int(np.ceil(free[1]))
    total = int(less.sum())
    largest = max(total - upper, lower, 0)
    variable = choices.model.new_int_var(0, largest, "")
    above = variable - choices.weighted(rep, more)
    choices.model.add_linear_constraint(above, -upper, largest)
    if lower > 0:
        below = variable + choices.weighted(rep, less)
        choices.model.add_linear_constraint(below, lower, largest + total)
    return Deviation(variable, rep, more, upper, less, lower)
