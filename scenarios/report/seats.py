"""Free territories: which code each one bears, and which rep fills it.

Free seats are alike until a plan is made, so codes are given by ordering the plan's columns.
"""

from dataclasses import replace

import numpy as np

from geodata.sphere import paired_distance_km, to_xyz_m
from optimizer.costs import share
from optimizer.graph import IntArray
from optimizer.judge.judge import judge
from optimizer.matching import match_territories
from optimizer.plan import Plan
from optimizer.problem import POTENTIAL, WORKLOAD, FloatArray, Problem
from optimizer.result import Reason, SolveResult
from optimizer.score import Score
from scenarios.case import Case, Rep
from scenarios.report.today import current_reps

LEAVING = "leaving"


def free_seats(case: Case) -> IntArray:
    """Return the seats that nobody fills yet, ascending."""
    return np.array([i for i, seat in enumerate(case.seats) if seat.rep is None], dtype=np.int32)


def order_west_to_east(case: Case, score: Score) -> IntArray:
    """Return the new column of each column, so that the codes of free seats run from west to east.

    West is counted from the middle of all territories, so that a map across the antimeridian is in one piece.
    """
    free = free_seats(case)
    order = np.arange(case.problem.n_reps, dtype=np.int32)
    x, y, z = score.center_xyz_m[free].T
    middle = np.nansum(score.center_xyz_m, axis=0)
    lon = np.mod(np.arctan2(y, x) - np.arctan2(middle[1], middle[0]) + np.pi, 2.0 * np.pi)
    order[free[np.lexsort((free, z, lon))]] = free
    return order


def keep_codes(case: Case, plan: Plan, earlier: Plan) -> IntArray:
    """Return the new column of each column, so that a code stays where most of its potential was in `earlier`."""
    free = free_seats(case)
    order = np.arange(case.problem.n_reps, dtype=np.int32)
    kept = np.zeros((case.problem.n_reps, case.problem.n_reps))
    both = (plan.owner >= 0) & (earlier.owner >= 0)
    np.add.at(kept, (plan.owner[both], earlier.owner[both]), case.problem.load[POTENTIAL, both])
    order[free] = free[match_territories(-kept[np.ix_(free, free)])]
    return order


def with_columns(problem: Problem, result: SolveResult, order: IntArray) -> SolveResult:
    """Return the result with column i of everything become column `order[i]`."""
    if (order == np.arange(len(order))).all():
        return result
    owner = result.plan.owner
    plan = Plan(np.where(owner >= 0, order[owner], owner))
    price = np.empty_like(result.certificate.load_price)
    price[:, order] = result.certificate.load_price
    return replace(
        result,
        plan=plan,
        score=judge(problem, plan),
        certificate=replace(result.certificate, load_price=price),
        reasons=tuple(_renamed(reason, order) for reason in result.reasons),
    )


def match_reps(case: Case, plan: Plan) -> tuple[int | None, ...]:
    """Return the index in `case.reps` of each seat's incumbent; free seats are matched at the least total cost.

    The cost of a pair is the travel from the rep's home and the misfit of its skills, less the potential that stays
    with its current rep, in the fixed units of the three goals; a rep without a home travels nothing.
    """
    incumbents = [seat.rep for seat in case.seats]
    free = free_seats(case)
    ready = [i for i, rep in enumerate(case.reps) if rep.status != LEAVING]
    if len(free) == 0 or not ready:
        return tuple(incumbents)
    cost = np.stack([_cost(case, plan, case.reps[i])[free] for i in ready], axis=1)
    for seat, chosen in zip(free.tolist(), match_territories(cost).tolist(), strict=True):
        incumbents[seat] = ready[chosen] if chosen >= 0 else None
    return tuple(incumbents)


def _cost(case: Case, plan: Plan, rep: Rep) -> FloatArray:
    """Return what a rep would add to travel and fit and save of disruption in each seat, (n_seats,) float64."""
    problem, held = case.problem, np.flatnonzero(plan.owner >= 0)
    seat = plan.owner[held]
    cost = np.zeros(problem.n_reps)
    if rep.lat is not None and rep.lon is not None:
        km = paired_distance_km(problem.xyz_m[held], to_xyz_m(rep.lon, rep.lat))
        cost += np.bincount(seat, km * share(problem.load[WORKLOAD])[held], problem.n_reps)
    stays = np.array(current_reps(case), dtype=object)[held] == rep.id
    gain = 100.0 * (stays - misfit(case, rep)[held]) * share(problem.load[POTENTIAL])[held]
    return np.asarray(cost - np.bincount(seat, gain, problem.n_reps))


def misfit(case: Case, rep: Rep) -> FloatArray:
    """Return how badly a rep's skills fit each unit of the Problem, (n_units,) float64 in 0..1."""
    total = np.zeros(len(case.units))
    for skill in case.scenario.skills:
        table = case.attributes if skill.column in case.attributes else case.units
        values = table[skill.column].fillna("").astype(str)
        total += skill.weight * np.array([1.0 - rep.skills.get(value, 1.0) if value else 0.0 for value in values])
    weights = sum(skill.weight for skill in case.scenario.skills)
    return np.asarray(total[case.row_of] / weights) if weights else np.zeros(case.problem.n_units)


def _renamed(reason: Reason, order: IntArray) -> Reason:
    return replace(reason, reps=tuple(int(order[rep]) for rep in reason.reps))
