"""All hard rules of a problem, put together."""

from collections.abc import Iterable

from optimizer.model.choices import Choices
from optimizer.model.contiguity import add_separators
from optimizer.model.disruption import add_budgets
from optimizer.model.groups import add_apart, add_together
from optimizer.model.home import add_home
from optimizer.model.load_limits import add_load_limits
from optimizer.model.ownership import add_ownership
from optimizer.model.separators import Separator
from optimizer.problem import BoolArray, Problem


def build_structure(problem: Problem, possible: BoolArray, separators: Iterable[Separator]) -> Choices:
    """Model every hard rule but load limits and budgets; contiguity as far as the separators tell it.

    Parameters
    ----------
    problem : Problem
    possible : (n_units, n_reps) bool
        Pairs to choose from: `allowed_pairs`, or fewer.
    separators : iterable of Separator
        Found over these pairs or more.
    """
    choices = Choices(possible)
    add_ownership(choices)
    add_together(choices, problem)
    add_apart(choices, problem)
    add_home(choices, problem)
    add_separators(choices, separators)
    return choices


def build_rules(problem: Problem, possible: BoolArray, separators: Iterable[Separator]) -> Choices:
    """Model every hard rule; see `build_structure`."""
    choices = build_structure(problem, possible, separators)
    add_load_limits(choices, problem)
    add_budgets(choices, problem)
    return choices
