"""A way out made smaller step by step: amounts halved back towards their limits, single items put back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from optimizer.explain.kinds import Kind, eased
from optimizer.explain.loosened import loosened
from optimizer.explain.relaxations import relaxations
from optimizer.explain.seek import Sought
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Reason, Stop

STEPS = 7
"""Halvings between a limit and what the first plan found needs."""
FINE = 0.02
"""Share of what a limit is loosened by, below which a further step does not pay."""
LEAST = 0.9
"""Share of the least loosening found that must be proven too little for it to be called the least."""
MOST_TRIES = 16
"""Searches for a plan that keeps more of the single items (locks, bans, groups) that the first one breaks."""

Search = Callable[[Problem, Plan], Sought]
"""Looks for a plan that keeps every rule of a problem, from one that nearly does."""


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

    def relaxations(self, problem: Problem) -> tuple[Reason, ...]:
        """Return what to loosen so that the plan keeps every rule."""
        last = self.kinds[-1]
        found = relaxations(problem, judge(problem, self.plan))
        return tuple(replace(one, proven=self.is_least and Kind(one.rule, one.measure) == last) for one in found)


class Tightening:
    """Makes ways smaller.

    Parameters
    ----------
    problem : Problem
    search : Search
    stop : callable
        True leaves a way as it is.
    """

    def __init__(self, problem: Problem, search: Search, stop: Stop) -> None:
        self._problem = problem
        self._search = search
        self._stop = stop

    def tightened(self, way: Way) -> Way:
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
            sought = self._search(eased(self._others_loosened(way, kind), kind, first, share), way.plan)
            if sought.plan is None:
                low, is_least = share, sought.is_impossible
            else:
                way = replace(way, plan=sought.plan)
        here = self._of_kind(way, kind)
        return replace(way, is_least=is_least and low >= LEAST * _share(here, first))

    def _fewer(self, way: Way, kind: Kind) -> Way:
        """Put single items back, many at a time first, as long as a plan is found that keeps them too."""
        items = self._items(way, kind)
        others = self._others_loosened(way, kind)
        size, start, tries = len(items) // 2, 0, MOST_TRIES
        while size > 0 and tries > 0 and not self._stop() and kind.rule != "contiguity":
            tries -= 1
            dropped = items[:start] + items[start + size :]
            plan = self._search(loosened(others, dropped), way.plan).plan
            if plan is None:
                start += size
            else:
                way = replace(way, plan=plan)
                items = [item for item in dropped if item in self._items(way, kind)]
            if start >= len(items) or size >= len(items):
                size, start = min(size, len(items)) // 2, 0
        return way

    def _others_loosened(self, way: Way, kind: Kind) -> Problem:
        others = [one for one in way.relaxations(self._problem) if Kind(one.rule, one.measure) != kind]
        return loosened(self._problem, others)

    def _items(self, way: Way, kind: Kind) -> list[Reason]:
        return [item for reason in self._of_kind(way, kind) for item in _single(reason)]

    def _of_kind(self, way: Way, kind: Kind) -> tuple[Reason, ...]:
        found = (replace(reason, proven=False) for reason in way.relaxations(self._problem))
        return tuple(reason for reason in found if Kind(reason.rule, reason.measure) == kind)


def _share(here: tuple[Reason, ...], first: tuple[Reason, ...]) -> float:
    """Return how far a kind is loosened, as a share of what the first plan needed."""
    return _furthest(here) / max(_furthest(first), 1e-12)


def _furthest(reasons: tuple[Reason, ...]) -> float:
    return max(abs(reason.amount - reason.limit) / max(abs(reason.limit), 1e-9) for reason in reasons)


def _single(reason: Reason) -> Iterator[Reason]:
    """Yield the items of a relaxation one by one: units of rules on units, whole groups, reps."""
    if reason.rule not in ("skill", "forbid", "lock"):
        yield reason
        return
    for unit in reason.units:
        yield replace(reason, units=(unit,), amount=1.0)
