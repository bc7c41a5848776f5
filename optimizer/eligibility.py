"""Which unit-rep pairs the rules leave open: for solvers and explanations, never for the judge."""

import numpy as np

from optimizer.problem import UNLOCKED, BoolArray, Problem


def allowed_pairs(problem: Problem) -> BoolArray:
    """Return the pairs that no rule on single pairs, nor its consequence in a group, excludes.

    Required skills, forbidden pairs, the maximum distance to a home and locks exclude pairs directly; a group that
    stays together may go only where all its units may; a rep that must own one unit of an apart group may own no
    other. Load limits, contiguity and distances to free centres are not looked at.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    (n_units, n_reps) bool
        A row without any True means that no plan keeps every hard rule.
    """
    allowed = ~problem.banned[problem.fit_class]
    allowed[problem.forbidden[:, 0], problem.forbidden[:, 1]] = False
    if np.isfinite(problem.max_distance_km):
        allowed &= ~(problem.distance_km > problem.max_distance_km)
    locked = np.flatnonzero(problem.locked != UNLOCKED)
    only = np.zeros((len(locked), problem.n_reps), dtype=np.bool_)
    only[np.arange(len(locked)), problem.locked[locked]] = True
    allowed[locked] &= only
    while _spread_in_groups(problem, allowed):
        pass
    return allowed


def _spread_in_groups(problem: Problem, allowed: BoolArray) -> bool:
    """Narrow `allowed` in place by the groups once; return whether anything changed."""
    before = int(allowed.sum()) if problem.together or problem.apart else 0
    for group in problem.together:
        allowed[group] = allowed[group].all(axis=0)
    for group in problem.apart:
        for unit in group[allowed[group].sum(axis=1) == 1]:
            allowed[group[group != unit], allowed[unit].argmax()] = False
    return bool(problem.together or problem.apart) and int(allowed.sum()) < before
