"""A few units and those around them: how much the territories that hold them miss at least.

Every unit in question gets a territory, alone or with others of them. What lies beyond the corner may help each
territory that reaches its rim, and whoever owns one has the widest limits of all who may: less is asked than of any
plan, so that the least sum of misses is a lower limit for all.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from ortools.sat.python import cp_model

from optimizer.allowance import MOVES_A_SECOND, Spend, unpaid
from optimizer.costs import balance_reference
from optimizer.explain.facts import Facts
from optimizer.graph import IntArray
from optimizer.model.answer import Work, ask
from optimizer.model.choices import Choices, Variable
from optimizer.model.deviation import Deviation, add_deviation
from optimizer.model.objective import Objective
from optimizer.plan import Plan
from optimizer.problem import FloatArray
from optimizer.result import Stop

FINENESS = 100_000.0
"""Whole units of the model in a target; amounts are rounded so that misses become smaller."""
MOST_WORK, LEAST_ROUND = 2.0, 0.02
"""CP-SAT's work after which the bound so far counts, and what even a round that ends at once counts."""
ROUND = Work(units=1.0, seconds=float("inf"), workers=1, seed=0, repeatable=True)
"""CP-SAT's work a round."""


class Corner:
    """A model in which each territory is named by the first unit in question that it holds.

    Parameters
    ----------
    facts : Facts
        Of a problem in which all territories must be connected; see `optimizer.explain.corners`.
    centers : sequence of int
        Units in question.
    units : (n,) int32
        The corner, all centers among them.
    """

    def __init__(self, facts: Facts, centers: Sequence[int], units: IntArray) -> None:
        self._facts, self._units, self._rim = facts, units, len(units)
        place = {unit: index for index, unit in enumerate(units.tolist())}
        self._centers = [place[unit] for unit in centers]
        around = (facts.problem.graph.neighbours(unit).tolist() for unit in units.tolist())
        self._around = [sorted({place.get(other, self._rim) for other in others}) for others in around]
        self._around.append([at for at, others in enumerate(self._around) if self._rim in others])
        # Every territory has a rim of its own to reach.
        self._choices = Choices(
            np.vstack([np.ones((len(units), len(centers)), dtype=np.bool_), np.eye(len(centers)) > 0])
        )
        self._own()
        misses = list(self._misses())
        self._objective = Objective(self._choices, FINENESS, misses, [1] * len(misses))
        self._objective.minimise(np.zeros(len(self._choices.units), dtype=np.int64), 0)

    def least_miss(self, stop: Stop, spend: Spend = unpaid) -> float:
        """Return a lower limit on the sum of the misses, in targets, of all territories that hold centers."""
        proven, work = 0.0, MOST_WORK
        while work > 0.0:
            answer = ask(self._objective, ROUND, stop, lambda _: None)
            units = max(answer.units, LEAST_ROUND)
            proven, work = max(proven, answer.bound), work - units
            spend(MOVES_A_SECOND * units)
            if not answer.plans or stop() or not self._separate(answer.plans[-1]):
                break
        return proven

    def _owns(self, unit: int, territory: int) -> Variable:
        row = unit + territory if unit == self._rim else unit
        boolean: Variable = self._choices.booleans[self._choices.column[row, territory]]
        return boolean

    def _own(self) -> None:
        """Give each center to a territory named by itself or by one before it, other units to one at most."""
        model = self._choices.model
        for unit in range(self._rim):
            model.add_at_most_one(self._choices.of_unit(unit))
        for nth, center in enumerate(self._centers):
            model.add_exactly_one(self._owns(center, name) for name in range(nth + 1))
        for name, unit in product(range(len(self._centers)), range(self._rim)):
            model.add_implication(self._owns(unit, name), self._owns(self._centers[name], name))

    def _misses(self) -> Iterator[Deviation]:
        """Yield the misses of each territory; one that reaches the rim, or that is none, needs nothing."""
        lows, highs, base = self._widest()
        for measure, name in product(range(len(base)), range(len(self._centers))):
            share = self._facts.problem.load[measure, self._units] * (FINENESS / base[measure])
            low = int(np.floor(lows[measure] * (FINENESS / base[measure])))
            high = int(np.ceil(highs[measure] * (FINENESS / base[measure])))
            more, less = np.append(np.floor(share), 0.0), np.append(np.ceil(share), max(low, 0))
            columns = self._choices.columns_of(name)
            yield add_deviation(
                self._choices, columns, more=more.astype(np.int64), high=high, less=less.astype(np.int64), low=low
            )

    def _widest(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the least low end, the highest high end and the largest base of a miss of all who may have a center.

        Nobody of them misses less than these, each (n_measures,), say of the same load.
        """
        facts = self._facts
        may = facts.allowed[facts.blocks.block_of[self._units[self._centers]]].any(axis=0)
        may |= not may.any()
        low, high, base = (
            rows[:, may].astype(np.float64)
            for rows in (facts.ranges.low, facts.ranges.high, balance_reference(facts.problem))
        )
        return low.min(axis=1), high.max(axis=1), base.max(axis=1)

    def _separate(self, plan: Plan) -> bool:
        """Forbid what makes the territories of a plan fall to pieces; return whether any does."""
        found = False
        for name, center in enumerate(self._centers):
            if plan.owner[center] == name:
                held = {min(unit, self._rim) for unit in np.flatnonzero(plan.owner == name).tolist()}
                loose = held - self._flood(center, held)
                while loose:
                    piece = self._flood(min(loose), loose)
                    loose -= piece
                    found = True
                    self._cut_off(piece)
        return found

    def _cut_off(self, piece: set[int]) -> None:
        """Let whoever owns a unit of a piece, but is named by another one, own a way out of it."""
        around = {other for unit in piece for other in self._around[unit]} - piece
        everything = set(range(self._rim + 1))
        for name, center in enumerate(self._centers):
            if center in piece:
                continue
            beyond = self._flood(center, everything - piece - (around - {center}))
            way = [unit for unit in around if unit == center or not beyond.isdisjoint(self._around[unit])]
            crossed = cp_model.LinearExpr.sum([self._owns(unit, name) for unit in sorted(way)])
            for unit in sorted(piece):
                free = 1 - self._owns(center, name) if unit == self._rim else 0
                self._choices.model.add(crossed + free >= self._owns(unit, name))

    def _flood(self, start: int, within: set[int]) -> set[int]:
        """Return what is connected to a place within some places."""
        seen, todo = {start}, [start]
        while todo:
            fresh = [other for other in self._around[todo.pop()] if other in within and other not in seen]
            seen.update(fresh)
            todo += fresh
        return seen
