"""The objective: the value of a plan in whole numbers, never more than its true value."""

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from optimizer.costs import balance_reference, pair_cost
from optimizer.model.choices import Choices, Variable
from optimizer.problem import FloatArray, LoadArray, Problem

WHOLE_VALUE = 1e8
"""The reference value in the model's whole units, large enough that rounding stays below 1e-5 of it."""


@dataclass(frozen=True)
class Goals:
    """How the model's whole numbers relate to the value.

    Attributes
    ----------
    per_value : float
        Whole units per unit of value.
    base : float
        Value that every plan has: each unit at its cheapest possible rep.
    """

    per_value: float
    base: float

    def value(self, whole: float) -> float:
        """Return the value of an objective of the model; a bound of it bounds the value of every plan."""
        return self.base + whole / self.per_value


def add_goals(choices: Choices, problem: Problem, reference_value: float) -> Goals:
    """Minimise the value over the model's plans; all coefficients are rounded to the plan's favour.

    Parameters
    ----------
    choices : Choices
    problem : Problem
        The travel of free centres is left out, which keeps the bound valid.
    reference_value : float
        Rough value of a plan, which sets the scale.
    """
    cost = np.where(choices.possible, pair_cost(problem), np.inf)
    cheapest = cost.min(axis=1)
    base = float(cheapest[np.isfinite(cheapest)].sum())
    per_value = WHOLE_VALUE / max(abs(reference_value), 1e-6)
    extra = (cost - cheapest[:, None])[choices.units, choices.reps]
    variables, coefficients = [owns for _, _, owns in choices.pairs()], _floor(extra * per_value).tolist()
    deviations = add_balance(choices, problem, per_value)
    objective = cp_model.LinearExpr.weighted_sum(
        variables + deviations, coefficients + [1] * len(deviations)
    )
    choices.model.minimize(objective)
    return Goals(per_value, base)


def add_balance(choices: Choices, problem: Problem, per_value: float) -> list[Variable]:
    """Add one variable a rep and measure, at least its weighted deviation beyond the aim; return them."""
    if problem.weights.balance <= 0:
        return []
    scale = 100.0 * problem.weights.balance * per_value / problem.target.size
    reference = balance_reference(problem)
    deviations = []
    for measure in np.flatnonzero(np.isfinite(problem.aim)):
        for rep in range(problem.n_reps):
            target = scale * problem.target[measure, rep] / reference[measure, rep]
            load = problem.load[measure] * (scale / reference[measure, rep])
            deviations.append(_deviation(choices, rep, load, target, scale * problem.aim[measure]))
    return deviations


def _deviation(choices: Choices, rep: int, load: FloatArray, target: float, aim: float) -> Variable:
    floor, ceil = _floor(load), _floor(load) + 1
    ceil[load == 0] = 0
    largest = int(max(floor.sum(), target)) + 1
    deviation = choices.model.new_int_var(0, largest, "")
    above = choices.weighted(rep, floor)
    below = choices.weighted(rep, ceil)
    choices.model.add_linear_constraint(deviation - above, -int(target + aim) - 1, 2 * largest)
    choices.model.add_linear_constraint(deviation + below, int(max(target - aim, 0)), 4 * largest)
    return deviation


def _floor(amount: FloatArray) -> LoadArray:
    return np.floor(amount).astype(np.int64)
