"""What is observed around a territory that misses a load limit where nothing is proven: how far its neighbours help."""

from collections.abc import Iterable, Iterator

import numpy as np

from optimizer.costs import balance_reference
from optimizer.explain.ranges import ranges_of
from optimizer.explain.wording import CONFLICT, number
from optimizer.graph import IntArray
from optimizer.plan import Plan
from optimizer.problem import Contiguity, Problem
from optimizer.result import Reason
from optimizer.run import LOAD_RULES
from optimizer.score import BrokenRule, Score

ONE_SIDED = 0.5
"""Share of the way from an average mix of two measures to the utmost that the limits allow, from which it is told."""


def observe(problem: Problem, plan: Plan, score: Score, proofs: Iterable[Reason]) -> Iterator[Reason]:
    """Yield what is observed of each load limit that a territory misses and nothing is proven of, the same only once.

    Parameters
    ----------
    problem : Problem
        Nothing is told where territories need not hang together: everybody is everybody's neighbour then.
    plan, score : Plan, Score
        The nearest plan.
    proofs : iterable of Reason
        A territory that one of them names, or of whose units, is explained already.
    """
    if not (problem.contiguity == Contiguity.REQUIRED).all():
        return
    explained = {rep for one in proofs for rep in (*one.reps, *plan.owner[list(one.units)].tolist())}
    around, told = _Around(problem, plan, score), set[tuple[tuple[int, ...], str]]()
    for item in score.broken:
        is_load = item.rule in LOAD_RULES and item.measure in problem.measures and item.reps
        if is_load and not explained.intersection(item.reps):
            text = around.told(item)
            if (item.reps, text) not in told:
                told.add((item.reps, text))
                yield Reason(CONFLICT, item.rule, (), item.reps, item.measure, item.amount, item.limit, False, text)


class _Around:
    """The territories around one that misses a limit."""

    def __init__(self, problem: Problem, plan: Plan, score: Score) -> None:
        self._problem = problem
        self._ranges = ranges_of(problem)
        self._base = balance_reference(problem)
        self._load = score.load
        a, b = (plan.owner[ends] for ends in problem.graph.links())
        crossing = (a != b) & (a >= 0) & (b >= 0)
        ends = np.stack([a[crossing], b[crossing]])
        self._borders = np.unique(np.concatenate([ends, ends[::-1]], axis=1), axis=1)

    def told(self, item: BrokenRule) -> str:
        """Say what the neighbours have to do with a missed limit."""
        rep, measure = item.reps[0], self._problem.measures.index(item.measure)
        neighbours = self._borders[1, self._borders[0] == rep]
        if not len(neighbours):
            return "no other territory borders it"
        is_low = bool(self._load[measure, rep] < self._ranges.low[measure, rep])
        return self._mix(rep, measure, is_low, neighbours) or self._help(rep, measure, is_low, neighbours)

    def _mix(self, rep: int, measure: int, is_low: bool, neighbours: IntArray) -> str:
        """Say that here is much of one measure for what there is of another; nothing where that is not so."""
        shares = (self._load / self._base)[:, [rep, *neighbours]].sum(axis=1)
        names, low, high = self._problem.measures, self._ranges.low / self._base, self._ranges.high / self._base
        for other in range(len(names)):
            much, little = (other, measure) if is_low else (measure, other)
            if other == measure or low[little, rep] <= 0 or shares[little] <= 0:
                continue
            ratio, most = shares[much] / shares[little], high[much, rep] / low[little, rep]
            if ratio > 1.0 + ONE_SIDED * (most - 1.0):
                return (
                    f"it and {_counted(neighbours)} have {ratio:.2f} times the usual {names[much]} for their "
                    f"{names[little]}, where its limits allow {most:.2f} times at most"
                )
        return ""

    def _help(self, rep: int, measure: int, is_low: bool, neighbours: IntArray) -> str:
        """Say how much the neighbours could give or take within their own limits."""
        load, low, high = (rows[measure] for rows in (self._load, self._ranges.low, self._ranges.high))
        off = low[rep] - load[rep] if is_low else load[rep] - high[rep]
        spare = load - low if is_low else high - load
        help_ = int(np.maximum(spare[neighbours], 0).sum())
        scale = float(self._problem.load_per_amount[measure])
        what = f"{'give it' if is_low else 'take'} {number(help_ / scale)} of {self._problem.measures[measure]}"
        need = f"{number(off / scale)} {'it lacks' if is_low else 'too much it has'}"
        its = "their own" if len(neighbours) > 1 else "its own"
        if help_ < off:
            return f"{_counted(neighbours)} could {what} within {its} limits, less than the {need}"
        return f"{_counted(neighbours)} could {what} within {its} limits, but no plan was found that does it"


def _counted(neighbours: IntArray) -> str:
    return f"its {len(neighbours)} neighbours" if len(neighbours) > 1 else "its only neighbour"
