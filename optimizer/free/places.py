"""Where a plan may want a whole territory more or less, and which of these places to try."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.problem import WORKLOAD, BoolArray, FloatArray, LoadArray, Problem

Kind = Literal["more", "less", "again"]
"""A place is tried with a territory more, with one less, or with as many as it has."""
MORE: Final = "more"
LESS: Final = "less"
AGAIN: Final = "again"
PLACES = 12
"""Places of a kind that are drawn at a time; as many again where limits are missed."""
TIMES = 3
"""Tries of the place around a missed limit, before a territory more or less is tried there."""
TINY = 1e-12
"""Distances times loads that count as none."""


@dataclass(frozen=True, eq=False)
class Places:
    """The territories of a plan, each the middle of a place.

    Attributes
    ----------
    beside, near : (n_reps, n_reps) bool
        Which territories touch, and which lie within two steps; each touches itself.
    load : (n_measures, n_reps) int64
    first : dict of (n_reps,) bool
        For each kind, where it is to be tried first: around missed limits.
    promise : dict of (n_reps,) float64
        What a try may be worth elsewhere, 0 where the bands don't allow it.
    """

    beside: BoolArray
    near: BoolArray
    load: LoadArray
    first: dict[Kind, BoolArray]
    promise: dict[Kind, FloatArray]


def places_of(problem: Problem, plan: Plan, moved: BoolArray) -> Places:
    """Look at a plan; `moved` are the units (n_units,) whose rep has just changed, around which tries are repeated."""
    owner, score = plan.owner, judge(problem, plan)
    a, b = problem.graph.links()
    beside = np.eye(problem.n_reps, dtype=np.bool_)
    beside[owner[a], owner[b]] = beside[owner[b], owner[a]] = True
    steps = beside.astype(np.float64)
    near = (steps @ steps) > 0
    away = np.linalg.norm(problem.xyz_m - score.center_xyz_m[owner], axis=1)
    cost = near @ np.bincount(owner, problem.load[WORKLOAD] * away, problem.n_reps) + TINY
    count = near.sum(axis=1)
    # Distances in a region go with the square root of a territory's area.
    more, less = cost * (1.0 - np.sqrt(count / (count + 1.0))), 1.0 / (cost * (np.sqrt(count / (count - 0.99)) - 1.0))
    missed = np.zeros(problem.n_reps, dtype=np.bool_)
    for limit in problem.limits:
        load = score.load[limit.measure].astype(np.float64)
        missed |= (load < limit.low) | (load > limit.high)
        more[near @ load < limit.low * (count + 1)] = 0.0
        less[near @ load > limit.high * (count - 1)] = 0.0
    around = np.asarray(beside[missed].any(axis=0))
    changed = np.bincount(owner[moved], minlength=problem.n_reps).astype(np.float64)
    first: dict[Kind, BoolArray] = {MORE: around, LESS: around, AGAIN: missed}
    promise: dict[Kind, FloatArray] = {MORE: more, LESS: less, AGAIN: changed}
    return Places(beside, near, score.load, first, promise)


def draw(places: Places, tried: Mapping[Kind, Sequence[int]], rng: np.random.Generator) -> list[tuple[Kind, int]]:
    """Draw kinds of tries and the reps in the middle: missed limits first, then what promises most.

    Parameters
    ----------
    places : Places
    tried : dict of sequences of int
        For each kind the reps whose places were tried as they are.
    rng : numpy Generator
    """
    times = np.bincount(np.array(tried[AGAIN], dtype=np.int64), minlength=len(places.beside))
    missed = rng.permutation(np.flatnonzero(places.first[AGAIN] & (times < TIMES)))[:PLACES]
    if len(missed):
        return [(AGAIN, int(rep)) for rep in missed]
    again, more, less = (_drawn(places, kind, tried[kind], rng) for kind in (AGAIN, MORE, LESS))
    drawn: list[tuple[Kind, int]] = [(AGAIN, rep) for rep in again]
    for nth in range(max(len(more), len(less))):
        drawn += [(MORE, rep) for rep in more[nth : nth + 1]] + [(LESS, rep) for rep in less[nth : nth + 1]]
    return drawn


def _drawn(places: Places, kind: Kind, tried: Sequence[int], rng: np.random.Generator) -> list[int]:
    """Draw untried reps for a kind: of those that come first, and by the square of their promise."""
    new = np.ones(len(places.beside), dtype=np.bool_)
    new[list(tried)] = False
    first = rng.permutation(np.flatnonzero(places.first[kind] & new))[:PLACES]
    chance = np.where(new & ~places.first[kind], places.promise[kind] ** 2, 0.0)
    count = min(PLACES, int((chance > 0).sum()))
    drawn = rng.choice(len(chance), count, replace=False, p=chance / chance.sum()) if count else first[:0]
    return [int(rep) for rep in (*first, *drawn)]
