"""The goals that depend on who fills a territory, for free territories that are matched to reps after the design."""

from dataclasses import replace

import numpy as np

from optimizer.costs import share
from optimizer.plan import Plan
from optimizer.problem import POTENTIAL, FloatArray
from optimizer.score import Score
from scenarios.case import Case
from scenarios.report.figures import unit_fit
from scenarios.report.seats import free_seats, misfit
from scenarios.report.today import current_reps


def matched_score(case: Case, plan: Plan, score: Score, rep_of_seat: tuple[int | None, ...]) -> Score:
    """Return the score with disruption and fit of the reps who fill the seats; unchanged without free seats.

    The judge knows free seats only: to it nobody owns anything today and every rep fits.
    """
    if len(free_seats(case)) == 0:
        return score
    amounts = {"disruption": _disruption(case, plan, rep_of_seat), "fit": _misfit(case, plan, rep_of_seat)}
    goals = tuple(replace(goal, amount=amounts.get(goal.name, goal.amount)) for goal in score.goals)
    return replace(score, goals=goals, value=float(sum(goal.weight * goal.amount for goal in goals)))


def _disruption(case: Case, plan: Plan, rep_of_seat: tuple[int | None, ...]) -> float:
    """Return the per cent of potential that leaves its current rep."""
    ids = np.array([*("" if rep is None else case.reps[rep].id for rep in rep_of_seat), ""], dtype=object)
    today = np.array(current_reps(case), dtype=object)
    moved = (today != "") & (ids[plan.owner] != today)
    return 100.0 * float(share(case.problem.load[POTENTIAL])[moved].sum())


def planned_fit(case: Case, plan: Plan, rep_of_seat: tuple[int | None, ...]) -> FloatArray:
    """Return each unit's fit with the rep who fills its seat; NaN for nobody's, (n_units,) float64."""
    fit = unit_fit(case, plan.owner)
    for seat in free_seats(case).tolist():
        rep = rep_of_seat[seat]
        if rep is not None:
            held = plan.owner == seat
            fit[held] = 1.0 - misfit(case, case.reps[rep])[held]
    return fit


def _misfit(case: Case, plan: Plan, rep_of_seat: tuple[int | None, ...]) -> float:
    """Return 100 x (1 - potential-weighted mean fit); units that nobody has fit."""
    fit = planned_fit(case, plan, rep_of_seat)
    return 100.0 * float((share(case.problem.load[POTENTIAL]) * (1.0 - np.nan_to_num(fit, nan=1.0))).sum())
