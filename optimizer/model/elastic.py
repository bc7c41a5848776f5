"""The objective of near misses: load limits and budgets may be missed, at a price."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.costs import balance_reference
from optimizer.model.choices import Choices
from optimizer.model.deviation import Deviation, add_deviation
from optimizer.model.disruption import kept
from optimizer.model.objective import Objective
from optimizer.problem import FloatArray, LoadArray, Problem

FINENESS = 1000.0
"""Whole objective units of a miss of one load unit by the largest target."""
LARGEST_TOTAL = 100_000_000
"""Most that amounts may add up to in a model; larger ones are rounded.

With totals of 3e11 CP-SAT forgot the hint and called a plan the best that missed five times as much as the hint did.
"""
LEAST_BUDGET = 0.01
"""Least limit of a budget, as a share of all it counts, that misses are held against: a budget may be 0."""


@dataclass(frozen=True, eq=False)
class _Misses:
    """What misses one limit, rep by rep, in units of `base`; `grain` of a load or budget are one unit of the model."""

    deviations: list[Deviation]
    base: FloatArray
    grain: int


def add_misses(choices: Choices, problem: Problem) -> Objective:
    """Minimise the misses of all load limits and budgets, each as a share of its target or limit.

    The model must not hold the limits themselves. The shares of load limits are those of `Score.violation`, less what
    rounding may add at most: a lower limit on the objective is one on the violation.
    """
    limits = [*_load_misses(choices, problem), *_budget_misses(choices, problem)]
    per_violation = FINENESS * max((float(item.base.max()) for item in limits), default=1.0)
    deviations: list[Deviation] = []
    prices: list[int] = []
    rounding = 0
    for item in limits:
        price = np.floor(per_violation / item.base).astype(np.int64)
        deviations += item.deviations
        prices += price.tolist()
        if item.grain > 1:
            rounding += int(price.max()) * (problem.n_units + problem.n_reps)
    objective = Objective(choices, per_violation, deviations, prices)
    objective.minimise(np.zeros(len(choices.units), dtype=np.int64), -rounding)
    return objective


def _load_misses(choices: Choices, problem: Problem) -> Iterator[_Misses]:
    """Yield the misses of each load limit; rounding makes them larger, by less than one for each unit and end."""
    reference = balance_reference(problem)
    for limit in problem.limits:
        load = problem.load[limit.measure]
        grain = _grain(load)
        deviations = []
        for rep in range(problem.n_reps):
            columns = choices.columns_of(rep)
            whole = load[choices.units[columns]]
            high, low = int(limit.high[rep]) // grain, -(-int(limit.low[rep]) // grain)
            deviations.append(
                add_deviation(choices, columns, more=-(-whole // grain), high=high, less=whole // grain, low=low)
            )
        yield _Misses(deviations, reference[limit.measure] / grain, grain)


def _budget_misses(choices: Choices, problem: Problem) -> Iterator[_Misses]:
    """Yield what each budget is missed by, rounded as loads are: what is kept counts no more than it is."""
    units, columns = kept(choices, problem)
    for budget in problem.budgets:
        grain = _grain(budget.weight)
        total = int(budget.weight[problem.current >= 0].sum())
        weight = budget.weight[units] // grain
        low = -(-(total - budget.limit) // grain)
        deviation = add_deviation(choices, columns, more=weight, high=total // grain, less=weight, low=low)
        base = max(float(budget.limit), LEAST_BUDGET * float(budget.weight.sum()), 1.0)
        yield _Misses([deviation], np.array([base / grain]), grain)


def _grain(amounts: LoadArray) -> int:
    """Return what amounts must be divided by so that they do not add up to too much."""
    return max(-(-int(amounts.sum()) // LARGEST_TOTAL), 1)
