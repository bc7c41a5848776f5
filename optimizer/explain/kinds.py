"""The kinds of limits that can be loosened by themselves: taken out of a problem, or set to another extent."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from optimizer.problem import UNLOCKED, Contiguity, LoadLimit, Problem
from optimizer.result import Reason
from optimizer.run import LOAD_RULES

_ROUNDING = 1e-9
"""Share of an end by which it is widened before it is rounded inwards to whole load units."""
MEASURED = LOAD_RULES | {"max_distance"}
"""Rules whose limit is an amount, so that it can be loosened by more or less; of others single items are dropped."""


@dataclass(frozen=True)
class Kind:
    """All limits that one entry of a scenario sets: a rule, and the measure or budget where it has one."""

    rule: str
    name: str = ""

    @property
    def is_measured(self) -> bool:
        """Whether the limit is an amount."""
        return self.rule in MEASURED


def kinds_of(problem: Problem) -> tuple[Kind, ...]:
    """Return the kinds of limits that a problem has, those with amounts first."""
    loads = (Kind(limit.rule, problem.measures[limit.measure]) for limit in problem.limits)
    budgets = (Kind("disruption", budget.name) for budget in problem.budgets)
    return (*loads, *budgets, *(Kind(rule) for rule, given in _others(problem) if given))


def _others(problem: Problem) -> Iterator[tuple[str, bool]]:
    yield "max_distance", math.isfinite(problem.max_distance_km)
    yield "skill", bool(problem.banned.any())
    yield "forbid", len(problem.forbidden) > 0
    yield "lock", bool((problem.locked != UNLOCKED).any())
    yield "together", len(problem.together) > 0
    yield "apart", len(problem.apart) > 0
    yield "home", any(len(home) for home in problem.home_units)
    yield "contiguity", bool((problem.contiguity == Contiguity.REQUIRED).any())


def without(problem: Problem, kind: Kind) -> Problem:
    """Return the problem without all limits of a kind."""
    if kind.rule in ("band", "min", "max", "hours"):
        measure = problem.measures.index(kind.name)
        kept = (limit for limit in problem.limits if (limit.rule, limit.measure) != (kind.rule, measure))
        return replace(problem, limits=tuple(kept))
    if kind.rule == "disruption":
        return replace(problem, budgets=tuple(budget for budget in problem.budgets if budget.name != kind.name))
    off = np.where(problem.contiguity == Contiguity.REQUIRED, Contiguity.OFF, problem.contiguity)
    nothing = {
        "max_distance": ("max_distance_km", math.inf),
        "skill": ("banned", np.zeros_like(problem.banned)),
        "forbid": ("forbidden", problem.forbidden[:0]),
        "lock": ("locked", np.full_like(problem.locked, UNLOCKED)),
        "together": ("together", ()),
        "apart": ("apart", ()),
        "home": ("home_units", tuple(home[:0] for home in problem.home_units)),
        "contiguity": ("contiguity", off.astype(np.int8)),
    }
    name, value = nothing[kind.rule]
    return _with(problem, name, value)


def eased(problem: Problem, kind: Kind, reasons: tuple[Reason, ...], share: float) -> Problem:
    """Return the problem with a measured kind set to a share of the way from its limit to what relaxations need.

    Hours are raised for everybody, by the share of them that the busiest needs.
    """
    if kind.rule == "max_distance":
        return _with(problem, "max_distance_km", _between(reasons[0], share))
    if kind.rule == "disruption":
        limit = int(_between(reasons[0], share))
        budgets = (replace(item, limit=limit) if item.name == kind.name else item for item in problem.budgets)
        return replace(problem, budgets=tuple(budgets))
    measure = problem.measures.index(kind.name)
    limits = (
        _eased_limit(problem, limit, reasons, share) if (limit.rule, limit.measure) == (kind.rule, measure) else limit
        for limit in problem.limits
    )
    return replace(problem, limits=tuple(limits))


def _eased_limit(problem: Problem, limit: LoadLimit, reasons: tuple[Reason, ...], share: float) -> LoadLimit:
    scale = float(problem.load_per_amount[limit.measure])
    if limit.rule == "hours":
        more = max(reason.amount / max(reason.limit, 1 / scale) for reason in reasons) - 1.0
        return replace(limit, high=np.floor(limit.high * (1.0 + share * more)).astype(np.int64))
    extent = _between(reasons[0], share)
    if limit.rule == "band":
        return widened(limit, problem.target[limit.measure], extent)
    end = round(extent * scale)
    if limit.rule == "min":
        return replace(limit, low=np.minimum(limit.low, end))
    return replace(limit, high=np.maximum(limit.high, end))


def widened(limit: LoadLimit, target: np.ndarray, tolerance: float) -> LoadLimit:
    """Return a band that is at least so wide, as a share of the target."""
    low = np.ceil(np.maximum(target * (1.0 - tolerance), 0.0) * (1.0 - _ROUNDING)).astype(np.int64)
    high = np.floor(target * (1.0 + tolerance) * (1.0 + _ROUNDING)).astype(np.int64)
    return replace(limit, low=np.minimum(limit.low, low), high=np.maximum(limit.high, high))


def _between(reason: Reason, share: float) -> float:
    return reason.limit + share * (reason.amount - reason.limit)


def _with(problem: Problem, name: str, value: object) -> Problem:
    return replace(problem, **{name: value})  # type: ignore[arg-type]
