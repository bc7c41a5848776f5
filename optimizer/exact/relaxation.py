"""The linear relaxation of a model: units cut into fractions, with cuts that whole and connected territories keep."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from ortools.linear_solver import linear_solver_pb2, pywraplp

from optimizer.exact.conflicts import Clique
from optimizer.exact.least_cost import LeastCost
from optimizer.model.choices import Choices
from optimizer.model.objective import Objective
from optimizer.model.separators import NOWHERE, Separator
from optimizer.problem import FloatArray

Cut = Separator | Clique | LeastCost
Fixed = dict[int, tuple[int, int]]
"""The least and most of some pairs and counts, by their place."""
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
    counts : (n_counts,) float64
        How many twins of a group a rep has, as `Relaxation.counted`.
    """

    bound: float
    share: FloatArray
    reduced: FloatArray
    counts: FloatArray


class Relaxation:
    """A linear program that keeps its basis from one question to the next.

    Parameters
    ----------
    objective : Objective
        All constraints of the model are linear.
    twins : sequence of groups of units
        Interchangeable ones, which are counted: who has which of them means nothing.

    Attributes
    ----------
    choices : Choices
    counted : list of (group, rep)
        What each count counts.
    first_count : int
        Place of the first count; the others follow. The places before are those of the pairs.
    cuts : dict of Cut to int
        How often in a row each cut did nothing for the bound.
    """

    def __init__(self, objective: Objective, twins: Sequence[tuple[int, ...]] = ()) -> None:
        self.choices: Choices = objective.choices
        self.cuts: dict[Cut, int] = {}
        self._per_value = objective.per_value
        self._deviations = [item.variable.index for item in objective.deviations]
        self._fixed: dict[int, tuple[int, int]] = {}
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
        self.counted: list[tuple[int, int]] = []
        self.first_count = len(self._variables)
        self._count(twins)
        self._limits = [(item.lb(), item.ub()) for item in self._variables]
        self._rows: dict[Cut, int] = {}
        self._price: FloatArray = np.zeros(self._solver.NumConstraints())

    def cut_off(self, cuts: Iterable[Cut]) -> int:
        """Add cuts whose pairs are still possible; return how many were new."""
        before = len(self._rows)
        for cut in cuts:
            terms = {} if cut in self._rows else self._terms(cut)
            if terms and isinstance(cut, Clique):
                self._rows[cut], self.cuts[cut] = self._add(terms.items(), -math.inf, 1.0), 0
            elif terms and isinstance(cut, LeastCost):
                least = cut.least - ROUNDING * abs(cut.least)
                self._rows[cut], self.cuts[cut] = self._add(terms.items(), least, math.inf), 0
            elif terms and isinstance(cut, Separator):
                low = 0.0 if cut.other == NOWHERE else -1.0
                self._rows[cut], self.cuts[cut] = self._add(terms.items(), low, math.inf), 0
        return len(self._rows) - before

    def bound(self, fixed: Fixed) -> float:
        """Return a bound on all plans with some pairs and counts in narrower ranges.

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

    def solve(self, fixed: Fixed) -> Fractions | None:
        """Return the best fractions for `fixed` as for `bound`; None where there are none."""
        bound = self.bound(fixed)
        if bound == math.inf:
            return None
        share, reduced = np.zeros(len(self.choices.units)), np.zeros(len(self.choices.units))
        counts = np.zeros(len(self.counted))
        if bound == -math.inf:
            self._price = np.zeros(self._solver.NumConstraints())
            return Fractions(bound, share, reduced, counts)
        answer = linear_solver_pb2.MPSolutionResponse()
        # All at once: asking for thousands of numbers one by one takes as long as the simplex.
        self._solver.FillSolutionResponseProto(answer)
        share[:] = answer.variable_value[: len(share)]
        reduced[:] = answer.reduced_cost[: len(share)]
        reduced[[place for place in self._fixed if place < len(share)]] = 0.0
        counts[:] = answer.variable_value[self.first_count :]
        self._price = np.array(answer.dual_value)
        return Fractions(bound, share, reduced, counts)

    def ends(self, place: int) -> tuple[int, int]:
        """Return the least and the most of a pair or count where nothing is decided."""
        least, most = self._limits[place]
        return int(least), int(most)

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

    def _count(self, twins: Sequence[tuple[int, ...]]) -> None:
        """Add a variable for how many of each group of twins each rep has."""
        for nth, group in enumerate(twins):
            for rep in range(self.choices.possible.shape[1]):
                columns = self.choices.column[list(group), rep]
                terms = dict.fromkeys(columns[columns >= 0].tolist(), 1.0)
                if terms:
                    self.counted.append((nth, rep))
                    self._variables.append(self._solver.NumVar(0.0, len(terms), ""))
                    self._add({**terms, len(self._variables) - 1: -1.0}.items(), 0.0, 0.0)

    def _fix(self, fixed: Fixed) -> None:
        for place in [place for place in self._fixed if place not in fixed]:
            self._variables[place].SetBounds(*self._limits[place])
            del self._fixed[place]
        for place, ends in fixed.items():
            if self._fixed.get(place) != ends:
                self._variables[place].SetBounds(*ends)
                self._fixed[place] = ends

    def _terms(self, cut: Cut) -> dict[int, float]:
        """Return the coefficient of each possible pair of a cut; nothing where it can't be broken."""
        column = self.choices.column[:, cut.rep]
        if isinstance(cut, Clique):
            return {int(column[unit]): 1.0 for unit in cut.units if column[unit] >= 0}
        if isinstance(cut, LeastCost):
            return self._costs(cut)
        ends = [int(column[unit]) for unit in (cut.unit, cut.other) if unit != NOWHERE]
        if min(ends) < 0:
            return {}
        between = {int(column[unit]): 1.0 for unit in cut.between if column[unit] >= 0}
        return between | dict.fromkeys(ends, -1.0)

    def _costs(self, cut: LeastCost) -> dict[int, float]:
        """Return the priced costs of a rep's pairs and of its deviations."""
        columns = self.choices.columns_of(cut.rep)
        cost = cut.cost[self.choices.units[columns]]
        deviations = self._deviations[cut.rep :: self.choices.possible.shape[1]]
        return dict(zip(columns.tolist(), cost.tolist(), strict=True)) | dict.fromkeys(
            deviations, 1.0 / self._per_value
        )

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
