"""The choices of the model: which rep owns which unit, over the pairs that are still possible."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from optimizer.graph import IntArray
from optimizer.plan import Plan
from optimizer.problem import BoolArray, LoadArray

Variable = cp_model.IntVar


class Choices:
    """A CP-SAT model under construction with one Boolean for each possible pair.

    Parameters
    ----------
    possible : (n_units, n_reps) bool
        Pairs that get a variable; all others are impossible.

    Attributes
    ----------
    model : CpModel
    possible : (n_units, n_reps) bool
    units, reps : (n_pairs,) int32
        Pair of each Boolean; the Boolean's place here is its index in the model.
    column : (n_units, n_reps) int32
        Index of each pair's Boolean, -1 where impossible.
    """

    def __init__(self, possible: BoolArray) -> None:
        self.model = cp_model.CpModel()
        self.possible = possible
        units, reps = np.nonzero(possible)
        self.units: IntArray = units.astype(np.int32)
        self.reps: IntArray = reps.astype(np.int32)
        self.column: IntArray = np.full(possible.shape, -1, dtype=np.int32)
        self.column[units, reps] = np.arange(len(units))
        self._owns = [self.model.new_bool_var("") for _ in range(len(units))]

    def owns(self, unit: int, rep: int) -> Variable:
        """Return the Boolean of a possible pair."""
        if self.column[unit, rep] < 0:
            raise KeyError(f"unit {unit} cannot go to rep {rep}. Maybe ask `possible` first.")
        return self._owns[self.column[unit, rep]]

    def of_rep(self, rep: int, units: Iterable[int] | None = None) -> list[Variable]:
        """Return the Booleans of a rep, for all its possible units or those among `units`."""
        asked = self.units_of(rep) if units is None else units
        return [self._owns[self.column[u, rep]] for u in asked if self.possible[u, rep]]

    def of_unit(self, unit: int) -> list[Variable]:
        """Return the Booleans of a unit."""
        return [self._owns[i] for i in self.column[unit] if i >= 0]

    def units_of(self, rep: int) -> IntArray:
        """Return the units a rep could own."""
        return np.flatnonzero(self.possible[:, rep]).astype(np.int32)

    def weighted(self, rep: int, weight: LoadArray) -> cp_model.LinearExpr:
        """Return the sum of integer unit weights over what a rep owns."""
        units = self.units_of(rep)
        units = units[weight[units] != 0]
        return cp_model.LinearExpr.weighted_sum(self.of_rep(rep, units), weight[units].tolist())

    def plan(self, value: npt.ArrayLike) -> Plan:
        """Return the plan of a solution given as the values of the model's variables."""
        chosen = np.asarray(value)[: len(self.units)] > 0.5
        owner = np.full(len(self.possible), -1, dtype=np.int32)
        owner[self.units[chosen]] = self.reps[chosen]
        return Plan(owner)

    def pairs(self) -> Iterator[tuple[int, int, Variable]]:
        """Yield unit, rep and Boolean of every possible pair."""
        for unit, rep, variable in zip(self.units, self.reps, self._owns, strict=True):
            yield int(unit), int(rep), variable
