"""Units that no rep may have, by their own rules or for want of room."""

from collections.abc import Iterator

import numpy as np

from optimizer.explain.facts import Facts
from optimizer.explain.wording import conflict, load_conflict
from optimizer.graph import IntArray
from optimizer.problem import UNLOCKED, BoolArray
from optimizer.result import Reason


def check_pairs(facts: Facts) -> Iterator[Reason]:
    """Yield proofs about units without an allowed rep, too heavy for all of them, or left without room."""
    nobodys = np.flatnonzero(~facts.allowed.any(axis=1)).astype(np.int32)
    if len(nobodys):
        yield from _excluded(facts, nobodys)
        return
    heavy = np.flatnonzero(~facts.light.any(axis=1)).tolist()
    for block in heavy:
        yield _heavy(facts, block)
    if not heavy:
        yield from _crowded(facts)


def _excluded(facts: Facts, blocks: IntArray) -> Iterator[Reason]:
    """Yield one reason a rule for the units that no rep may have."""
    by_rule: dict[str, list[int]] = {}
    for block in blocks.tolist():
        by_rule.setdefault(_excluding_rule(facts, block), []).extend(facts.units(block).tolist())
    for rule, units in by_rule.items():
        text, amount, limit = _exclusion(facts, rule, units)
        reps = {int(facts.problem.locked[unit]) for unit in units} if rule == "lock" else ()
        yield conflict(rule, amount, limit, text, units=units, reps=reps)


def _excluding_rule(facts: Facts, block: int) -> str:
    problem, units = facts.problem, facts.units(block)
    if len(units) > 1:
        return "together"
    unit = int(units[0])
    by_rule = _excluded_by(facts, unit)
    for rule, excluded in by_rule.items():
        if excluded.all():
            return rule
    if problem.locked[unit] != UNLOCKED and any(row[problem.locked[unit]] for row in by_rule.values()):
        return "lock"
    if np.logical_or.reduce(list(by_rule.values())).all():
        return "owner"
    return "apart"


def _excluded_by(facts: Facts, unit: int) -> dict[str, BoolArray]:
    """Return the reps that each rule on single pairs excludes for a unit."""
    problem = facts.problem
    forbidden = np.zeros(problem.n_reps, dtype=np.bool_)
    forbidden[problem.forbidden[problem.forbidden[:, 0] == unit, 1]] = True
    return {
        "skill": problem.banned[problem.fit_class[unit]],
        "max_distance": problem.distance_km[unit] > problem.max_distance_km,
        "forbid": forbidden,
    }


def _exclusion(facts: Facts, rule: str, units: list[int]) -> tuple[str, float, float]:
    """Return a sentence, an amount and a limit."""
    problem, count = facts.problem, float(len(units))
    if rule == "max_distance":
        nearest = float(np.nanmin(problem.distance_km[units], axis=1).max())
        text = f"the nearest home is up to {nearest:,.1f} km away, at most {problem.max_distance_km:g} km are allowed"
        return text, nearest, problem.max_distance_km
    return _EXCLUSIONS[rule], count, 0.0


_EXCLUSIONS = {
    "skill": "no rep has the skill they require",
    "forbid": "every rep is forbidden to have them",
    "lock": "they are locked to a rep who may not have them",
    "together": "no single rep may have all the units that must stay together",
    "apart": "other units that must be kept apart from them take every rep who may have them",
    "owner": "skills, distances, locks and forbidden pairs together leave them no rep",
}


def _heavy(facts: Facts, block: int) -> Reason:
    ranges, reps, units = facts.ranges, np.flatnonzero(facts.allowed[block]), facts.units(block)
    most = ranges.high[:, reps].max(axis=1)
    who, them = ("the units to be kept together have", "them") if len(units) > 1 else ("it has", "it")
    over = facts.load[:, block] - most
    if (over > 0).any():
        measure = int((over / np.maximum(most, 1)).argmax())
        rep = reps[ranges.high[measure, reps].argmax()]
        text = f"{who} {{load}}, more than any rep who may take {them} may hold: {{limit}}"
        rule = ranges.high_rule(measure, rep)
        return load_conflict(facts, rule, measure, (facts.load[measure, block], most[measure]), text, units=units)
    text = f"{who} too much of one measure or another for every rep who may take {them}"
    return conflict(ranges.high_rule(0, reps[0]), 1.0, 0.0, text, units=units, reps=reps)


def _crowded(facts: Facts) -> Iterator[Reason]:
    """Yield reps who must hold too much, else units that find no room beside what must stay where it is."""
    blocks, reps = facts.held(facts.light)
    load = facts.held_load(facts.light)
    over = np.argwhere(load > facts.ranges.high).tolist()
    for measure, rep in over:
        units = np.concatenate([facts.units(block) for block in blocks[reps == rep]])
        units = units[facts.problem.load[measure, units] > 0]
        locked = (facts.problem.locked[units] == rep).all()
        who = "the units locked here" if locked else "the units that can go nowhere else"
        text = f"{who} have {{load}}, at most {{limit}} are allowed"
        rule, high = facts.ranges.high_rule(measure, rep), facts.ranges.high[measure, rep]
        yield load_conflict(facts, rule, measure, (load[measure, rep], high), text, units=units, reps=[rep])
    lost = np.flatnonzero(~facts.fits.any(axis=1)).tolist()
    if lost and not over:
        units = np.concatenate([facts.units(block) for block in lost])
        text = "every rep who may have them is full with units that can go nowhere else"
        may = np.flatnonzero(facts.light[lost].any(axis=0))
        yield conflict(facts.ranges.high_rule(0, may[0]), len(units), 0.0, text, units=units, reps=may)
