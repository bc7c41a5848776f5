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
DEEPEST = 0.5
"""The tightest balance tried, as a share of what travel alone leaves; tighter where an end is."""
DECIMALS = 4
"""Of a limit in the document, rounded away from what is demanded."""
AS_WRITTEN, BEST_BALANCE, LEAST_DISRUPTION, LEAST_TRAVEL = (
    "as written",
    "best balance",
    "least disruption",
    "least travel",
)


@dataclass(frozen=True)
class Steps:
    """Chooses the points of a scenario; `case` is it as written."""

    case: Case
    proposals: int

    @property
    def limits_disruption(self) -> bool:
        """Whether there is something to disrupt that a limit could hold."""
        return bool((self.case.problem.current >= 0).any())

    def ends(self) -> list[Point]:
        """Return the scenario as written, and one point for each goal alone."""
        aims = {f"measures.{name}.aim": "0" for name in self._measures()}
        wishes: list[tuple[str, Mapping[str, Any]]] = [
            (AS_WRITTEN, {}),
            (LEAST_TRAVEL, self._leading(TRAVEL.name)),
            (BEST_BALANCE, {**self._leading(BALANCE.name), **aims}),
        ]
        if self.limits_disruption:
            wishes.append((LEAST_DISRUPTION, self._leading(DISRUPTION.name)))
        return [Point(point_name(i), values, 0 if i else None, why) for i, (why, values) in enumerate(wishes)]

    def between(self, figures: Mapping[str, Figures]) -> list[Point]:
        """Return the steps between the ends.

        Parameters
        ----------
        figures : mapping
            Figures of the ends that have a plan which keeps every hard rule, by what they are for.
        """
        top = figures.get(LEAST_TRAVEL) or figures.get(AS_WRITTEN)
        if top is None:
            return []
        spans = {BALANCE: min(of_end[BALANCE.name] for of_end in figures.values())}
        spans[BALANCE] = min(spans[BALANCE], DEEPEST * top[BALANCE.name])
        if self.limits_disruption:
            spans[DISRUPTION] = min(of_end[DISRUPTION.name] for of_end in figures.values())
        wide = {goal: least for goal, least in spans.items() if apart(goal, least, top[goal.name])}
        count = self._steps(len(wide))
        axes = [
            [self._within(goal, float(e)) for e in np.linspace(least, top[goal.name], count)]
            for goal, least in wide.items()
        ]
        leading = self._leading(TRAVEL.name)
        return [
            replace(point, values={**leading, **point.values}, start=point.start or 0)
            for point in (grid(axes, len(self.ends())) if axes else ())
        ]

    def _steps(self, axes: int) -> int:
        """Return the steps on each axis, so that about four points come to a proposal."""
        rest = POINTS_A_PROPOSAL * self.proposals - len(self.ends())
        return max(2, round(math.pow(rest, 1.0 / max(axes, 1))))

    def _within(self, goal: Goal, amount: float) -> Step:
        """Return the limits that hold a goal's figure within an amount; never looser than the scenario's own."""
        if goal is DISRUPTION:
            budget = _tighter(self._avoidable(amount), self.case.scenario.limits.disruption.potential)
            return Step({"limits.disruption.potential": budget}, f"at most {amount:.1f} % of potential moved")
        measures = self.case.scenario.measures
        tolerances = {
            f"measures.{name}.tolerance": _tighter(amount / 100.0, measures[name].tolerance)
            for name in self._measures()
        }
        return Step(tolerances, f"within {amount:.1f} points of target")

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

    def _leading(self, goal: str) -> dict[str, Any]:
        """Return goals in which one leads and the others break ties; fit goes with travel, as heavy as it was."""
        weights = self.case.problem.weights
        fit = weights.fit / weights.travel if weights.travel > 0 else weights.fit
        amounts = dict.fromkeys((TRAVEL.name, BALANCE.name, DISRUPTION.name), LITTLE) | {goal: 1.0}
        if not self.limits_disruption:
            del amounts[DISRUPTION.name]
        return {
            "goals": {
                **{name: f"{weight:g}" for name, weight in amounts.items()},
                "fit": f"{fit * amounts['travel']:g}",
            }
        }


def _tighter(share_of: float, own: float | None) -> str:
    """Return a limit as text, rounded up, or the scenario's own where that is tighter."""
    limit = math.ceil(share_of * 10**DECIMALS) / 10**DECIMALS
    return f"{limit if own is None else min(limit, own):g}"


def ends_found(points: Sequence[Point], figures: Mapping[int, Figures]) -> dict[str, Figures]:
    """Return the figures of the ends by what they are for."""
    return {points[index].why: of_end for index, of_end in sorted(figures.items())}
