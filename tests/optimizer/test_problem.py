"""A Problem whose numbers make no sense must never reach the solver."""

import numpy as np
import pytest

from optimizer.problem import Problem, ProblemError
from tests.optimizer.tiny import changed, grid_problem


@pytest.mark.parametrize("wrong", [np.inf, np.nan])
@pytest.mark.parametrize("field", ["distance_km", "travel_cost"])
def test_a_single_unknown_distance_is_refused(field: str, wrong: float) -> None:
    """One infinite or missing cost would make values and bounds meaningless without a word."""
    problem = grid_problem("AooB")
    with pytest.raises(ProblemError, match="finite"):
        changed(problem, **{field: _with_one(getattr(problem, field), wrong)})


def test_costs_of_a_rep_without_home_may_come_from_a_matrix() -> None:
    """Travel given by a matrix needs no home; without either the centre is free."""
    problem = grid_problem("AooB")
    homeless = np.array([True, False])
    distance = np.where(homeless, problem.distance_km, np.float32(np.nan))
    given: Problem = changed(problem, has_home=homeless, distance_km=distance)
    assert not given.free.any()
    assert changed(given, travel_cost=distance).free.tolist() == [False, True]


def _with_one(cost: np.typing.NDArray[np.float32], wrong: float) -> np.typing.NDArray[np.float32]:
    other = cost.copy()
    other[1, 1] = wrong
    return other
