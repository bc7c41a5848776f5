"""Who has each row of the units in a plan."""

import numpy as np

from optimizer.graph import IntArray
from optimizer.plan import Plan
from scenarios.case import Case


def holders(case: Case, plan: Plan) -> IntArray:
    """Return the seat that holds the largest share of each row of `case.units`, (n_rows,) int32; -1 for nobody."""
    found = np.full(len(case.units), -1, dtype=np.int32)
    order = np.argsort(case.share, kind="stable")  # the largest share is written last
    found[case.row_of[order]] = plan.owner[order]
    return found
