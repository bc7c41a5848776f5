"""Twins: units that can change places without changing anything, such as equal shares of a split unit."""

from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from optimizer.costs import pair_cost
from optimizer.model.choices import Choices
from optimizer.plan import Plan
from optimizer.problem import BoolArray, Problem


def twins(problem: Problem, allowed: BoolArray) -> list[tuple[int, ...]]:
    """Return the groups of interchangeable units: alike in loads, costs, rules and neighbours.

    Parameters
    ----------
    problem : Problem
    allowed : (n_units, n_reps) bool
        As `allowed_pairs`, before any exclusion by value.
    """
    grouped = {int(unit) for group in (*problem.together, *problem.apart) for unit in group}
    cost = pair_cost(problem)
    alike: dict[tuple[object, ...], list[int]] = {}
    for unit in range(problem.n_units):
        if unit not in grouped:
            key = (_closed_neighbours(problem, unit), *_marks(problem, unit))
            alike.setdefault((*key, cost[unit].tobytes(), allowed[unit].tobytes()), []).append(unit)
    return [tuple(group) for group in alike.values() if len(group) > 1]


def add_order(choices: Choices, groups: list[tuple[int, ...]]) -> None:
    """Order the owners of twins, which keeps one of each set of equivalent plans."""
    for group in groups:
        for a, b in pairwise(group):
            later = _owner(choices, b) - _owner(choices, a)
            choices.model.add_linear_constraint(later, 0, choices.possible.shape[1])


def ordered(plan: Plan, groups: list[tuple[int, ...]]) -> Plan:
    """Return the equivalent plan in which twins' owners ascend."""
    owner = plan.owner.copy()
    for group in groups:
        owner[list(group)] = np.sort(owner[list(group)])
    return Plan(owner)


def _owner(choices: Choices, unit: int) -> cp_model.LinearExpr:
    reps = np.flatnonzero(choices.possible[unit])
    return cp_model.LinearExpr.weighted_sum(choices.of_unit(unit), reps.tolist())


def _closed_neighbours(problem: Problem, unit: int) -> tuple[int, ...]:
    return tuple(sorted({unit, *problem.graph.neighbours(unit).tolist()}))


def _marks(problem: Problem, unit: int) -> tuple[object, ...]:
    """Return what else must be equal: loads, place of rules, today's rep, budgets."""
    return (
        problem.load[:, unit].tobytes(),
        int(problem.current[unit]),
        tuple(int(budget.weight[unit]) for budget in problem.budgets),
        int(problem.contiguity[unit]),
        int(problem.part[unit]),
        tuple(rep for rep, units in enumerate(problem.home_units) if unit in units),
    )
