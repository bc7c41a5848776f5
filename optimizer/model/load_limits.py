"""Rules band, min, max and hours: hard ranges of every rep's load."""

from optimizer.model.choices import Choices
from optimizer.problem import Problem


def add_load_limits(choices: Choices, problem: Problem) -> None:
    """Keep every rep's load of every limited measure inside its range."""
    for limit in problem.limits:
        load = problem.load[limit.measure]
        total = int(load.sum())
        for rep in range(problem.n_reps):
            low, high = max(int(limit.low[rep]), 0), min(int(limit.high[rep]), total)
            if low > 0 or high < total:
                choices.model.add_linear_constraint(choices.weighted(rep, load), low, high)
