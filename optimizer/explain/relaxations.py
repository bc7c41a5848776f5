"""The cheapest way out that is known: limits loosened to what the nearest plan has, so that it becomes feasible."""

from collections.abc import Iterator

import numpy as np

from optimizer.costs import balance_reference
from optimizer.explain.wording import RELAXATION, ints, number
from optimizer.problem import Problem
from optimizer.result import Reason
from optimizer.score import BrokenRule, Score

NEAREST = 1
"""The way out that the judged plan itself shows."""
_SHARED = frozenset({"band", "min", "max", "max_distance", "disruption"})
"""Rules whose limit holds for all territories or the whole plan."""
FINENESS = 10_000.0
"""Shares of a target are rounded up to one part in this."""


def relaxations(problem: Problem, score: Score) -> tuple[Reason, ...]:
    """Return what to loosen so that the judged plan keeps every hard rule: one reason a limit of the scenario.

    A tolerance, a smallest or largest amount and a distance hold for all territories, so one reason covers all of
    them; hours and all other rules are told rep by rep or group by group.

    Parameters
    ----------
    problem : Problem
    score : Score
        The judge's verdict on the nearest plan.
    """
    shared = {"band": _band, "min": _smallest, "max": _largest, "max_distance": _distance}
    groups: dict[tuple[str, str], list[BrokenRule]] = {}
    for item in score.broken:
        groups.setdefault((item.rule, item.measure), []).append(item)
    found: list[Reason] = []
    for (rule, _), items in groups.items():
        if rule in shared:
            found.append(shared[rule](problem, items))
        else:
            found += _each(items)
    return tuple(found)


def without_worse(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Return the reasons without the nearest plan's way out where another one loosens only some of its limits.

    Nobody takes two tolerances, one of them beyond all sense, where one of these loosened by no more is enough.
    """
    shared = (one for one in reasons if _is_of_nearest(one) and one.rule in _SHARED)
    nearest = {(one.rule, one.measure): _step(one) for one in shared}
    ways: dict[int, list[Reason]] = {}
    for one in reasons:
        if one.way > NEAREST:
            ways.setdefault(one.way, []).append(one)
    if not any(all(_step(one) <= nearest.get((one.rule, one.measure), -1.0) for one in way) for way in ways.values()):
        return reasons
    return tuple(one for one in reasons if not _is_of_nearest(one))


def _is_of_nearest(reason: Reason) -> bool:
    """Return whether a reason is part of the nearest plan's way out; a link that the map lacks helps with any."""
    is_link = reason.rule == "contiguity" and not reason.reps
    return reason.kind == RELAXATION and reason.way == NEAREST and not is_link


def _step(reason: Reason) -> float:
    return abs(reason.amount - reason.limit)


def _band(problem: Problem, items: list[BrokenRule]) -> Reason:
    """Return the tolerance that covers all loads of a measure, as a share of the target."""
    measure = problem.measures.index(items[0].measure)
    scale = float(problem.load_per_amount[measure])
    reps = [item.reps[0] for item in items]
    target = problem.target[measure, reps]
    load = np.array([item.amount for item in items]) * scale
    limit = np.array([item.limit for item in items]) * scale
    base = np.where(target > 0, target, balance_reference(problem)[measure, reps])
    needed = float(np.ceil((np.abs(load - target) / base).max() * FINENESS - 1e-6) / FINENESS)
    given = float((np.abs(limit - target) / base).max())
    text = "so much of the target, and the nearest plan keeps it"
    if (target <= 0).any():
        text = "a territory with a target of 0 has some, which no tolerance allows: give it a target"
    return _reason("band", items, needed, given, text)


def _smallest(_: Problem, items: list[BrokenRule]) -> Reason:
    return _amount(items, min(item.amount for item in items))


def _largest(_: Problem, items: list[BrokenRule]) -> Reason:
    return _amount(items, max(item.amount for item in items))


def _amount(items: list[BrokenRule], needed: float) -> Reason:
    """Return the smallest or largest amount that covers all loads of a measure."""
    text = f"{number(needed)} instead of {number(items[0].limit)} makes the nearest plan keep it"
    return _reason(items[0].rule, items, needed, items[0].limit, text)


def _distance(problem: Problem, items: list[BrokenRule]) -> Reason:
    needed = float(np.ceil(max(item.amount for item in items) * 10.0) / 10.0)
    text = f"{needed:,.1f} km instead of {problem.max_distance_km:g} km makes the nearest plan keep it"
    return _reason("max_distance", items, needed, problem.max_distance_km, text)


def _each(items: list[BrokenRule]) -> Iterator[Reason]:
    for item in items:
        text = _WAYS_OUT[item.rule].replace("{amount}", number(item.amount)).replace("{limit}", number(item.limit))
        yield Reason(
            RELAXATION, item.rule, item.units, item.reps, item.measure, item.amount, item.limit, False, text, NEAREST
        )


def _reason(rule: str, items: list[BrokenRule], needed: float, given: float, text: str) -> Reason:
    reps = ints(rep for item in items for rep in item.reps)
    units = ints(unit for item in items for unit in item.units)
    return Reason(RELAXATION, rule, units, reps, items[0].measure, needed, given, False, text, NEAREST)


_WAYS_OUT = {
    "owner": "let some rep have these units",
    "hours": "{amount} instead of {limit} makes the nearest plan keep it",
    "skill": "let the rep have these units without the skill",
    "forbid": "let the rep have these units",
    "lock": "unlock these units",
    "together": "let these units have {amount} reps",
    "apart": "let these units have the same rep",
    "home": "let the territory lie away from the rep's home",
    "contiguity": "link these units to the rest of the territory, which has {amount} pieces",
    "disruption": "more may leave its current rep: {amount} instead of {limit}",
    "empty": "do without this rep, or let the territory be empty",
}
