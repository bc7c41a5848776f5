"""What it costs to give units to another rep, the repairs around them included."""

from dataclasses import dataclass, replace

import numpy as np

from optimizer.graph import IntArray
from optimizer.judge.judge import judge
from optimizer.local_search.run import never
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.pocket import cut_out
from optimizer.problem import Problem
from optimizer.result import Status, Stop
from optimizer.score import Score
from optimizer.solve import solve, unwatched

MOST_REPS = 4
"""Territories that may change for a swap: the two of it, and those that touch them most."""


@dataclass(frozen=True, eq=False)
class Swap:
    """A swap with its repairs.

    Attributes
    ----------
    rep : int
        Who gets the units.
    plan : Plan
        The cheapest plan found in which the rep has them; the nearest one where none keeps every hard rule.
    score : Score
        The judge's verdict on it.
    reps : (n,) int32
        Reps whose territories were free to change.
    proven : bool
        No cheaper repair exists within these territories; or, where the plan breaks a hard rule, none at all.
    """

    rep: int
    plan: Plan
    score: Score
    reps: IntArray
    proven: bool


def swap(problem: Problem, plan: Plan, units: IntArray, rep: int, options: SolveOptions, stop: Stop = never) -> Swap:
    """Give units to another rep, and let the territories around make good what that breaks at the least cost.

    The neighbourhood is cut out of the plan and solved with the units locked to the rep; everything else is frozen.

    Parameters
    ----------
    problem : Problem
    plan : Plan
        Every unit has a rep.
    units : (n,) int32
        With one rep now; units that are kept together with them follow.
    rep : int
        Who may own them.
    options : SolveOptions
        Of the solve of the neighbourhood.
    stop : callable
        True ends the search with the best found.
    """
    reps = around(problem, plan, {int(owner) for owner in plan.owner[units]} | {rep})
    pocket = cut_out(problem, plan, reps)
    inside = np.flatnonzero(np.isin(pocket.units, units))
    to = int(np.searchsorted(reps, rep))
    locked = pocket.problem.locked.copy()
    locked[inside] = to
    forced = replace(pocket.problem, locked=locked)
    start = pocket.plan.move(inside, to)
    result = solve(forced, replace(options, start=start), unwatched, stop)
    after = pocket.put_back(plan, result.plan)
    proven = result.status in (Status.OPTIMAL, Status.INFEASIBLE)
    return Swap(rep, after, judge(problem, after), reps, proven)


def around(problem: Problem, plan: Plan, reps: set[int]) -> IntArray:
    """Return some reps with those whose territories share most links with theirs, ascending, (n,) int32."""
    a, b = problem.graph.links()
    links = np.zeros(problem.n_reps, dtype=np.int64)
    for one, other in ((a, b), (b, a)):
        crossing = np.isin(plan.owner[one], sorted(reps)) & (plan.owner[other] >= 0)
        np.add.at(links, plan.owner[other[crossing]], 1)
    links[sorted(reps)] = 0
    order = np.lexsort((np.arange(problem.n_reps), -links))
    near = [int(rep) for rep in order[: max(MOST_REPS - len(reps), 0)] if links[rep] > 0]
    return np.array(sorted({*reps, *near}), dtype=np.int32)
