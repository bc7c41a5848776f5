"""Where a new rep could live: in the middle of each territory, and at the heaviest units."""

import numpy as np

from geodata.sphere import paired_distance_km
from optimizer.judge.places import centers
from optimizer.plan import Plan
from optimizer.problem import WORKLOAD
from scenarios.case import Case
from scenarios.prepare.wording import named
from scenarios.sizing.staffing import Hire

HEAVIEST = 8
"""Units of most workload that are looked at beside the middles of the territories."""


def possible_homes(case: Case, plan: Plan) -> list[Hire]:
    """Return places for a new rep, each once: units in the middle of territories, then the heaviest units."""
    problem = case.problem
    middle = centers(problem, plan.owner)
    rows: list[int] = []
    for seat in range(problem.n_reps):
        units = plan.units_of(seat)
        if len(units):
            away = paired_distance_km(problem.xyz_m[units], np.repeat(middle[seat][None], len(units), axis=0))
            rows.append(int(case.row_of[units[int(np.argmin(away))]]))
    heaviest = np.argsort(-case.amounts[WORKLOAD], kind="stable")[:HEAVIEST]
    return [_hire(case, row) for row in dict.fromkeys([*rows, *heaviest.tolist()])]


def _hire(case: Case, row: int) -> Hire:
    unit = case.units.iloc[row]
    return Hire(named(str(unit["unit"]), str(unit["name"])), float(unit["lat"]), float(unit["lon"]))
