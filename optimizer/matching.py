"""Matching finished territories to reps at the least total cost."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from optimizer.graph import IntArray
from optimizer.problem import FloatArray


def match(cost: FloatArray) -> IntArray:
    """Give each row at most one column, as many rows as possible, at the least total cost.

    The assignment problem (Kuhn 1955), solved exactly by the shortest augmenting paths of Jonker and Volgenant as in
    Crouse (2016).

    Parameters
    ----------
    cost : (n_rows, n_columns) float64
        Finite cost of each pair.

    Returns
    -------
    (n_rows,) int32
        Column of each row, -1 for rows left without one.
    """
    rows, columns = linear_sum_assignment(cost)
    chosen = np.full(len(cost), -1, dtype=np.int32)
    chosen[rows] = columns
    return chosen
