"""What a few units add to the value with one rep or another, goal by goal."""

import numpy as np

from geodata.sphere import paired_distance_km
from optimizer.costs import share
from optimizer.graph import IntArray
from optimizer.problem import GONE, POTENTIAL, WORKLOAD, FloatArray
from scenarios.report.answer import Answer


def terms(answer: Answer, units: IntArray, seat: int) -> dict[str, float]:
    """Return what units add to the value with a seat, by goal: travel, fit, disruption and contribution.

    Balance is no term of single units. Travel to a free centre is measured to where it lies in the plan.
    """
    problem = answer.case.problem
    weights = problem.weights
    workload, potential = share(problem.load[WORKLOAD])[units], share(problem.load[POTENTIAL])[units]
    cost = km_to(answer, units, seat) if problem.free[seat] else problem.travel_cost[units, seat].astype(np.float64)
    misfit = 1.0 - problem.fit[problem.fit_class[units], seat].astype(np.float64)
    current = problem.current[units]
    leaves = (current == GONE) | ((current >= 0) & (current != seat))
    found = {
        "travel": weights.travel * float(workload @ cost),
        "fit": 100.0 * weights.fit * float(potential @ misfit),
        "disruption": 100.0 * weights.disruption * float(potential @ leaves),
    }
    if problem.forgone is not None:
        found["contribution"] = weights.contribution * float(problem.forgone[units, seat].sum(dtype=np.float64))
    return found


def km_to(answer: Answer, units: IntArray, seat: int) -> FloatArray:
    """Return the distance of units to a seat's home, or to its territory's centre, (n,) float64."""
    problem = answer.case.problem
    if problem.has_home[seat]:
        return np.asarray(problem.distance_km[units, seat], dtype=np.float64)
    return paired_distance_km(problem.xyz_m[units], np.broadcast_to(answer.score.center_xyz_m[seat], (len(units), 3)))


def mean_km(answer: Answer, units: IntArray, seat: int) -> float:
    """Return the workload-weighted mean distance of units to a seat, a plain mean without workload."""
    weight = answer.case.problem.load[WORKLOAD, units].astype(np.float64)
    return float(np.average(km_to(answer, units, seat), weights=weight if weight.any() else None))
