"""The objective: the value of a plan in whole numbers, never more than its true value."""

import numpy as np

from optimizer.costs import balance_reference, pair_cost
from optimizer.model.choices import Choices
from optimizer.model.deviation import Deviation, add_deviation
from optimizer.model.objective import Objective
from optimizer.problem import Problem

WHOLE_VALUE = 1e8
"""The reference value in the model's whole units, large enough that rounding stays below 1e-5 of it."""

LEAST_REFERENCE = 1e-4
"""Least reference value as a share of what all pairs together cost, so that whole numbers stay far from overflow."""


def add_goals(choices: Choices, problem: Problem, reference_value: float) -> Objective:
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
    extra = (cost - cheapest[:, None])[choices.units, choices.reps]
    most = float(extra.sum()) + 100.0 * problem.weights.balance
    per_value = WHOLE_VALUE / max(abs(reference_value), LEAST_REFERENCE * most, 1e-6)
    deviations = _deviations(choices, problem, per_value)
    everybodys = int(np.floor(cheapest.sum() * per_value - 1.0))
    objective = Objective(choices, per_value, deviations, [1] * len(deviations))
    objective.minimise(np.floor(extra * per_value).astype(np.int64), everybodys)
    return objective


def _deviations(choices: Choices, problem: Problem, per_value: float) -> list[Deviation]:
    """Add the balance of all reps and of all measures that have a finite aim."""
    if problem.weights.balance <= 0:
        return []
    scale = 100.0 * problem.weights.balance * per_value / problem.target.size
    reference = balance_reference(problem)
    deviations = []
    for measure in np.flatnonzero(np.isfinite(problem.aim)):
        aim = scale * float(problem.aim[measure])
        for rep in range(problem.n_reps):
            columns = choices.columns_of(rep)
            per_load = scale / float(reference[measure, rep])
            load = problem.load[measure, choices.units[columns]] * per_load
            target = float(problem.target[measure, rep]) * per_load
            more, less = np.floor(load).astype(np.int64), np.ceil(load).astype(np.int64)
            high, low = int(np.ceil(target + aim)), int(np.floor(target - aim))
            deviations.append(add_deviation(choices, columns, more=more, high=high, less=less, low=low))
    return deviations
