"""Matching finished territories to reps."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from optimizer.graph import IntArray
from optimizer.problem import FloatArray


def match_territories(cost: FloatArray) -> IntArray:
    """Match territories to reps at the least total cost.

    Parameters
    ----------
    cost : (n_territories, n_reps) float64
        Cost of every pair; infinity where a pair must not be matched.

    Returns
    -------
    (n_territories,) int32
        Rep of each territory; -1 where none is left or allowed. As many as possible are matched, then at the least
        cost (Hungarian method, scipy's `linear_sum_assignment`).
    """
    allowed = np.isfinite(cost)
    known = cost[allowed]
    span = float(np.ptp(known)) if known.size else 0.0
    refused = float(known.max(initial=0.0)) + (span + 1.0) * (min(cost.shape) + 1)
    rows, columns = linear_sum_assignment(np.where(allowed, cost, refused))
    rep: npt.NDArray[np.int32] = np.full(len(cost), -1, dtype=np.int32)
    kept = allowed[rows, columns]
    rep[rows[kept]] = columns[kept]
    return rep
