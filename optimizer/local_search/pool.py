"""Recombining plans: of all territories that searches came by, the best set that has every unit once.

Each search ends with some territories that no other found as good. Which of them fit together is a set partitioning
problem (Garfinkel and Nemhauser 1970), which integer programming solves at once where all searches began with one
plan.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array

from optimizer.bound.load_range import aim_load, balance_slope
from optimizer.costs import OUTSIDE, balance_reference, pair_cost
from optimizer.graph import IntArray
from optimizer.local_search.run import LocalSearch
from optimizer.local_search.running import missed, present_owner
from optimizer.plan import Plan
from optimizer.problem import FloatArray, LoadArray, Problem
from optimizer.result import Stop
from optimizer.threads import unless_stopped

COLUMNS = 1_500
"""Most territories that integer programming chooses among: those of least reduced cost."""
NODES = 50
"""Most nodes of its tree; with that many columns it takes under a second."""
DEAR = 10.0
"""What missing one target counts, in values of a plan: misses come first."""


class _Territory(NamedTuple):
    """Units of a territory, ascending, kind, by how many targets it misses limits, and what it adds to the value."""

    units: IntArray
    kind: int
    miss: float
    cost: float


class Pool:
    """Territories that keep the structural rules, each once, in the order in which they were seen.

    Parameters
    ----------
    problem : Problem
    kind : (n_reps,) int32
        From 0 on; a territory may be that of any rep of its kind.
    """

    def __init__(self, problem: Problem, kind: IntArray) -> None:
        self._problem, self._kind = problem, kind
        self._reference = balance_reference(problem).T
        self._cost = pair_cost(problem)
        self._aim, self._slope = aim_load(problem).T, balance_slope(problem).T
        self._mark = np.random.default_rng(0).random(problem.n_units)
        self._seen: dict[float, _Territory] = {}

    def see(self, search: LocalSearch) -> None:
        """Remember the territories of a search's present plan."""
        state = search.state
        if state.common["broken"][0] > 0:
            return
        owner = present_owner(state).astype(np.int32)
        miss = (np.add(*missed(state)) / self._reference).sum(axis=1)
        for rep, mark in enumerate(self._marks(owner)):
            if mark not in self._seen:
                units = np.flatnonzero(owner == rep).astype(np.int32)
                cost = float(state.reps["center_cost"][rep]) + self._value(units, rep)
                outside = float(miss[rep]) + OUTSIDE * float(miss[rep] > 0)
                self._seen[mark] = _Territory(units, int(self._kind[rep]), outside, cost)

    def take(self, other: "Pool") -> None:
        """Remember what another pool of the same problem has, too."""
        self._seen = {**self._seen, **other._seen}

    def best(self, plan: Plan, stop: Stop) -> Plan | None:
        """Return the best plan that can be made of the most promising territories; None if none is found, or at a stop.

        Parameters
        ----------
        plan : Plan
            At hand; it may have been seen only if it keeps the structural rules.
        stop : callable
            Asked several times a second.
        """
        seen = list(self._seen.values())
        at, marks = {mark: nth for nth, mark in enumerate(self._seen)}, self._marks(plan.owner)
        if any(mark not in at for mark in marks):
            return None
        now = np.array([at[mark] for mark in marks])
        cost, miss = (np.array([territory[column] for territory in seen]) for column in (3, 2))
        price = cost + DEAR * abs(float(cost[now].sum())) * miss
        chosen = unless_stopped(lambda: _partition(self._covers(seen), price, now), stop)
        return None if chosen is None else self._plan([seen[nth] for nth in chosen])

    def _plan(self, territories: Sequence[_Territory]) -> Plan:
        """Give the territories of each kind to its reps."""
        owner = np.zeros(self._problem.n_units, dtype=np.int32)
        reps = np.argsort(self._kind, kind="stable")
        for rep, territory in zip(reps, sorted(territories, key=lambda item: item.kind), strict=True):
            owner[territory.units] = rep
        return Plan(owner)

    def _value(self, units: IntArray, rep: int) -> float:
        """Return what a territory adds to the value, but for the travel around a centre of its own."""
        load = self._problem.load[:, units].sum(axis=1)
        away = np.maximum(np.abs(load - self._problem.target[:, rep]) - self._aim[rep], 0.0)
        return float(self._cost[units, rep].sum() + (self._slope[rep] * away).sum())

    def _marks(self, owner: IntArray) -> list[float]:
        """Return a number for each rep's kind and set of units: summed in their order, the same for the same set."""
        marks: list[float] = (np.bincount(owner, self._mark, self._problem.n_reps) + len(owner) * self._kind).tolist()
        return marks

    def _covers(self, seen: Sequence[_Territory]) -> csc_array:
        """Return which territory has which unit, and below that which kind, (n_units + n_kinds, n_territories)."""
        n_rows = self._problem.n_units + int(self._kind.max()) + 1
        rows = np.concatenate([[*item.units, self._problem.n_units + item.kind] for item in seen])
        ends = np.cumsum([0] + [len(item.units) + 1 for item in seen])
        return csc_array((np.ones(len(rows)), rows, ends), shape=(n_rows, len(seen)))


def _partition(covers: csc_array, price: FloatArray, now: LoadArray) -> LoadArray | None:
    """Return the cheapest columns that cover every row as often as those of now do; None if none are found.

    A column whose reduced cost is above the gap between the linear relaxation and those of now is in no better plan.
    """
    wanted = covers[:, now].sum(axis=1)
    # scipy's stubs know dense matrices only.
    relaxed: Any = linprog(price, A_eq=cast(Any, covers), b_eq=wanted, bounds=(0, 1), method="highs")
    if relaxed.status != 0:
        return None
    reduced = price - covers.T @ relaxed.eqlin.marginals
    reduced[now] = 0.0
    kept = np.argsort(reduced, kind="stable")[:COLUMNS]
    kept = np.sort(kept[reduced[kept] <= max(price[now].sum() - relaxed.fun, 0.0)])
    rows = LinearConstraint(covers[:, kept], wanted, wanted)
    whole = np.ones(len(kept), dtype=np.int64)
    found = milp(price[kept], constraints=rows, integrality=whole, bounds=Bounds(0, 1), options={"node_limit": NODES})
    return None if found.x is None else np.asarray(kept[found.x > 0.5], dtype=np.int64)
