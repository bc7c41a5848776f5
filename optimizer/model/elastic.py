"""The objective of near misses: load limits and budgets may be missed, at a price."""

from dataclasses import dataclass

import numpy as np

from optimizer.costs import balance_reference
from optimizer.model.choices import Choices
from optimizer.model.deviation import Deviation, add_deviation
from optimizer.model.disruption import kept
from optimizer.model.objective import Objective
from optimizer.problem import Problem

FINENESS = 1000.0
"""Whole objective units of a miss of one load unit by the largest target."""
LEAST_BUDGET = 0.01
"""Least limit of a budget, as a share of all it counts, that misses are held against: a budget may be 0."""
ALL_REPS = -1
"""In `Miss.rep`: a budget."""


@dataclass(frozen=True, eq=False)
class Miss:
    """What misses one limit: index in `Problem.limits` and rep, or index in `Problem.budgets` and ALL_REPS."""

    place: int
    rep: int
    deviation: Deviation


def add_misses(choices: Choices, problem: Problem) -> tuple[Objective, list[Miss]]:
    """Minimise the misses of all load limits and budgets, each as a share of its target or limit.

    The model must not hold the limits themselves. The shares of load limits are those of `Score.violation`.
    """
    misses = [*_load_misses(choices, problem), *_budget_misses(choices, problem)]
    base = np.array([_base(problem, miss) for miss in misses])
    per_violation = FINENESS * float(base.max(initial=1.0))
    prices = np.floor(per_violation / base).astype(np.int64).tolist()
    objective = Objective(choices, per_violation, [miss.deviation for miss in misses], prices)
    objective.minimise(np.zeros(len(choices.units), dtype=np.int64), 0)
    return objective, misses


def _load_misses(choices: Choices, problem: Problem) -> list[Miss]:
    misses = []
    for place, limit in enumerate(problem.limits):
        for rep in range(problem.n_reps):
            columns = choices.columns_of(rep)
            load = problem.load[limit.measure, choices.units[columns]]
            low, high = int(limit.low[rep]), int(limit.high[rep])
            deviation = add_deviation(choices, columns, more=load, high=high, less=load, low=low)
            misses.append(Miss(place, rep, deviation))
    return misses


def _budget_misses(choices: Choices, problem: Problem) -> list[Miss]:
    units, columns = kept(choices, problem)
    misses = []
    for place, budget in enumerate(problem.budgets):
        total = int(budget.weight[problem.current >= 0].sum())
        weight = budget.weight[units]
        deviation = add_deviation(choices, columns, more=weight, high=total, less=weight, low=total - budget.limit)
        misses.append(Miss(place, ALL_REPS, deviation))
    return misses


def _base(problem: Problem, miss: Miss) -> float:
    if miss.rep == ALL_REPS:
        budget = problem.budgets[miss.place]
        return max(float(budget.limit), LEAST_BUDGET * float(budget.weight.sum()), 1.0)
    return float(balance_reference(problem)[problem.limits[miss.place].measure, miss.rep])
