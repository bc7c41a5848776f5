"""Which problems are worth a model of all their units."""

import math

from optimizer.problem import Problem

MODEL_PAIRS = 10_000
"""Largest number of unit-rep pairs for which such a model pays."""


def is_modelled(problem: Problem) -> bool:
    """Return whether a model of all units pays and tells the whole truth: it knows no distances to free centres."""
    centered = bool((~problem.has_home).any()) and math.isfinite(problem.max_distance_km)
    return problem.n_units * problem.n_reps <= MODEL_PAIRS and not centered
