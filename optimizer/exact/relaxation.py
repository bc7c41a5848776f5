"""The linear relaxation of a model: units cut into fractions, with cuts that whole and connected territories keep."""

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from ortools.linear_solver import linear_solver_pb2, pywraplp

from optimizer.exact.conflicts import Clique
from optimizer.model.choices import Choices
from optimizer.model.objective import Objective
from optimizer.model.separators import NOWHERE, Separator
from optimizer.problem import FloatArray

Cut = Separator | Clique
PARAMETERS = "use_dual_simplex: true use_preprocessing: false"
"""A simplex that goes on from the last basis when bounds or cuts change: 10 to 20 ms in place of 100 at 254 x 20."""
UNLIMITED = 2**62
"""Ends of ranges from which on there is none."""
ROUNDING = 1e-6
"""Share of the value by which the linear program may err."""
IN_USE = 1e-9
"""Least dual value of a cut that holds the bound up."""


class Fractions(NamedTuple):
    """A solution of the relaxation.

    Attributes
    ----------
    bound : float
        In units of the value.
    share : (n_pairs,) float64
        What each rep has of each unit, as the pairs of the choices.
    reduced : (n_pairs,) float64
        What the bound rises by for all of a pair, 0 where it is fixed.
    """

    bound: float
    share: FloatArray
    reduced: FloatArray


class Relaxation:
    """A linear program that keeps its basis from one question to the next.

    Parameters
    ----------
    objective : Objective
        All constraints of the model are linear.

    Attributes
    ----------
    choices : Choices
    cuts : dict of Cut to int
        How often in a row each cut did nothing for the bound.
    """

    def __init__(self, objective: Objective) -> None:
        self.choices: Choices = objective.choices
        self.cuts: dict[Cut, int] = {}
        self._per_value = objective.per_value
        self._fixed: dict[int, int] = {}
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._solver.SetSolverSpecificParametersAsString(PARAMETERS)
        proto = self.choices.model.proto
        self._variables = [self._solver.NumVar(*_ends(item.domain), "") for item in proto.variables]
        for row in proto.constraints:
            self._add(zip(row.linear.vars, row.linear.coeffs, strict=True), *_ends(row.linear.domain))
        goal = self._solver.Objective()
        for column, price in zip(proto.objective.vars, proto.objective.coeffs, strict=True):
            goal.SetCoefficient(self._variables[column], price / self._per_value)
        goal.SetOffset(proto.objective.offset / self._per_value)
        goal.SetMinimization()
        self._rows: dict[Cut, int] = {}
        self._price: FloatArray = np.zeros(self._solver.NumConstraints())

    def cut_off(self, cuts: Iterable[Cut]) -> int:
        """Add cuts whose pairs are still possible; return how many were new."""
        before = len(self._rows)
        for cut in cuts:
            terms = {} if cut in self._rows else self._terms(cut)
            if terms and isinstance(cut, Clique):
                self._rows[cut], self.cuts[cut] = self._add(terms.items(), -math.inf, 1.0), 0
            elif terms and isinstance(cut, Separator):
                low = 0.0 if cut.other == NOWHERE else -1.0
                self._rows[cut], self.cuts[cut] = self._add(terms.items(), low, math.inf), 0
        return len(self._rows) - before

    def bound(self, fixed: Mapping[int, int]) -> float:
        """Return a bound on all plans with some pairs fixed to 0 or 1 by their place.

        Infinity where there are none, minus infinity where the simplex gave up.
        """
        self._fix(fixed)
        status = self._solver.Solve()
        if status == pywraplp.Solver.INFEASIBLE:
            return math.inf
        if status != pywraplp.Solver.OPTIMAL:
            return -math.inf
        value = float(self._solver.Objective().Value())
        return value - ROUNDING * abs(value)

    def solve(self, fixed: Mapping[int, int]) -> Fractions | None:
        """Return the best fractions with some pairs fixed, as for `bound`; None where there are none."""
        bound = self.bound(fixed)
        if bound == math.inf:
            return None
        share, reduced = np.zeros(len(self.choices.units)), np.zeros(len(self.choices.units))
        if bound == -math.inf:
            self._price = np.zeros(self._solver.NumConstraints())
            return Fractions(bound, share, reduced)
        answer = linear_solver_pb2.MPSolutionResponse()
        # All at once: asking for thousands of numbers one by one takes as long as the simplex.
        self._solver.FillSolutionResponseProto(answer)
        share[:] = answer.variable_value[: len(share)]
        reduced[:] = answer.reduced_cost[: len(share)]
        reduced[list(self._fixed)] = 0.0
        self._price = np.array(answer.dual_value)
        return Fractions(bound, share, reduced)

    def age_cuts(self) -> None:
        """Note which cuts did nothing for the last solution."""
        idle = np.abs(self._price) <= IN_USE
        for cut, row in self._rows.items():
            self.cuts[cut] = self.cuts[cut] + 1 if idle[row] else 0

    def matrix(self, share: FloatArray) -> FloatArray:
        """Return shares by unit and rep, (n_units, n_reps) float64."""
        whole = np.zeros(self.choices.possible.shape)
        whole[self.choices.units, self.choices.reps] = share
        return whole

    def _fix(self, fixed: Mapping[int, int]) -> None:
        for place in [place for place in self._fixed if place not in fixed]:
            self._variables[place].SetBounds(0.0, 1.0)
            del self._fixed[place]
        for place, value in fixed.items():
            if self._fixed.get(place) != value:
                self._variables[place].SetBounds(value, value)
                self._fixed[place] = value

    def _terms(self, cut: Cut) -> dict[int, float]:
        """Return the coefficient of each possible pair of a cut; nothing where it can't be broken."""
        column = self.choices.column[:, cut.rep]
        if isinstance(cut, Clique):
            return {int(column[unit]): 1.0 for unit in cut.units if column[unit] >= 0}
        ends = [int(column[unit]) for unit in (cut.unit, cut.other) if unit != NOWHERE]
        if min(ends) < 0:
            return {}
        between = {int(column[unit]): 1.0 for unit in cut.between if column[unit] >= 0}
        return between | dict.fromkeys(ends, -1.0)

    def _add(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> int:
        """Add a row, scaled so that its largest coefficient is 1; return its place."""
        row = list(terms)
        scale = max((abs(weight) for _, weight in row), default=1.0) or 1.0
        constraint = self._solver.Constraint(low / scale, high / scale)
        for column, weight in row:
            constraint.SetCoefficient(self._variables[column], weight / scale)
        return int(constraint.index())


def _ends(domain: npt.ArrayLike) -> tuple[float, float]:
    """Return the ends of a range of whole numbers."""
    low, high = np.asarray(domain).tolist()
    return (-math.inf if low <= -UNLIMITED else float(low)), (math.inf if high >= UNLIMITED else float(high))
