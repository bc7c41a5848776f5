"""A Problem in which part of the units stay where they are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from optimizer.graph import Graph, IntArray
from optimizer.judge.places import piece_of
from optimizer.problem import (
    NOBODY,
    BoolArray,
    Budget,
    Contiguity,
    FloatArray,
    LoadLimit,
    Problem,
)
from scenarios.document.scenario import Scenario
from scenarios.prepare.load_limits import UNLIMITED, load_limits
from scenarios.prepare.seats import Team
from scenarios.prepare.targets import measure_of

NO_UNITS = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, eq=False)
class Part:
    """What is planned and what stays.

    Attributes
    ----------
    inside : (n_units,) bool
        Units that are planned.
    seats : (n_reps,) bool
        Seats that may own them.
    held : (n_units,) int32
        Seat of every other unit; NOBODY inside.
    team : Team
    """

    inside: BoolArray
    seats: BoolArray
    held: IntArray
    team: Team


def freeze(scenario: Scenario, problem: Problem, part: Part) -> Problem:
    """Return the problem of the part.

    Frozen units are locked and count in the loads of their reps. Targets share out what the seats in scope hold
    together, and what the others hold. Rules bind only what is planned: seats out of scope have no limits, and no
    rule is broken by a frozen unit that stays. The frozen units of one rep count as one piece.
    """
    load, scale = problem.load, problem.load_per_amount
    target = _targets(scenario, problem, part)
    limits = load_limits(scenario, load, scale, target, part.team)
    classes = len(problem.fit)
    frozen = ~part.inside
    return replace(
        problem,
        target=target,
        limits=tuple(_relaxed(limit, part.seats, int(load[limit.measure].sum())) for limit in limits),
        fit=np.concatenate([problem.fit, problem.fit]),
        banned=np.concatenate([problem.banned, np.zeros_like(problem.banned)]),
        fit_class=(problem.fit_class + classes * frozen).astype(np.int32),
        forbidden=_forbidden(problem, part),
        max_distance_km=np.inf if _some_too_far(problem, part) else problem.max_distance_km,
        locked=np.where(part.inside, problem.locked, part.held).astype(np.int32),
        together=tuple(_together(problem, part)),
        apart=tuple(_apart(problem, part)),
        home_units=tuple(units if own else NO_UNITS for units, own in zip(problem.home_units, part.seats, strict=True)),
        budgets=tuple(_budget(scenario, budget, problem, part) for budget in problem.budgets),
        graph=_joined(problem, part),
    )


def _targets(scenario: Scenario, problem: Problem, part: Part) -> FloatArray:
    """Return the targets, each side of the border sharing out its own; targets from a column stay as written."""
    target = problem.target.copy()
    belongs = np.where(part.inside, True, part.seats[part.held])
    for row, name in enumerate(problem.measures):
        if measure_of(scenario.measures, name).target not in ("capacity", "equal"):
            continue
        for side, units in ((part.seats, belongs), (~part.seats, ~belongs)):
            total = target[row, side].sum()
            if total > 0:
                target[row, side] *= float(problem.load[row, units].sum()) / total
    return target


def _relaxed(limit: LoadLimit, seats: BoolArray, total: int) -> LoadLimit:
    low, high = np.where(seats, limit.low, UNLIMITED), np.where(seats, limit.high, total)
    return replace(limit, low=low.astype(np.int64), high=high.astype(np.int64))


def _forbidden(problem: Problem, part: Part) -> IntArray:
    """Return the forbidden pairs of units inside: the given ones, seats out of scope, and what is out of reach."""
    given = problem.forbidden[part.inside[problem.forbidden[:, 0]]].astype(np.int64)
    units, others = np.flatnonzero(part.inside), np.flatnonzero(~part.seats)
    pairs = [given, np.stack([np.repeat(units, len(others)), np.tile(others, len(units))], axis=1)]
    if _some_too_far(problem, part):
        far = np.argwhere(problem.distance_km[units] > problem.max_distance_km)
        pairs.append(np.stack([units[far[:, 0]], far[:, 1]], axis=1))
    keys = np.unique(np.concatenate([one[:, 0] * problem.n_reps + one[:, 1] for one in pairs]))
    return np.stack([keys // problem.n_reps, keys % problem.n_reps], axis=1).astype(np.int32)


def _some_too_far(problem: Problem, part: Part) -> bool:
    """Return whether a frozen unit lies beyond the largest distance; pairs then say it, for the units inside only."""
    if not np.isfinite(problem.max_distance_km):
        return False
    frozen = np.flatnonzero(~part.inside)
    return bool((problem.distance_km[frozen, part.held[frozen]] > problem.max_distance_km).any())


def _together(problem: Problem, part: Part) -> Iterator[IntArray]:
    """Yield the groups; what is frozen apart already binds nobody inside."""
    for group in problem.together:
        inside, held = part.inside[group], part.held[group]
        kept = group if len(np.unique(held[~inside])) <= 1 else group[inside]
        if inside.any() and len(kept) > 1:
            yield kept


def _apart(problem: Problem, part: Part) -> Iterator[IntArray]:
    """Yield the groups with the units inside and one frozen unit a seat."""
    for group in problem.apart:
        inside = part.inside[group]
        _, first = np.unique(part.held[group[~inside]], return_index=True)
        kept = np.sort(np.concatenate([group[inside], group[~inside][first]]))
        if inside.any() and len(kept) > 1:
            yield kept


def _budget(scenario: Scenario, budget: Budget, problem: Problem, part: Part) -> Budget:
    """Return the budget as the same share of what is inside."""
    weight = np.where(part.inside, budget.weight, 0).astype(np.int64)
    base = int(weight[problem.current != NOBODY].sum())
    share = float(getattr(scenario.limits.disruption, budget.name))
    return replace(budget, weight=weight, limit=int(np.floor(share * base * (1.0 + 1e-9))))


def _joined(problem: Problem, part: Part) -> Graph:
    """Return the graph with the frozen pieces of each seat and contiguity part linked in a row."""
    frozen = ~part.inside & (problem.contiguity != Contiguity.OFF)
    root = piece_of(problem.graph, part.held, problem.part, frozen)
    heads = np.flatnonzero(frozen & (root == np.arange(problem.n_units)))
    heads = heads[np.lexsort((heads, problem.part[heads], part.held[heads]))]
    same = (part.held[heads[1:]] == part.held[heads[:-1]]) & (problem.part[heads[1:]] == problem.part[heads[:-1]])
    a, b = problem.graph.links()
    return Graph.from_links(
        problem.n_units, np.concatenate([a, heads[:-1][same]]), np.concatenate([b, heads[1:][same]])
    )
