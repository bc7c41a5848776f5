"""A pocket: a few territories of a plan as a problem of their own, everything else frozen."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from optimizer.graph import Graph, IntArray
from optimizer.plan import Plan
from optimizer.problem import GONE, POTENTIAL, UNLOCKED, WORKLOAD, Budget, LoadLimit, Problem, Weights


@dataclass(frozen=True, eq=False)
class Pocket:
    """The territories of some reps as a problem whose values differ by as much as those of the whole.

    Attributes
    ----------
    problem : Problem
        Over the units and reps below, in their order.
    plan : Plan
        What the pocket looks like now.
    units : (n,) int32
        Units of the whole problem.
    reps : (m,) int32
        Reps of the whole problem.
    """

    problem: Problem
    plan: Plan
    units: IntArray
    reps: IntArray

    def put_back(self, whole: Plan, inside: Plan) -> Plan:
        """Return the whole plan with the pocket as in `inside`."""
        owner = whole.owner.copy()
        owner[self.units] = self.reps[inside.owner]
        return Plan(owner)


def cut_out(problem: Problem, plan: Plan, reps: IntArray) -> Pocket:
    """Make a problem of some territories of a plan.

    Parameters
    ----------
    problem : Problem
    plan : Plan
    reps : (m,) int32
        Ascending.
    """
    units = np.flatnonzero(np.isin(plan.owner, reps)).astype(np.int32)
    unit_at, rep_at = _places(problem.n_units, units), _places(problem.n_reps, reps)
    part = replace(
        _sliced(problem, units, reps),
        forbidden=_forbidden(problem, unit_at, rep_at),
        locked=_translated(problem.locked[units], rep_at, UNLOCKED),
        together=_groups(problem.together, unit_at),
        apart=_groups(problem.apart, unit_at),
        home_units=tuple(_kept(problem.home_units[rep], unit_at) for rep in reps),
        current=_translated(problem.current[units], rep_at, GONE),
        budgets=_budgets(problem, plan, units, reps),
    )
    inside = Plan(rep_at[plan.owner[units]])
    return Pocket(part, inside, units, reps)


def _sliced(problem: Problem, units: IntArray, reps: IntArray) -> Problem:
    """Take the rows and columns; the weights make up for the smaller totals."""
    pairs = np.ix_(units, reps)
    a, b = problem.graph.links()
    unit_at = _places(problem.n_units, units)
    inside = (unit_at[a] >= 0) & (unit_at[b] >= 0)
    return replace(
        problem,
        load=problem.load[:, units],
        target=problem.target[:, reps],
        limits=tuple(LoadLimit(item.rule, item.measure, item.low[reps], item.high[reps]) for item in problem.limits),
        xyz_m=problem.xyz_m[units],
        has_home=problem.has_home[reps],
        distance_km=problem.distance_km[pairs],
        travel_cost=problem.travel_cost[pairs],
        fit=problem.fit[:, reps],
        fit_class=problem.fit_class[units],
        banned=problem.banned[:, reps],
        forbidden=np.zeros((0, 2), dtype=np.int32),
        locked=np.full(len(units), UNLOCKED, dtype=np.int32),
        together=(),
        apart=(),
        home_units=tuple(np.zeros(0, dtype=np.int32) for _ in reps),
        current=np.full(len(units), GONE, dtype=np.int32),
        budgets=(),
        graph=Graph.from_links(len(units), unit_at[a[inside]], unit_at[b[inside]]),
        contiguity=problem.contiguity[units],
        part=problem.part[units],
        weights=_weights(problem, units, reps),
        forgone=None if problem.forgone is None else problem.forgone[pairs],
    )


def _weights(problem: Problem, units: IntArray, reps: IntArray) -> Weights:
    whole = np.maximum(problem.load.sum(axis=1), 1)
    share = problem.load[:, units].sum(axis=1) / whole
    weights = problem.weights
    return Weights(
        travel=weights.travel * float(share[WORKLOAD]),
        fit=weights.fit * float(share[POTENTIAL]),
        balance=weights.balance * len(reps) / problem.n_reps,
        disruption=weights.disruption * float(share[POTENTIAL]),
        contribution=weights.contribution,
    )


def _budgets(problem: Problem, plan: Plan, units: IntArray, reps: IntArray) -> tuple[Budget, ...]:
    """Leave to the pocket what the rest of the plan, and what can't come back into it, have not used."""
    moved = (problem.current >= 0) & (plan.owner != problem.current)
    inside = np.isin(np.arange(problem.n_units), units)
    lost = moved & (~inside | ~np.isin(problem.current, reps))
    return tuple(
        Budget(item.name, item.weight[units], item.limit - int(item.weight[lost].sum())) for item in problem.budgets
    )


def _forbidden(problem: Problem, unit_at: IntArray, rep_at: IntArray) -> IntArray:
    pairs = np.stack([unit_at[problem.forbidden[:, 0]], rep_at[problem.forbidden[:, 1]]], axis=1)
    return pairs[(pairs >= 0).all(axis=1)]


def _groups(groups: tuple[IntArray, ...], unit_at: IntArray) -> tuple[IntArray, ...]:
    kept = [_kept(group, unit_at) for group in groups]
    return tuple(group for group in kept if len(group) > 1)


def _kept(units: IntArray, unit_at: IntArray) -> IntArray:
    inside = unit_at[units]
    return inside[inside >= 0]


def _translated(reps: IntArray, rep_at: IntArray, outside: int) -> IntArray:
    """Return reps numbered as in the pocket; those that are none keep their mark, others get `outside`."""
    inside = rep_at[np.maximum(reps, 0)]
    return np.where(reps < 0, reps, np.where(inside >= 0, inside, outside)).astype(np.int32)


def _places(n: int, chosen: npt.NDArray[np.int32]) -> IntArray:
    places = np.full(n, -1, dtype=np.int32)
    places[chosen] = np.arange(len(chosen), dtype=np.int32)
    return places
