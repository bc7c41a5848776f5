"""Rules together and apart: groups of units with one rep, or with different reps."""

from itertools import pairwise

from ortools.sat.python import cp_model

from optimizer.model.choices import Choices
from optimizer.problem import Problem


def add_together(choices: Choices, problem: Problem) -> None:
    """Give all units of a together group the same rep."""
    for group in problem.together:
        for rep in range(problem.n_reps):
            for a, b in pairwise(group.tolist()):
                difference = cp_model.LinearExpr.sum(choices.of_rep(rep, [a])) - cp_model.LinearExpr.sum(
                    choices.of_rep(rep, [b])
                )
                choices.model.add_linear_constraint(difference, 0, 0)


def add_apart(choices: Choices, problem: Problem) -> None:
    """Give every rep at most one unit of an apart group."""
    for group in problem.apart:
        for rep in range(problem.n_reps):
            owned = cp_model.LinearExpr.sum(choices.of_rep(rep, group.tolist()))
            choices.model.add_linear_constraint(owned, 0, 1)
