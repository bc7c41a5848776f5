"""Every hard rule, checked on the raw data of the Problem."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from optimizer.graph import IntArray
from optimizer.judge.places import great_circle_km, piece_of
from optimizer.problem import UNLOCKED, BoolArray, Contiguity, FloatArray, LoadArray, Problem
from optimizer.score import BrokenRule


def broken_rules(
    problem: Problem, owner: IntArray, load: LoadArray, center_xyz_m: FloatArray
) -> tuple[BrokenRule, ...]:
    """Return every broken hard rule: one entry a rule and rep, group or budget.

    Parameters
    ----------
    problem : Problem
    owner : (n_units,) int32
    load : (n_measures, n_reps) int64
    center_xyz_m : (n_reps, 3) float64
        Centers of the territories, for the reach of free centres.
    """
    return (
        *_nobodys(problem, owner),
        *_loads(problem, load),
        *_pairs(owner, "skill", _banned(problem, owner)),
        *_pairs(owner, "forbid", _forbidden(problem, owner)),
        *_too_far(problem, owner, center_xyz_m),
        *_locks(problem, owner),
        *_together(problem, owner),
        *_apart(problem, owner),
        *_homes(problem, owner),
        *_contiguity(problem, owner),
        *_budgets(problem, owner),
        *_empty(problem, owner),
    )


def _nobodys(problem: Problem, owner: IntArray) -> Iterator[BrokenRule]:
    units = np.flatnonzero((owner < 0) | (owner >= problem.n_reps))
    if len(units):
        yield BrokenRule("owner", _ints(units), (), "", float(len(units)), 0.0)


def _loads(problem: Problem, load: LoadArray) -> Iterator[BrokenRule]:
    for limit in problem.limits:
        amount = load[limit.measure]
        scale = float(problem.load_per_amount[limit.measure])
        for rep in np.flatnonzero((amount < limit.low) | (amount > limit.high)):
            missed = limit.low[rep] if amount[rep] < limit.low[rep] else limit.high[rep]
            name = problem.measures[limit.measure]
            yield BrokenRule(limit.rule, (), (int(rep),), name, amount[rep] / scale, missed / scale)


def _pairs(owner: IntArray, rule: str, wrong: BoolArray) -> Iterator[BrokenRule]:
    for rep in np.unique(owner[wrong]):
        units = np.flatnonzero(wrong & (owner == rep))
        yield BrokenRule(rule, _ints(units), (int(rep),), "", float(len(units)), 0.0)


def _banned(problem: Problem, owner: IntArray) -> BoolArray:
    wrong = np.zeros(problem.n_units, dtype=np.bool_)
    owned = _owned(problem, owner)
    wrong[owned] = problem.banned[problem.fit_class[owned], owner[owned]]
    return wrong


def _forbidden(problem: Problem, owner: IntArray) -> BoolArray:
    wrong = np.zeros(problem.n_units, dtype=np.bool_)
    units, reps = problem.forbidden.T
    wrong[units[owner[units] == reps]] = True
    return wrong


def _too_far(problem: Problem, owner: IntArray, center_xyz_m: FloatArray) -> Iterator[BrokenRule]:
    if not np.isfinite(problem.max_distance_km):
        return
    owned = _owned(problem, owner)
    owners = owner[owned]
    to_center = great_circle_km(problem.xyz_m[owned], center_xyz_m[owners])
    distance = np.where(problem.has_home[owners], problem.distance_km[owned, owners], to_center)
    far = distance > problem.max_distance_km
    for rep in np.unique(owners[far]):
        of_rep = far & (owners == rep)
        farthest = float(distance[of_rep].max())
        yield BrokenRule("max_distance", _ints(owned[of_rep]), (int(rep),), "", farthest, problem.max_distance_km)


def _locks(problem: Problem, owner: IntArray) -> Iterator[BrokenRule]:
    wrong = (problem.locked != UNLOCKED) & (owner != problem.locked)
    for rep in np.unique(problem.locked[wrong]):
        units = np.flatnonzero(wrong & (problem.locked == rep))
        yield BrokenRule("lock", _ints(units), (int(rep),), "", float(len(units)), 0.0)


def _together(problem: Problem, owner: IntArray) -> Iterator[BrokenRule]:
    for group in problem.together:
        reps = np.unique(owner[group])
        if len(reps) > 1:
            yield BrokenRule("together", _ints(group), _ints(reps[reps >= 0]), "", float(len(reps)), 1.0)


def _apart(problem: Problem, owner: IntArray) -> Iterator[BrokenRule]:
    for group in problem.apart:
        reps, counts = np.unique(owner[group], return_counts=True)
        for rep, count in zip(reps, counts, strict=True):
            if count > 1 and rep >= 0:
                units = group[owner[group] == rep]
                yield BrokenRule("apart", _ints(units), (int(rep),), "", float(count), 1.0)


def _homes(problem: Problem, owner: IntArray) -> Iterator[BrokenRule]:
    for rep, units in enumerate(problem.home_units):
        if len(units) and not (owner[units] == rep).any():
            yield BrokenRule("home", _ints(units), (rep,), "", 0.0, 1.0)


def _contiguity(problem: Problem, owner: IntArray) -> Iterator[BrokenRule]:
    taking_part = (problem.contiguity == Contiguity.REQUIRED) & (owner >= 0) & (owner < problem.n_reps)
    root = piece_of(problem.graph, owner, problem.part, taking_part)
    heads = np.flatnonzero(taking_part & (root == np.arange(problem.n_units)))
    keys, counts = np.unique(np.stack([owner[heads], problem.part[heads]]), axis=1, return_counts=True)
    for (rep, part), count in zip(keys.T, counts, strict=True):
        if count > 1:
            units = np.flatnonzero(taking_part & (owner == rep) & (problem.part == part))
            outside = units[root[units] != np.bincount(root[units]).argmax()]
            yield BrokenRule("contiguity", _ints(outside), (int(rep),), "", float(count), 1.0)


def _budgets(problem: Problem, owner: IntArray) -> Iterator[BrokenRule]:
    moved = np.flatnonzero((problem.current >= 0) & (owner != problem.current))
    for budget in problem.budgets:
        amount = int(budget.weight[moved].sum())
        if amount > budget.limit:
            units = moved[budget.weight[moved] > 0]
            yield BrokenRule("disruption", _ints(units), (), budget.name, float(amount), float(budget.limit))


def _empty(problem: Problem, owner: IntArray) -> Iterator[BrokenRule]:
    count = np.bincount(owner[_owned(problem, owner)], minlength=problem.n_reps)
    for rep in np.flatnonzero(count == 0):
        yield BrokenRule("empty", (), (int(rep),), "", 0.0, 1.0)


def _owned(problem: Problem, owner: IntArray) -> IntArray:
    return np.flatnonzero((owner >= 0) & (owner < problem.n_reps)).astype(np.int32)


def _ints(array: npt.NDArray[np.signedinteger[Any]]) -> tuple[int, ...]:
    return tuple(int(item) for item in array)
