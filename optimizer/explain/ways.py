"""The least that each limit must be loosened by itself: plans found and judged, then tightened step by step."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice
from typing import NamedTuple

from optimizer.allowance import Step
from optimizer.explain.kinds import Kind, kinds_of, without
from optimizer.explain.loosened import loosened
from optimizer.explain.relaxations import relaxations
from optimizer.explain.room import ROOMS, UNTRIED_ROOM, merged, with_room
from optimizer.explain.seek import Sought, design_anew, seek, seek_anew
from optimizer.explain.tightening import Tightening, Way
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import PAIRS, Attempt, AttemptEnd, Reason
from optimizer.score import Score

FIRST = 2
"""Number of the first way beside that of the nearest plan."""
MOST_PAIRS = 3
"""Pairs of kinds that are told where no single one is enough."""
AFTER = 2
"""Shares of the time kept for making smaller what is found, where each search may take one."""
TIGHTENING = 0.7
"""Share of the time for one way that is for tightening it; the rest is for its room."""

Search = Callable[[tuple[Kind, ...], Step], Sought]
"""Looks for a plan without some kinds of limits."""
Within = Callable[[float], Step]
"""Returns a step that ends with the solve, or with a share of the time or work that is now left."""


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
        Time or work for single steps.
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
        several = [kind for kind in kinds if kind in joint and kind.is_measured] if len(joint) > 1 else []
        ways = [*self._alone(several, self._as_far), *self._alone(kinds, self._from_nearest)]
        ways += self._alone(kinds, self._from_nothing)
        if not any(way.kinds[0].is_measured for way in ways):
            ways += islice(self._pairs([kind for kind in kinds if kind.is_measured or not ways]), MOST_PAIRS)
        found: list[Reason] = []
        for place, way in enumerate(ways):
            told = self._told(way, 1.0 / (len(ways) - place))
            self._keep_end({Kind(reason.rule, reason.measure) for reason in told})
            found += [replace(reason, way=FIRST + place) for reason in told]
        return Advice(tuple(found), tuple(Attempt(kind.rule, kind.name, end) for kind, end in self._ends.items()))

    def _alone(self, kinds: Sequence[Kind], search: Search) -> Iterator[Way]:
        """Yield a way for each kind that is enough and was not known to be; nothing where none can be."""
        kinds = [kind for kind in kinds if self._ends.get(kind) not in (AttemptEnd.ENOUGH, AttemptEnd.IMPOSSIBLE)]
        for place, kind in enumerate(kinds):
            sought = search((kind,), self._within(1.0 / (len(kinds) - place + AFTER)))
            end = self._end(sought)
            self._ends[kind] = self._ends.get(kind, end) if end is AttemptEnd.UNSEARCHED else end
            if sought.plan is not None:
                yield Way((kind,), sought.plan)

    def _pairs(self, kinds: Sequence[Kind]) -> Iterator[Way]:
        pairs = list(combinations(kinds, 2))
        for place, pair in enumerate(pairs):
            sought = self._from_nearest(pair, self._within(1.0 / (len(pairs) - place + AFTER)))
            if self._end(sought) is AttemptEnd.UNSEARCHED:
                self._ends[Kind(PAIRS)] = AttemptEnd.UNSEARCHED
                return
            # What the nearest plan breaks is told anyhow.
            if sought.plan is not None and sought.plan is not self._nearest:
                yield Way(pair, sought.plan)

    def _keep_end(self, kinds: set[Kind]) -> None:
        """Let a kind be enough that was searched in vain by itself, but is all that a pair needs in the end."""
        for kind in kinds if len(kinds) == 1 else ():
            if self._ends.get(kind) in (AttemptEnd.NOT_FOUND, AttemptEnd.UNSEARCHED):
                self._ends[kind] = AttemptEnd.ENOUGH

    def _as_far(self, kinds: tuple[Kind, ...], step: Step) -> Sought:
        """Search with the limit loosened as far as the nearest plan needs: less is searched than without it."""
        needed = relaxations(self._problem, self._score)
        problem = loosened(self._problem, [one for one in needed if Kind(one.rule, one.measure) in kinds])
        return Sought(seek(problem, self._nearest, self._work, self._seed, step).plan)

    def _from_nearest(self, kinds: tuple[Kind, ...], step: Step) -> Sought:
        return seek(self._without(kinds), self._nearest, self._work, self._seed, step)

    def _from_nothing(self, kinds: tuple[Kind, ...], step: Step) -> Sought:
        """Search where the nearest plan may have spent all its room on the limit that is not there now."""
        return design_anew(self._without(kinds), self._work, self._seed, step)

    def _without(self, kinds: tuple[Kind, ...]) -> Problem:
        problem = self._problem
        for kind in kinds:
            problem = without(problem, kind)
        return problem

    def _end(self, sought: Sought) -> AttemptEnd:
        if sought.plan is not None:
            return AttemptEnd.ENOUGH
        if sought.is_impossible:
            return AttemptEnd.IMPOSSIBLE
        return AttemptEnd.UNSEARCHED if self._within(1.0).over() else AttemptEnd.NOT_FOUND

    def _told(self, way: Way, share: float) -> tuple[Reason, ...]:
        """Return what a way loosens, tightened in most of a share of the time that is left, then given room."""
        step = self._within(TIGHTENING * share)

        def search(problem: Problem, start: Plan) -> Sought:
            return seek(problem, start, self._work, self._seed, step)

        way = Tightening(self._problem, search, step.over).tightened(way)
        if step.over() and len(way.kinds) == 1:
            self._ends[way.kinds[0]] = AttemptEnd.CUT_SHORT
        return self._roomy(way, self._within(share))

    def _roomy(self, way: Way, step: Step) -> tuple[Reason, ...]:
        """Return what a way loosens, with so much room that a search from nothing finds a plan too."""
        reasons, problem = tuple(merged(way.relaxations(self._problem))), self._problem
        for room in ROOMS:
            roomy = with_room(reasons, room)
            if roomy == reasons:
                return roomy
            if step.over():
                return with_room(reasons, UNTRIED_ROOM)
            if seek_anew(loosened(problem, roomy), self._work, self._seed, step).plan is not None:
                return roomy
        return with_room(reasons, ROOMS[-1])
