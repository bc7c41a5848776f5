"""Rule disruption: hard limits on what leaves its current rep avoidably."""

import numpy as np
from ortools.sat.python import cp_model

from optimizer.graph import IntArray
from optimizer.model.choices import Choices
from optimizer.problem import Problem


def add_budgets(choices: Choices, problem: Problem) -> None:
    """Keep every budget, written as what must stay with its current rep."""
    held, columns = kept(choices, problem)
    owns = [choices.booleans[column] for column in columns.tolist()]
    for budget in problem.budgets:
        total = int(budget.weight[problem.current >= 0].sum())
        stays = cp_model.LinearExpr.weighted_sum(owns, budget.weight[held].tolist())
        choices.model.add_linear_constraint(stays, total - budget.limit, total)


def kept(choices: Choices, problem: Problem) -> tuple[IntArray, IntArray]:
    """Return the units that could stay with their current rep, and the places of those Booleans."""
    held = np.flatnonzero(problem.current >= 0).astype(np.int32)
    columns = choices.column[held, problem.current[held]]
    return held[columns >= 0], columns[columns >= 0]
