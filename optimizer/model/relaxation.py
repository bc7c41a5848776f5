"""The linear relaxation of a model, as sparse matrices for HiGHS."""

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model
from scipy import sparse

from optimizer.problem import FloatArray


@dataclass(frozen=True, eq=False)
class Relaxation:
    """minimise cost @ x with row_low <= matrix @ x <= row_high and low <= x <= high."""

    cost: FloatArray
    matrix: sparse.csr_array
    row_low: FloatArray
    row_high: FloatArray
    low: FloatArray
    high: FloatArray


def relax(model: cp_model.CpModel) -> Relaxation:
    """Read the linear constraints of a model."""
    proto = model.proto
    rows, columns, entries, lows, highs = [], [], [], [], []
    for row, constraint in enumerate(proto.constraints):
        linear = constraint.linear
        columns.append(np.fromiter(linear.vars, dtype=np.int32))
        entries.append(np.fromiter(linear.coeffs, dtype=np.float64))
        rows.append(np.full(len(columns[-1]), row))
        lows.append(linear.domain[0]); highs.append(linear.domain[1])
    n = len(proto.variables)
    cost = np.zeros(n)
    cost[np.fromiter(proto.objective.vars, dtype=np.int32)] = np.fromiter(proto.objective.coeffs, dtype=np.float64)
    A = sparse.csr_array((np.concatenate(entries), (np.concatenate(rows), np.concatenate(columns))), shape=(len(lows), n))
    dom = np.array([[v.domain[0], v.domain[1]] for v in proto.variables], dtype=float)
    lows=[x if abs(x)<1e17 else -np.inf for x in lows]; highs=[x if abs(x)<1e17 else np.inf for x in highs]
    return Relaxation(cost, A, np.array(lows, float), np.array(highs, float), dom[:, 0], dom[:, 1])
