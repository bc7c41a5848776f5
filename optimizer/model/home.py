"""Rule home: a territory holds one of the units at its rep's home."""

from ortools.sat.python import cp_model

from optimizer.model.choices import Choices
from optimizer.problem import Problem


def add_home(choices: Choices, problem: Problem) -> None:
    """Make every rep own one of its home units, where the rule is on."""
    for rep, units in enumerate(problem.home_units):
        if len(units):
            owned = cp_model.LinearExpr.sum(choices.of_rep(rep, units.tolist()))
            choices.model.add_linear_constraint(owned, 1, len(units))
