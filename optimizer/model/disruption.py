"""Rule disruption: hard limits on what leaves its current rep avoidably."""

import numpy as np
from ortools.sat.python import cp_model

from optimizer.model.choices import Choices
from optimizer.problem import Problem


def add_budgets(choices: Choices, problem: Problem) -> None:
    """Keep every budget, written as what must stay with its current rep."""
    held = np.flatnonzero(problem.current >= 0)
    stays = [unit for unit in held.tolist() if choices.possible[unit, problem.current[unit]]]
    owns = [choices.owns(unit, int(problem.current[unit])) for unit in stays]
    for budget in problem.budgets:
        total = int(budget.weight[held].sum())
        kept = cp_model.LinearExpr.weighted_sum(owns, budget.weight[stays].tolist())
        choices.model.add_linear_constraint(kept, total - budget.limit, total)
