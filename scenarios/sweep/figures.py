"""The figures of one plan that a sweep compares, and who owns what in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.costs import share
from optimizer.matching import match_territories
from optimizer.problem import POTENTIAL, Problem
from optimizer.score import Score
from scenarios.case import Case
from scenarios.economics.contribution import contribution, today_contribution
from scenarios.export.tables import holdings, seat_texts
from scenarios.report.answer import Answer
from scenarios.report.changes import change_figures
from scenarios.report.today import today_of
from scenarios.sweep.front import BALANCE, CONTRIBUTION, DISRUPTION, TRAVEL, worst_deviation

Figures = Mapping[str, float]
"""Amount of each goal by its name; a goal that says nothing about a plan is missing."""


@dataclass(frozen=True)
class Held:
    """What one territory holds of one unit.

    Attributes
    ----------
    unit, territory, rep : str
        `rep` is "" while nobody is matched.
    share : float
        Part of the unit.
    weight : float
        Share of all potential; of all units where there is no potential.
    """

    unit: str
    territory: str
    rep: str
    share: float
    weight: float


def figures_of(answer: Answer) -> dict[str, float]:
    """Return the figures of a plan."""
    figures = _scored(answer.case.problem, answer.score)
    figures[CONTRIBUTION.name] = contribution(answer.case, answer.plan).total
    if today_of(answer.case) is not None:
        figures[DISRUPTION.name] = change_figures(answer).moved_potential_percent
    return figures


def figures_of_today(case: Case) -> dict[str, float] | None:
    """Return the figures of today's plan, None where nobody who has a seat holds anything."""
    today = today_of(case)
    if today is None or not (today.owner >= 0).any():
        return None
    figures = {**_scored(case.problem, today.score), DISRUPTION.name: 0.0}
    earned = today_contribution(case)
    return figures if earned is None else {**figures, CONTRIBUTION.name: earned.total}


def _scored(problem: Problem, score: Score) -> dict[str, float]:
    amounts = {goal.name: goal.amount for goal in score.goals}
    return {BALANCE.name: worst_deviation(problem, score), TRAVEL.name: amounts["travel"]}


def held(answer: Answer) -> tuple[Held, ...]:
    """Return who holds what, in the order of the units."""
    case = answer.case
    weight = share(case.problem.load[POTENTIAL])
    if not weight.any():
        weight = np.full(case.problem.n_units, 1.0 / case.problem.n_units)
    ids = case.units["unit"].astype(str).tolist()
    found = []
    for holding in holdings(answer):
        parts = list(holding.parts)
        part, of_all = float(case.share[parts].sum()), float(weight[parts].sum())
        found.append(Held(ids[holding.row], *seat_texts(answer, holding.seat), part, of_all))
    return tuple(found)


def other_hands(one: Sequence[Held], other: Sequence[Held]) -> float:
    """Return the share of the potential that has another owner in the other plan, 0..1.

    Owners are reps. Territories without a rep are paired so that as little as possible changes hands.
    """
    before: dict[str, list[Held]] = {}
    for item in one:
        before.setdefault(item.unit, []).append(item)
    common = 0.0
    open_pairs: dict[tuple[str, str], float] = {}
    for item in other:
        for was in before.get(item.unit, []):
            both = min(was.weight, item.weight)
            if was.rep or item.rep:
                common += both if was.rep == item.rep else 0.0
            else:
                pair = (was.territory, item.territory)
                open_pairs[pair] = open_pairs.get(pair, 0.0) + both
    return max(0.0, 1.0 - common - _matched(open_pairs))


def _matched(pairs: Mapping[tuple[str, str], float]) -> float:
    """Return what stays where each territory is paired with at most one of the other plan."""
    rows = {code: i for i, code in enumerate(sorted({a for a, _ in pairs}))}
    columns = {code: i for i, code in enumerate(sorted({b for _, b in pairs}))}
    kept = np.zeros((len(rows), len(columns)))
    for (a, b), both in pairs.items():
        kept[rows[a], columns[b]] = both
    if not kept.size:
        return 0.0
    partner = match_territories(-kept)
    paired = np.flatnonzero(partner >= 0)
    return float(kept[paired, partner[paired]].sum())
