"""The least that each limit must be loosened by itself: plans found and judged, then tightened step by step."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations, islice
from typing import NamedTuple

import numpy as np

from optimizer.construct.construct import construct
from optimizer.explain.kinds import Kind, kinds_of, without
from optimizer.explain.loosened import loosened
from optimizer.explain.room import ROOM_LARGE, ROOMS, merged, with_room
from optimizer.explain.seek import Sought, is_modelled, seek
from optimizer.explain.tightening import Tightening, Way
from optimizer.free.start import free_start
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import PAIRS, Attempt, AttemptEnd, Reason, Stop
from optimizer.score import Score

FIRST = 2
"""Number of the first way beside that of the nearest plan."""
FROM_NOTHING = 4.0
"""How much harder a search from nothing may work than others: a solve from nothing works harder still."""
MOST_PAIRS = 3
"""Pairs of kinds that are told where no single one is enough."""
AFTER = 2
"""Shares of the time kept for making smaller what is found, where each search may take one."""

Within = Callable[[float], Stop]
"""Returns a stop that is true when the solve is over or a share of the time that is now left is spent."""


class Advice(NamedTuple):
    """What to loosen, and what became of every kind of limit."""

    reasons: tuple[Reason, ...]
    attempts: tuple[Attempt, ...]


def unsearched(problem: Problem) -> Advice:
    """Return the advice where there was no time for any."""
    return Advice((), tuple(Attempt(kind.rule, kind.name, AttemptEnd.UNSEARCHED) for kind in kinds_of(problem)))


class Ways:
    """Looks for what to loosen by itself.

    Parameters
    ----------
    problem : Problem
    nearest : Plan
        The plan that is handed back.
    score : Score
        The judge's verdict on it.
    work : float
        1 for thorough searches.
    seed : int
    within : Within
        Time for single steps.
    """

    def __init__(self, problem: Problem, nearest: Plan, score: Score, work: float, seed: int, within: Within) -> None:
        self._problem = problem
        self._nearest = nearest
        self._score = score
        self._work = work
        self._seed = seed
        self._within = within
        self._ends: dict[Kind, AttemptEnd] = {}

    def advice(self) -> Advice:
        """Return relaxations: each single kind of limit that is enough, and pairs where no amount alone is."""
        joint = {Kind(item.rule, item.measure) for item in self._score.broken}
        kinds = sorted(kinds_of(self._problem), key=lambda kind: kind not in joint)
        ways = list(self._alone(kinds))
        if not any(way.kinds[0].is_measured for way in ways):
            ways += islice(self._pairs([kind for kind in kinds if kind.is_measured or not ways]), MOST_PAIRS)
        found: list[Reason] = []
        for place, way in enumerate(ways):
            found += [replace(reason, way=FIRST + place) for reason in self._told(way, 1.0 / (len(ways) - place))]
        return Advice(tuple(found), tuple(Attempt(kind.rule, kind.name, end) for kind, end in self._ends.items()))

    def _alone(self, kinds: Sequence[Kind]) -> Iterator[Way]:
        for place, kind in enumerate(kinds):
            sought = self._sought((kind,), 1.0 / (len(kinds) - place + AFTER))
            self._ends[kind] = self._end(sought)
            if sought.plan is not None:
                yield Way((kind,), sought.plan)

    def _pairs(self, kinds: Sequence[Kind]) -> Iterator[Way]:
        pairs = list(combinations(kinds, 2))
        for place, pair in enumerate(pairs):
            sought = self._sought(pair, 1.0 / (len(pairs) - place + AFTER))
            if self._end(sought) is AttemptEnd.UNSEARCHED:
                self._ends[Kind(PAIRS)] = AttemptEnd.UNSEARCHED
                return
            if sought.plan is not None:
                yield Way(pair, sought.plan)

    def _sought(self, kinds: tuple[Kind, ...], share: float) -> Sought:
        problem = self._problem
        for kind in kinds:
            problem = without(problem, kind)
        return seek(problem, self._nearest, self._work, self._seed, self._within(share))

    def _end(self, sought: Sought) -> AttemptEnd:
        if sought.plan is not None:
            return AttemptEnd.ENOUGH
        if sought.is_impossible:
            return AttemptEnd.IMPOSSIBLE
        return AttemptEnd.UNSEARCHED if self._within(1.0)() else AttemptEnd.NOT_FOUND

    def _told(self, way: Way, share: float) -> tuple[Reason, ...]:
        """Return what a way loosens, tightened in half a share of the time that is left, then given room."""
        stop = self._within(0.5 * share)

        def search(problem: Problem, start: Plan) -> Sought:
            return seek(problem, start, self._work, self._seed, stop)

        way = Tightening(self._problem, search, stop).tightened(way)
        if stop() and len(way.kinds) == 1:
            self._ends[way.kinds[0]] = AttemptEnd.CUT_SHORT
        return self._roomy(way, self._within(share))

    def _roomy(self, way: Way, stop: Stop) -> tuple[Reason, ...]:
        """Return what a way loosens, with so much room that a search from nothing finds a plan too."""
        reasons = tuple(merged(way.relaxations(self._problem)))
        if not is_modelled(self._problem):
            return with_room(reasons, ROOM_LARGE)
        for room in ROOMS:
            roomy = with_room(reasons, room)
            problem, work = loosened(self._problem, roomy), FROM_NOTHING * self._work
            if roomy == reasons or seek(problem, self._nothing, work, self._seed, stop).plan is not None:
                return roomy
        return with_room(reasons, ROOMS[-1])

    @cached_property
    def _nothing(self) -> Plan:
        """A plan to search from as a solve does that knows none."""
        problem, rng = self._problem, np.random.default_rng(self._seed)
        if problem.free.any():
            return free_start(problem, rng)
        return construct(problem, np.zeros(problem.target.shape), rng)
