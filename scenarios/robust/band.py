"""The band of one measure under a plan: who holds what share of which unit, and how loads follow drawn amounts."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from geodata.findings import Finding, InputError, Level
from optimizer.graph import IntArray
from optimizer.plan import Plan
from optimizer.problem import BoolArray, FloatArray
from scenarios.case import Case
from scenarios.near_names import maybe

ROUNDING = 1e-9
"""Share by which a band is widened, as it is for the solver."""


@dataclass(frozen=True, eq=False)
class Band:
    """One measure of a plan, unit by unit.

    Attributes
    ----------
    amount : (n_rows,) float64
        The measure of each row of the units, in the customer's unit.
    row, seat : (n_parts,) int32
        What each seat holds, sorted by seat.
    share : (n_parts,) float64
        Share of the row that the seat holds.
    target : (n_seats,) float64
        In the customer's unit.
    scales : bool
        Whether targets follow the total (`capacity`, `equal`) or stay (a column of the reps).
    tolerance : float
    """

    amount: FloatArray
    row: IntArray
    seat: IntArray
    share: FloatArray
    target: FloatArray
    scales: bool
    tolerance: float

    @property
    def n_seats(self) -> int:
        """Number of territories."""
        return len(self.target)

    @property
    def total(self) -> float:
        """The measure of all units."""
        return float(self.amount.sum())

    @property
    def load(self) -> FloatArray:
        """Load of each seat, (n_seats,) float64."""
        return self.of(self.amount)

    def of(self, weight: FloatArray) -> FloatArray:
        """Return each seat's sum of share x weight over its rows, (n_seats,) float64."""
        return np.asarray(np.bincount(self.seat, weight[self.row] * self.share, self.n_seats), dtype=np.float64)

    def ratios(self, factors: Iterable[FloatArray]) -> FloatArray:
        """Return load / target of each seat in each draw, (n_draws, n_seats) float64.

        Targets that follow the total follow the drawn total: when everything is off alike nothing is out of band.
        """
        held, starts = np.unique(self.seat, return_index=True)
        blocks = []
        for factor in factors:
            parts = factor[:, self.row] * (self.amount[self.row] * self.share)
            load = np.zeros((len(factor), self.n_seats))
            load[:, held] = np.add.reduceat(parts, starts, axis=1)
            growth = (factor @ self.amount) / self.total if self.scales else np.ones(len(factor))
            blocks.append(load / (self.target * growth[:, None]))
        return np.concatenate(blocks)

    def in_band(self, ratio: FloatArray) -> BoolArray:
        """Return whether load / target keeps the band."""
        return np.asarray(np.abs(ratio - 1.0) <= self.tolerance + ROUNDING)


def band_of(case: Case, plan: Plan, measure: str) -> Band:
    """Return the band of a measure; raises InputError where it has no tolerance or nothing to balance."""
    _check(case, measure)
    at = case.problem.measures.index(measure)
    wanted = case.scenario.measures[measure]
    owned = np.flatnonzero(plan.owner >= 0)
    key = plan.owner[owned].astype(np.int64) * len(case.units) + case.row_of[owned]
    keys, inverse = np.unique(key, return_inverse=True)
    return Band(
        amount=case.amounts[at],
        row=(keys % len(case.units)).astype(np.int32),
        seat=(keys // len(case.units)).astype(np.int32),
        share=np.asarray(np.bincount(inverse, case.share[owned]), dtype=np.float64),
        target=case.problem.target[at] / case.problem.load_per_amount[at],
        scales=wanted.target in ("capacity", "equal"),
        tolerance=float(wanted.tolerance or 0.0),
    )


def _check(case: Case, measure: str) -> None:
    measures = case.scenario.measures
    if measure not in measures:
        message, hint = f"There is no measure {measure}.", maybe(measure, list(measures))
        raise InputError([Finding(Level.ERROR, "unknown-measure", message, hint, value=measure)])
    at = case.problem.measures.index(measure)
    if measures[measure].tolerance is None or not (case.problem.target[at] > 0).all():
        message = f"{measure} has no tolerance, or a territory has no target of it, so there is no band to stay in."
        hint = f"Maybe add measures.{measure}.tolerance, or name another measure."
        raise InputError([Finding(Level.ERROR, "no-band", message, hint, field=f"measures.{measure}")])
