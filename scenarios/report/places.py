"""Where territories are measured from: the rep's home, or the territory's own centroid."""

from collections.abc import Sequence

import numpy as np

from geodata.sphere import EARTH_RADIUS_M, paired_distance_km, to_xyz_m
from optimizer.graph import IntArray
from optimizer.problem import WORKLOAD, FloatArray
from scenarios.case import Case, Rep


def unit_km(case: Case, group: IntArray, reps: Sequence[Rep | None]) -> FloatArray:
    """Return each unit's great-circle distance to where its territory is measured from.

    Parameters
    ----------
    case : Case
    group : (n_units,) int32
        Territory of each unit of the Problem; negative for nobody's.
    reps : sequence of (Rep or None)
        The rep of each territory; None, or a rep without a home, measures to the workload-weighted centroid.

    Returns
    -------
    (n_units,) float64
        NaN for nobody's units.
    """
    anchor = centroids(case, group, len(reps))
    for index, rep in enumerate(reps):
        if rep is not None and rep.lat is not None and rep.lon is not None:
            anchor[index] = to_xyz_m(rep.lon, rep.lat)
    km = np.full(case.problem.n_units, np.nan)
    held = np.flatnonzero(group >= 0)
    km[held] = paired_distance_km(case.problem.xyz_m[held], anchor[group[held]])
    return km


def centroids(case: Case, group: IntArray, n_groups: int) -> FloatArray:
    """Return each territory's workload-weighted centroid on the sphere, unweighted without workload.

    Returns
    -------
    (n_groups, 3) float64
        Metres, earth-centred; NaN for an empty territory.
    """
    held = np.flatnonzero(group >= 0)
    of = group[held]
    workload = case.problem.load[WORKLOAD, held].astype(np.float64)
    weight = np.where(np.bincount(of, workload, n_groups)[of] > 0, workload, 1.0)
    places = case.problem.xyz_m[held] * weight[:, None]
    total = np.stack([np.bincount(of, axis, n_groups) for axis in places.T], axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray(EARTH_RADIUS_M * total / np.linalg.norm(total, axis=1, keepdims=True))
