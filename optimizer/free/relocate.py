"""Moving whole territories: two are merged where territories cost little, one is divided where they cost much.

Annealing finds the best borders, but hardly ever how many territories a region should have: on the way from one number
to another every territory in between misses its bands. So places are tried with one territory more and with one less,
each as a problem of its own, and the best of both kinds are put together.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from threading import Event
from typing import Any

import numpy as np
import numpy.typing as npt

from optimizer.free.halves import half_of
from optimizer.free.places import AGAIN, LESS, MORE, Kind, Places, draw, places_of
from optimizer.graph import IntArray
from optimizer.judge.judge import judge
from optimizer.local_search.improve import FREE, improve
from optimizer.local_search.run import OnPlan
from optimizer.plan import Plan
from optimizer.pocket import Pocket, cut_out
from optimizer.problem import UNLOCKED, FloatArray, Problem
from optimizer.result import Stop
from optimizer.run import standing
from optimizer.threads import in_order

MOVES_A_UNIT = 1_000
"""Proposals for each unit of a place in one try."""
LOCAL = replace(FREE, hot=2.0, warm=2.0)
"""A try is less hot, as the place is to stay what it is."""
LEAST_GAIN = 1e-6
"""Share of the value below which a gain is rounding."""


@dataclass(frozen=True)
class Tries:
    """What moving territories may spend: proposals in all, and threads at once, on which the outcome doesn't depend."""

    moves: int
    workers: int
    seed: int


@dataclass(frozen=True, eq=False)
class _Try:
    """A place to anneal with one territory more or less.

    Attributes
    ----------
    kind : Kind
    rep : int
        In the middle of the place.
    spare : int
        Whose territory is new, to be replaced by a rep who has none; `rep` where its own is gone.
    now : (3,) float64
        The place's standing as it is.
    pocket : Pocket
    seed : int
    """

    kind: Kind
    rep: int
    spare: int
    now: FloatArray
    pocket: Pocket
    seed: int


@dataclass(frozen=True, eq=False)
class _Change:
    """What a try came to: owners of the units of its place, and what they add to the plan's standing, (3,)."""

    kind: Kind
    rep: int
    spare: int
    units: IntArray
    owner: IntArray
    added: FloatArray


_Known = dict[Kind, list[_Change]]


def relocatable(problem: Problem) -> bool:
    """Return whether all territories are alike: no rule, home or target tells one rep from another."""
    columns: list[npt.NDArray[Any]] = [
        problem.target,
        problem.fit,
        problem.banned,
        *(limit.low for limit in problem.limits),
    ]
    columns += [limit.high for limit in problem.limits]
    same = all(bool((column == column[..., :1]).all()) for column in columns)
    tied = (problem.locked != UNLOCKED).any() or (problem.current >= 0).any() or len(problem.forbidden) > 0
    return bool(problem.free.all()) and same and not tied and problem.forgone is None


def relocate(problem: Problem, plan: Plan, tries: Tries, stop: Stop, on_progress: OnPlan) -> Plan:
    """Move whole territories while that makes a plan better and work is left.

    Parameters
    ----------
    problem : Problem
        For which `relocatable` holds.
    plan : Plan
        Connected.
    tries : Tries
    stop : callable
        Asked several times a second; true ends what is under way.
    on_progress : callable
        Told every better plan.

    Returns
    -------
    Plan
        Never worse than the given one.
    """
    rng, moves = np.random.default_rng(tries.seed), tries.moves
    known: _Known = {MORE: [], LESS: [], AGAIN: []}
    moved = np.zeros(problem.n_units, dtype=np.bool_)
    while moves > 0 and not stop():
        places, begun = places_of(problem, plan, moved), []
        drawn = draw(places, {kind: [item.rep for item in items] for kind, items in known.items()}, rng)
        for item in _begun(problem, plan, places, drawn, rng):
            begun.append(item)
            moves -= MOVES_A_UNIT * item.pocket.problem.n_units
            if moves <= 0 or stop():
                break
        done = _tried(begun, tries.workers, stop)
        if not done:
            break
        for change in done:
            known[change.kind].append(change)
        before, plan = plan.owner, _joined(plan, known)
        moved = before != plan.owner
        other = np.isin(np.arange(problem.n_reps), [before[moved], plan.owner[moved]])
        known = {
            kind: [item for item in items if not other[plan.owner[item.units]].any()] for kind, items in known.items()
        }
        if moved.any():
            on_progress(plan)
    return plan


def _begun(
    problem: Problem, plan: Plan, places: Places, drawn: list[tuple[Kind, int]], rng: np.random.Generator
) -> Iterator[_Try]:
    """Prepare the tries that can be made."""
    for kind, rep in drawn:
        item = _try(problem, plan, places, kind, rep, rng)
        if item is not None:
            yield item


def _try(problem: Problem, plan: Plan, places: Places, kind: Kind, rep: int, rng: np.random.Generator) -> _Try | None:
    """Prepare a place for annealing; None where it can't be tried."""
    reps = np.flatnonzero(places.near[rep])
    owner, spare, then = plan.owner, rep, reps
    if kind == MORE:
        half, afar = half_of(problem, np.flatnonzero(owner == rep), rng), np.flatnonzero(~places.near[rep])
        if len(afar) < 2 or not len(half):
            return None
        spare = int(afar[0])
        owner = np.where(owner == spare, afar[1], owner)
        owner[half] = spare
        then = np.sort(np.append(reps, spare))
    elif kind == LESS:
        beside = np.flatnonzero(places.beside[rep] & (np.arange(problem.n_reps) != rep))
        if not len(beside):
            return None
        lightest = beside[(places.load[:, beside] / problem.target[:, beside]).sum(axis=0).argmin()]
        owner, then = np.where(owner == rep, lightest, owner), reps[reps != rep]
    before = cut_out(problem, plan, reps.astype(np.int32))
    pocket = cut_out(problem, Plan(owner.astype(np.int32)), then.astype(np.int32))
    now = np.array(standing(judge(before.problem, before.plan)))
    return _Try(kind, rep, spare, now, pocket, int(rng.integers(2**31)))


def _tried(tries: list[_Try], workers: int, stop: Stop) -> list[_Change]:
    """Anneal all places."""
    halted = Event()

    def change(item: _Try) -> _Change:
        problem = item.pocket.problem
        moves, unpriced = MOVES_A_UNIT * problem.n_units, np.zeros(problem.target.shape)
        plan = improve(
            problem, item.pocket.plan, unpriced, moves=moves, seed=item.seed, stop=halted.is_set, schedule=LOCAL
        )
        added = np.array(standing(judge(problem, plan))) - item.now
        return _Change(item.kind, item.rep, item.spare, item.pocket.units, item.pocket.reps[plan.owner], added)

    with ThreadPoolExecutor(workers) as pool:
        jobs = [pool.submit(change, item) for item in tries]
        with closing(in_order(jobs, stop, halted)) as found:
            return list(found)


def _joined(plan: Plan, known: _Known) -> Plan:
    """Make the best changes, one with a territory more always with one with a territory less, that do not overlap."""
    owner, used = plan.owner.copy(), np.zeros(len(plan.owner), dtype=np.bool_)
    sets: list[tuple[_Change, ...]] = [(item,) for item in known[AGAIN]]
    sets += [(more, less) for more in known[MORE] for less in known[LESS]]
    added = [tuple(np.sum([item.added for item in items], axis=0)) for items in sets]
    for nth in sorted(range(len(sets)), key=lambda nth: added[nth]):
        units = np.concatenate([item.units for item in sets[nth]])
        if not _better(added[nth]):
            break
        if used[units].any() or len(np.unique(units)) < len(units):
            continue
        used[units] = True
        for item in sets[nth]:
            owner[item.units] = np.where(item.owner == item.spare, sets[nth][-1].rep, item.owner)
    return Plan(owner)


def _better(added: tuple[float, ...]) -> bool:
    """Return whether a change of a standing is for the better, by more than rounding."""
    structure, misses, value = (round(part / LEAST_GAIN) for part in added)
    return (structure, misses, value) < (0, 0, 0)
