"""The least that each limit must be loosened by itself: plans found and judged, then tightened step by step."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations, islice

import numpy as np

from optimizer.construct.construct import construct
from optimizer.explain.kinds import Kind, eased, kinds_of, without
from optimizer.explain.loosened import loosened
from optimizer.explain.relaxations import relaxations
from optimizer.explain.seek import Sought, is_modelled, seek
from optimizer.explain.wording import ints
from optimizer.free.start import free_start
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Reason, Stop
from optimizer.score import Score

FIRST = 2
"""Number of the first way beside that of the nearest plan."""
STEPS = 7
"""Halvings between a limit and what the first plan found needs."""
FINE = 0.02
"""Share of what a limit is loosened by, below which a further step does not pay."""
ROOMS = (0.1, 0.2, 0.4)
"""Shares of the least loosening found that are added to it: the first with which a search from nothing finds a plan."""
FROM_NOTHING = 4.0
"""How much harder that search may work than others: a solve from nothing works harder still."""
ROOM_LARGE = 0.2
"""The same where a quick search from nothing says little."""
LEAST = 0.9
"""Share of the least loosening found that must be proven too little for it to be called the least."""
MOST_PAIRS = 3
"""Pairs of kinds that are told where no single one is enough."""
MOST_TRIES = 16
"""Searches for a plan that keeps more of the single items (locks, bans, groups) that the first one breaks."""


@dataclass(frozen=True, eq=False)
class Way:
    """Kinds of limits, and a plan that keeps all others.

    Attributes
    ----------
    kinds : tuple of Kind
    plan : Plan
    is_least : bool
        Proven: the last of the kinds cannot be loosened much less, however all others are kept or loosened.
    """

    kinds: tuple[Kind, ...]
    plan: Plan
    is_least: bool = False


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
    stop : callable
        True ends the search with what was found.
    """

    def __init__(self, problem: Problem, nearest: Plan, score: Score, work: float, seed: int, stop: Stop) -> None:
        self._problem = problem
        self._nearest = nearest
        self._score = score
        self._work = work
        self._seed = seed
        self._stop = stop
        rng = np.random.default_rng(seed)
        unpriced = np.zeros(problem.target.shape)
        free = problem.free.any()
        self._nothing = free_start(problem, rng) if free else construct(problem, unpriced, rng)

    def reasons(self) -> tuple[Reason, ...]:
        """Return relaxations: each single kind of limit that is enough, and pairs where no amount alone is."""
        joint = {Kind(item.rule, item.measure) for item in self._score.broken}
        kinds = sorted(kinds_of(self._problem), key=lambda kind: kind not in joint)
        ways = list(self._found((kind,) for kind in kinds))
        if not any(way.kinds[0].is_measured for way in ways):
            others = [kind for kind in kinds if kind.is_measured or not ways]
            ways += islice(self._found(combinations(others, 2)), MOST_PAIRS)
        found: list[Reason] = []
        for number, way in enumerate(map(self._tightened, ways), start=FIRST):
            found += [replace(reason, way=number) for reason in self._roomy(way)]
        return tuple(found)

    def _found(self, choices: Iterable[tuple[Kind, ...]]) -> Iterator[Way]:
        for kinds in choices:
            if self._stop():
                return
            plan = self._seek(self._open(kinds), self._nearest).plan
            if plan is not None:
                yield Way(kinds, plan)

    def _open(self, kinds: tuple[Kind, ...]) -> Problem:
        problem = self._problem
        for kind in kinds:
            problem = without(problem, kind)
        return problem

    def _relaxations(self, way: Way) -> tuple[Reason, ...]:
        found = relaxations(self._problem, judge(self._problem, way.plan))
        last = way.kinds[-1]
        return tuple(replace(one, proven=way.is_least and Kind(one.rule, one.measure) == last) for one in found)

    def _roomy(self, way: Way) -> tuple[Reason, ...]:
        """Return what a way loosens, with so much room that a search from nothing finds a plan too."""
        reasons = tuple(_merged(self._relaxations(way)))
        if not is_modelled(self._problem):
            return _with_room(reasons, ROOM_LARGE)
        for room in ROOMS:
            roomy = _with_room(reasons, room)
            problem, work = loosened(self._problem, roomy), FROM_NOTHING * self._work
            if roomy == reasons or seek(problem, self._nothing, work, self._seed, self._stop).plan is not None:
                return roomy
        return _with_room(reasons, ROOMS[-1])

    def _tightened(self, way: Way) -> Way:
        """Return the way with every kind loosened less, as far as the steps allow."""
        for kind in way.kinds:
            way = self._less(way, kind) if kind.is_measured else self._fewer(way, kind)
        return way

    def _less(self, way: Way, kind: Kind) -> Way:
        """Halve the distance from the limit to what the plan needs, again and again."""
        low, is_least = 0.0, False
        first = self._of_kind(way, kind)
        for _ in range(STEPS):
            here = self._of_kind(way, kind)
            if not here:
                return replace(way, is_least=False)
            share = 0.5 * (low + _share(here, first))
            if self._stop() or _share(here, first) - low <= FINE:
                break
            others = [reason for reason in self._relaxations(way) if Kind(reason.rule, reason.measure) != kind]
            problem = eased(loosened(self._problem, others), kind, first, share)
            sought = self._seek(problem, way.plan)
            if sought.plan is None:
                low, is_least = share, sought.is_impossible
            else:
                way = replace(way, plan=sought.plan)
        here = self._of_kind(way, kind)
        return replace(way, is_least=is_least and low >= LEAST * _share(here, first))

    def _fewer(self, way: Way, kind: Kind) -> Way:
        """Put single items back, many at a time first, as long as a plan is found that keeps them too."""
        items = self._items(way, kind)
        others = [reason for reason in self._relaxations(way) if Kind(reason.rule, reason.measure) != kind]
        size, start, tries = len(items) // 2, 0, MOST_TRIES
        while size > 0 and tries > 0 and not self._stop() and kind.rule != "contiguity":
            tries -= 1
            dropped = items[:start] + items[start + size :]
            plan = self._seek(loosened(self._problem, [*others, *dropped]), way.plan).plan
            if plan is None:
                start += size
            else:
                way = replace(way, plan=plan)
                items = [item for item in dropped if item in self._items(way, kind)]
            if start >= len(items) or size >= len(items):
                size, start = min(size, len(items)) // 2, 0
        return way

    def _items(self, way: Way, kind: Kind) -> list[Reason]:
        return [item for reason in self._of_kind(way, kind) for item in _single(reason)]

    def _of_kind(self, way: Way, kind: Kind) -> tuple[Reason, ...]:
        found = (replace(reason, proven=False) for reason in self._relaxations(way))
        return tuple(reason for reason in found if Kind(reason.rule, reason.measure) == kind)

    def _seek(self, problem: Problem, start: Plan) -> Sought:
        return seek(problem, start, self._work, self._seed, self._stop)


def _merged(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    """Yield the reasons, those on contiguity as one: where nothing else is loosened, gaps are all over the map."""
    gaps = [reason for reason in reasons if reason.rule == "contiguity"]
    yield from (reason for reason in reasons if reason.rule != "contiguity")
    if gaps:
        reps, units = (ints(chain(*(getattr(gap, name) for gap in gaps))) for name in ("reps", "units"))
        yield replace(gaps[0], reps=reps, units=units, amount=sum(gap.amount for gap in gaps), limit=float(len(gaps)))


def _with_room(reasons: tuple[Reason, ...], room: float) -> tuple[Reason, ...]:
    """Return relaxations with amounts loosened further by a share of what they are loosened."""
    return tuple(_further(reason, room) if Kind(reason.rule).is_measured else reason for reason in reasons)


def _further(reason: Reason, room: float) -> Reason:
    amount = reason.limit + (1.0 + room) * (reason.amount - reason.limit)
    if reason.rule == "max_distance":
        amount = math.ceil(amount)
    elif reason.rule == "band":
        amount = math.ceil(amount * 1000.0 - 1e-6) / 1000.0
    return replace(reason, amount=float(max(amount, 0.0)))


def _share(here: tuple[Reason, ...], first: tuple[Reason, ...]) -> float:
    """Return how far a kind is loosened, as a share of what the first plan needed."""
    whole = max(abs(reason.amount - reason.limit) / max(abs(reason.limit), 1e-9) for reason in first)
    now = max(abs(reason.amount - reason.limit) / max(abs(reason.limit), 1e-9) for reason in here)
    return now / max(whole, 1e-12)


def _single(reason: Reason) -> Iterator[Reason]:
    """Yield the items of a relaxation one by one: units of rules on units, whole groups, reps."""
    if reason.rule not in ("skill", "forbid", "lock"):
        yield reason
        return
    for unit in reason.units:
        yield replace(reason, units=(unit,))
