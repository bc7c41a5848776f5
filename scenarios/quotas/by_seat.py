"""What each seat of a plan holds."""

import numpy as np

from optimizer.problem import FloatArray
from scenarios.report.answer import Answer
from scenarios.report.figures import unit_amounts


def measure_by_seat(answer: Answer, name: str) -> FloatArray:
    """Return each seat's load of a measure in the customer's unit, (n_seats,) float64."""
    return _sums(answer, unit_amounts(answer.case)[answer.case.problem.measures.index(name)])


def rows_by_seat(answer: Answer, rows: FloatArray) -> FloatArray:
    """Return each seat's sum of amounts of the rows of the units, (n_seats,) float64."""
    return _sums(answer, rows[answer.case.row_of] * answer.case.share)


def _sums(answer: Answer, amounts: FloatArray) -> FloatArray:
    owned = answer.plan.owner >= 0
    sums = np.bincount(answer.plan.owner[owned], amounts[owned], answer.case.problem.n_reps)
    return np.asarray(sums, dtype=np.float64)
