"""A Problem with suggested relaxations applied, as a planner would in the scenario."""

from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.problem import UNLOCKED, Contiguity, LoadLimit, Problem
from optimizer.result import Reason
from tests.optimizer.tiny import changed, ints


def loosened(problem: Problem, relaxations: tuple[Reason, ...]) -> Problem:
    """Return the problem with every relaxation applied and nothing else changed."""
    for reason in relaxations:
        assert reason.kind == "relaxation"
        problem = changed(problem, **_CHANGES[reason.rule](problem, reason))
    return problem


def _band(problem: Problem, reason: Reason) -> dict[str, Any]:
    measure = problem.measures.index(reason.measure)
    target = problem.target[measure]
    low = np.ceil(np.maximum(target * (1 - reason.amount), 0) * (1 - 1e-9)).astype(np.int64)
    high = np.floor(target * (1 + reason.amount) * (1 + 1e-9)).astype(np.int64)
    return _limits(problem, reason, lambda limit: (np.minimum(limit.low, low), np.maximum(limit.high, high)))


def _ends(problem: Problem, reason: Reason) -> dict[str, Any]:
    amount = round(reason.amount * problem.load_per_amount[problem.measures.index(reason.measure)])
    if reason.rule == "min":
        return _limits(problem, reason, lambda limit: (np.minimum(limit.low, amount), limit.high))
    return _limits(problem, reason, lambda limit: (limit.low, np.maximum(limit.high, amount)))


def _limits(problem: Problem, reason: Reason, ends: Any) -> dict[str, Any]:
    measure = problem.measures.index(reason.measure)
    return {
        "limits": tuple(
            LoadLimit(limit.rule, measure, *ends(limit))
            if (limit.rule, limit.measure) == (reason.rule, measure)
            else limit
            for limit in problem.limits
        )
    }


def _budget(problem: Problem, reason: Reason) -> dict[str, Any]:
    budgets = (replace(b, limit=int(reason.amount)) if b.name == reason.measure else b for b in problem.budgets)
    return {"budgets": tuple(budgets)}


def _skill(problem: Problem, reason: Reason) -> dict[str, Any]:
    banned = problem.banned.copy()
    banned[problem.fit_class[list(reason.units)], reason.reps[0]] = False
    return {"banned": banned}


def _forbid(problem: Problem, reason: Reason) -> dict[str, Any]:
    allowed = np.isin(problem.forbidden[:, 0], reason.units) & (problem.forbidden[:, 1] == reason.reps[0])
    return {"forbidden": problem.forbidden[~allowed]}


def _set(name: str, value: Any) -> Any:
    def change(problem: Problem, reason: Reason) -> dict[str, Any]:
        array = getattr(problem, name).copy()
        array[list(reason.units)] = value
        return {name: array}

    return change


def _group(name: str) -> Any:
    def change(problem: Problem, reason: Reason) -> dict[str, Any]:
        kept = (group for group in getattr(problem, name) if not set(reason.units) <= set(group.tolist()))
        return {name: tuple(kept)}

    return change


def _home(problem: Problem, reason: Reason) -> dict[str, Any]:
    return {"home_units": tuple(ints() if rep in reason.reps else home for rep, home in enumerate(problem.home_units))}


def _distance(_: Problem, reason: Reason) -> dict[str, Any]:
    return {"max_distance_km": reason.amount}


_CHANGES = {
    "band": _band,
    "min": _ends,
    "max": _ends,
    "hours": _ends,
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
