"""Whether units kept together fit a territory, and units kept apart find enough of them."""

from collections.abc import Iterator, Sequence

import numpy as np

from geodata.findings import Finding, Level
from optimizer.bound.load_range import load_range
from optimizer.graph import IntArray
from optimizer.problem import Problem
from scenarios.prepare.wording import amount, some


def group_findings(problem: Problem, ids: Sequence[str]) -> Iterator[Finding]:
    """Yield warnings about groups that are too heavy for any territory or need more territories than there are."""
    high = load_range(problem)[1].max(axis=1)
    for group in problem.together:
        load = problem.load[:, group].sum(axis=1)
        for measure in np.flatnonzero(load > high):
            name, scale = problem.measures[measure], float(problem.load_per_amount[measure])
            message = (
                f"{_names(group, ids)} are kept together with {amount(load[measure] / scale)} of {name}; a territory "
                f"may have at most {amount(high[measure] / scale)}."
            )
            hint = "Maybe keep fewer units together, or widen the tolerance."
            yield Finding(Level.WARNING, "heavy-group", message, hint, field="rules.together", value=ids[group[0]])
    for group in problem.apart:
        if len(group) > problem.n_reps:
            message = f"{_names(group, ids)} must all be apart, but there are only {problem.n_reps} territories."
            hint = "Maybe keep fewer units apart."
            yield Finding(Level.WARNING, "wide-group", message, hint, field="rules.apart", value=ids[group[0]])


def _names(group: IntArray, ids: Sequence[str]) -> str:
    names = list(dict.fromkeys(ids[unit] for unit in group))
    return some(names, range(len(names)))
