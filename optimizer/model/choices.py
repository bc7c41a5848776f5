"""The choices of the model: which rep owns which unit, over the pairs that are still possible."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from optimizer.graph import IntArray
from optimizer.plan import Plan
from optimizer.problem import NOBODY, BoolArray, LoadArray

Variable = cp_model.IntVar


class Choices:
    """A CP-SAT model under construction with one Boolean for each possible pair.

    Parameters
    ----------
    possible : (n_units, n_reps) bool
        Pairs that get a Boolean; all others are impossible.

    Attributes
    ----------
    model : CpModel
    possible : (n_units, n_reps) bool
    units, reps : (n_pairs,) int32
        Pair of each Boolean, by unit, then rep.
    booleans : list of n_pairs Variables
        The first variables of the model.
    column : (n_units, n_reps) int32
        Place of each pair in `booleans`, -1 where impossible.
    """

    def __init__(self, possible: BoolArray) -> None:
        self.model = cp_model.CpModel()
        self.possible = possible
        units, reps = np.nonzero(possible)
        self.units: IntArray = units.astype(np.int32)
        self.reps: IntArray = reps.astype(np.int32)
        self.column: IntArray = np.full(possible.shape, -1, dtype=np.int32)
        self.column[units, reps] = np.arange(len(units))
        self.booleans: list[Variable] = [self.model.new_bool_var("") for _ in range(len(units))]

    def of_rep(self, rep: int, units: Iterable[int]) -> list[Variable]:
        """Return the Booleans of a rep with some units, impossible pairs left out."""
        return [self.booleans[self.column[unit, rep]] for unit in units if self.possible[unit, rep]]

    def of_unit(self, unit: int) -> list[Variable]:
        """Return the Booleans of a unit, by rep."""
        return [self.booleans[column] for column in self.column[unit] if column >= 0]

    def columns_of(self, rep: int) -> IntArray:
        """Return the places of a rep's Booleans, by unit."""
        columns: IntArray = self.column[self.possible[:, rep], rep]
        return columns

    def weighted(self, rep: int, weight: LoadArray) -> cp_model.LinearExpr:
        """Return the sum of integer unit weights over what a rep owns."""
        units = np.flatnonzero(self.possible[:, rep] & (weight != 0)).tolist()
        return cp_model.LinearExpr.weighted_sum(self.of_rep(rep, units), weight[units].tolist())

    def chosen(self, plan: Plan) -> BoolArray:
        """Return which Booleans are true in a plan."""
        return np.asarray(plan.owner[self.units] == self.reps)

    def plan(self, values: npt.ArrayLike) -> Plan:
        """Return the plan of a solution given as the values of the model's variables."""
        chosen = np.asarray(values)[: len(self.units)] > 0
        owner = np.full(len(self.possible), NOBODY, dtype=np.int32)
        owner[self.units[chosen]] = self.reps[chosen]
        return Plan(owner)
