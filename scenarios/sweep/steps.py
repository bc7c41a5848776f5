"""Points that a sweep chooses itself: the ends of the front, then even steps between them.

The augmented epsilon-constraint method (Haimes, Lasdon and Wismer 1971; Mavrotas 2009): each goal alone gives the ends
of the front, and between them one goal, travel with fit, is minimised while the others are held within limits that go
through even steps. The other goals keep a small weight, so that of plans with equal travel the better one is taken.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from optimizer.costs import share
from optimizer.problem import GONE, NOBODY, POTENTIAL
from scenarios.case import Case
from scenarios.sweep.figures import Figures
from scenarios.sweep.front import BALANCE, DISRUPTION, TRAVEL, Goal, apart
from scenarios.sweep.points import Point, Step, grid, point_name

LITTLE = 0.02
"""Weight of the goals that only break ties, where the leading one weighs 1."""
POINTS_A_PROPOSAL = 4
"""Points solved for each proposal asked for."""
PROBES = (0.85, 0.7, 0.55)
"""Shares of the worst deviation as written within which balance is tried: some may be impossible."""
DECIMALS = 4
"""Of a limit in the document, rounded away from what is demanded."""
AS_WRITTEN, BEST_BALANCE, LEAST_DISRUPTION, LEAST_TRAVEL, BEST_CONTRIBUTION = (
    "as written",
    "best balance",
    "least disruption",
    "least travel",
    "highest contribution",
)


FiguresOf = Mapping[str, Figures]
"""Figures of the points that have a plan which keeps every hard rule, by what they are for."""


@dataclass(frozen=True)
class Steps:
    """Chooses the points of a scenario; `case` is it as written."""

    case: Case
    proposals: int

    @property
    def limits_disruption(self) -> bool:
        """Whether there is something to disrupt that a limit could hold."""
        return bool((self.case.problem.current >= 0).any())

    def first(self) -> list[Point]:
        """Return the scenario as written, from which all others start."""
        return [Point(point_name(0), why=AS_WRITTEN)]

    def ends(self, figures: FiguresOf) -> list[Point]:
        """Return a point for each goal alone, and probes of how tight a balance is possible at all."""
        aims = {f"measures.{name}.aim": "0" for name in self._measures()}
        wishes = [
            (LEAST_TRAVEL, self._leading(TRAVEL)),
            (BEST_BALANCE, {**self._leading(BALANCE), **aims}),
            *([(LEAST_DISRUPTION, self._leading(DISRUPTION))] if self.limits_disruption else []),
        ]
        if self.case.scenario.economics is not None:
            wishes.append((BEST_CONTRIBUTION, {"economics.objective": "contribution"}))
        for share_of in PROBES if AS_WRITTEN in figures else ():
            step = self._within(BALANCE, share_of * figures[AS_WRITTEN][BALANCE.name])
            wishes.append((step.why, {**self._leading(TRAVEL), **step.values}))
        return [Point(point_name(i), values, 0, why) for i, (why, values) in enumerate(wishes, start=1)]

    def between(self, points: Sequence[Point], found: Mapping[int, Figures]) -> list[Point]:
        """Return even steps from the best of each goal to where travel alone leaves it.

        Each starts from the plan among `points` that is nearest to keeping its limits, so none waits for another.

        Parameters
        ----------
        points : sequence of Point
            The ends.
        found : mapping
            Figures of those that have a plan which keeps every hard rule, by index.
        """
        figures = by_wish(points, found)
        top = figures.get(LEAST_TRAVEL) or figures.get(AS_WRITTEN)
        if top is None:
            return []
        limited = (BALANCE, DISRUPTION) if self.limits_disruption else (BALANCE,)
        least = {goal: min(row[goal.name] for row in found.values()) for goal in limited}
        wide = [goal for goal in limited if apart(goal, least[goal], top[goal.name])]
        rest = max(POINTS_A_PROPOSAL * self.proposals - len(points), 2 ** len(wide))
        counts = [rest] if len(wide) == 1 else [math.isqrt(rest), rest // math.isqrt(rest)]
        axes = [
            [self._within(goal, float(amount)) for amount in np.linspace(least[goal], top[goal.name], count)]
            for goal, count in zip(wide, counts, strict=False)
        ]
        leading = self._leading(TRAVEL)
        return [
            replace(point, values={**leading, **point.values}, start=_nearest(point.limits, found))
            for point in (grid(axes, len(points)) if axes else ())
        ]

    def _within(self, goal: Goal, amount: float) -> Step:
        """Return the limits that hold a goal's figure within an amount; never looser than the scenario's own."""
        if goal is DISRUPTION:
            budget = _tighter(self._avoidable(amount), self.case.scenario.limits.disruption.potential)
            why = f"at most {amount:.1f} % of potential moved"
            return Step({"limits.disruption.potential": budget}, why, {goal.name: amount})
        measures = self.case.scenario.measures
        tolerances = {
            f"measures.{name}.tolerance": _tighter(amount / 100.0, measures[name].tolerance)
            for name in self._measures()
        }
        return Step(tolerances, f"within {amount:.1f} points of target", {goal.name: amount})

    def _avoidable(self, percent: float) -> float:
        """Return the budget, a share of what has a rep today, that leaves a percentage of all potential to move."""
        problem = self.case.problem
        weight = share(problem.load[POTENTIAL])
        gone, with_rep = (float(weight[rows].sum()) for rows in (problem.current == GONE, problem.current != NOBODY))
        return max(0.0, percent / 100.0 - gone) / with_rep if with_rep > 0 else 1.0

    def _measures(self) -> list[str]:
        """Return the measures of the document that the goal balance counts."""
        names = np.array(self.case.problem.measures)[np.isfinite(self.case.problem.aim)]
        return [name for name in names.tolist() if name in self.case.scenario.measures]

    def _leading(self, goal: Goal) -> dict[str, Any]:
        """Return goals in which one leads and the others break ties; fit goes with travel, as heavy as it was."""
        weights = self.case.problem.weights
        fit = weights.fit / weights.travel if weights.travel > 0 else weights.fit
        amounts = dict.fromkeys((TRAVEL.name, BALANCE.name, DISRUPTION.name), LITTLE) | {goal.name: 1.0}
        if not self.limits_disruption:
            del amounts[DISRUPTION.name]
        return {
            "goals": {
                **{name: f"{weight:g}" for name, weight in amounts.items()},
                "fit": f"{fit * amounts['travel']:g}",
            }
        }


def _nearest(limits: Mapping[str, float], found: Mapping[int, Figures]) -> int:
    """Return the point whose figures miss some limits least, as shares of them; of several the least travel."""

    def missed(index: int) -> tuple[float, float, int]:
        figures = found[index]
        over = sum(max(figures[goal] / max(limit, 1e-9) - 1.0, 0.0) for goal, limit in limits.items())
        return round(over, 6), figures[TRAVEL.name], index

    return min(found, key=missed)


def _tighter(share_of: float, own: float | None) -> str:
    """Return a limit as text, rounded up, or the scenario's own where that is tighter."""
    limit = math.ceil(share_of * 10**DECIMALS) / 10**DECIMALS
    return f"{limit if own is None else min(limit, own):g}"


def by_wish(points: Sequence[Point], figures: Mapping[int, Figures]) -> FiguresOf:
    """Return the figures of points by what they are for."""
    return {points[index].why: found for index, found in sorted(figures.items())}
