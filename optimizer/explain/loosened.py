"""A problem with relaxations applied, as a planner would in the scenario."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.explain.kinds import widened
from optimizer.problem import UNLOCKED, Contiguity, LoadLimit, Problem
from optimizer.result import Reason

Change = Mapping[str, Any]
"""Fields of a Problem that differ."""


def loosened(problem: Problem, relaxations: Iterable[Reason]) -> Problem:
    """Return the problem with every relaxation applied and nothing else changed."""
    for reason in relaxations:
        problem = replace(problem, **_CHANGES[reason.rule](problem, reason))
    return problem


def _band(problem: Problem, reason: Reason) -> Change:
    target = problem.target[problem.measures.index(reason.measure)]
    return _limits(problem, reason, lambda limit: widened(limit, target, reason.amount))


def _smallest(problem: Problem, reason: Reason) -> Change:
    amount = _load(problem, reason)
    return _limits(problem, reason, lambda limit: replace(limit, low=np.minimum(limit.low, amount)))


def _largest(problem: Problem, reason: Reason) -> Change:
    amount = _load(problem, reason)
    return _limits(problem, reason, lambda limit: replace(limit, high=np.maximum(limit.high, amount)))


def _hours(problem: Problem, reason: Reason) -> Change:
    amount, concerned = _load(problem, reason), np.isin(np.arange(problem.n_reps), reason.reps)
    high = np.where(concerned, amount, 0)
    return _limits(problem, reason, lambda limit: replace(limit, high=np.maximum(limit.high, high)))


def _load(problem: Problem, reason: Reason) -> int:
    return round(reason.amount * float(problem.load_per_amount[problem.measures.index(reason.measure)]))


def _limits(problem: Problem, reason: Reason, changed: Callable[[LoadLimit], LoadLimit]) -> Change:
    concerned = (reason.rule, problem.measures.index(reason.measure))
    limits = (changed(limit) if (limit.rule, limit.measure) == concerned else limit for limit in problem.limits)
    return {"limits": tuple(limits)}


def _budget(problem: Problem, reason: Reason) -> Change:
    budgets = (replace(b, limit=int(reason.amount)) if b.name == reason.measure else b for b in problem.budgets)
    return {"budgets": tuple(budgets)}


def _skill(problem: Problem, reason: Reason) -> Change:
    banned = problem.banned.copy()
    classes = problem.fit_class[list(reason.units)]
    banned[classes[:, None], np.array(reason.reps)] = False
    return {"banned": banned}


def _forbid(problem: Problem, reason: Reason) -> Change:
    units, reps = problem.forbidden.T
    return {"forbidden": problem.forbidden[~(np.isin(units, reason.units) & np.isin(reps, reason.reps))]}


def _set(name: str, value: int) -> Callable[[Problem, Reason], Change]:
    def change(problem: Problem, reason: Reason) -> Change:
        array = getattr(problem, name).copy()
        array[list(reason.units)] = value
        return {name: array}

    return change


def _group(name: str) -> Callable[[Problem, Reason], Change]:
    def change(problem: Problem, reason: Reason) -> Change:
        kept = (group for group in getattr(problem, name) if not set(reason.units) <= set(group.tolist()))
        return {name: tuple(kept)}

    return change


def _home(problem: Problem, reason: Reason) -> Change:
    homes = enumerate(problem.home_units)
    return {"home_units": tuple(home[:0] if rep in reason.reps else home for rep, home in homes)}


def _distance(_: Problem, reason: Reason) -> Change:
    return {"max_distance_km": reason.amount}


_CHANGES: Mapping[str, Callable[[Problem, Reason], Change]] = {
    "band": _band,
    "min": _smallest,
    "max": _largest,
    "hours": _hours,
    "disruption": _budget,
    "skill": _skill,
    "forbid": _forbid,
    "lock": _set("locked", UNLOCKED),
    "contiguity": _set("contiguity", Contiguity.OFF),
    "together": _group("together"),
    "apart": _group("apart"),
    "home": _home,
    "max_distance": _distance,
}
