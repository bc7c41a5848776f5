"""One model of all hard rules and the goals."""

from collections.abc import Iterable
from dataclasses import dataclass

from optimizer.model.choices import Choices
from optimizer.model.contiguity import add_separators
from optimizer.model.disruption import add_budgets
from optimizer.model.goals import Goals, add_goals
from optimizer.model.groups import add_apart, add_together
from optimizer.model.home import add_home
from optimizer.model.load_limits import add_load_limits
from optimizer.model.ownership import add_ownership
from optimizer.model.separators import Separator
from optimizer.plan import Plan
from optimizer.problem import BoolArray, Problem


@dataclass(frozen=True, eq=False)
class Model:
    """A CP-SAT model of a problem and the meaning of its objective."""

    choices: Choices
    goals: Goals


def build_rules(problem: Problem, possible: BoolArray, separators: Iterable[Separator]) -> Choices:
    """Model every hard rule; contiguity as far as the separators tell it.

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
    add_load_limits(choices, problem)
    add_together(choices, problem)
    add_apart(choices, problem)
    add_home(choices, problem)
    add_budgets(choices, problem)
    add_separators(choices, separators)
    return choices


def build_model(
    problem: Problem, possible: BoolArray, separators: Iterable[Separator], reference_value: float
) -> Model:
    """Model every hard rule and the goals; see `build_rules` and `add_goals`."""
    choices = build_rules(problem, possible, separators)
    return Model(choices, add_goals(choices, problem, reference_value))


def hint(model: Model, plan: Plan) -> None:
    """Hint a plan completely: every Boolean and every deviation."""
    choices = model.choices
    for unit, rep, owns in choices.pairs():
        choices.model.add_hint(owns, int(plan.owner[unit] == rep))
    for deviation in model.goals.deviations:
        choices.model.add_hint(deviation.variable, deviation.of(plan.owner == deviation.rep))
