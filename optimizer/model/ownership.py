"""Rule: every unit has one rep, and every rep has a unit."""

from ortools.sat.python import cp_model

from optimizer.model.choices import Choices


def add_ownership(choices: Choices) -> None:
    """Give every unit exactly one rep and every rep at least one unit."""
    n_units, n_reps = choices.possible.shape
    total = cp_model.LinearExpr.sum
    for unit in range(n_units):
        choices.model.add_linear_constraint(total(choices.of_unit(unit)), 1, 1)
    for rep in range(n_reps):
        choices.model.add_linear_constraint(total(choices.of_rep(rep, range(n_units))), 1, n_units)
