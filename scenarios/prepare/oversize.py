"""Units heavier than a territory: named, and split where the scenario says so."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from optimizer.problem import BoolArray, FloatArray, LoadArray, LoadLimit
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import amount, named

LARGEST_SHARE = {"split": 0.25, "share": 0.1}
"""Largest part of an oversize unit, as a share of the mean target. A split unit has parts small enough that a territory
can hold some and still fill up with whole neighbours, and few of them; a shared one has fine steps."""


@dataclass(frozen=True, eq=False)
class Parts:
    """The units of the Problem behind each row.

    Attributes
    ----------
    row_of : (n_units,) int32
    share : (n_units,) float64
        Share of the row; equal within a row and adding to 1. The units of a row follow each other.
    """

    row_of: IntArray
    share: FloatArray

    def spread(self, rows: IntArray) -> tuple[IntArray, npt.NDArray[np.int64]]:
        """Return the units behind rows, and the position in `rows` that each one comes from."""
        count = np.bincount(self.row_of)
        first = np.cumsum(count) - count
        source = np.repeat(np.arange(len(rows)), count[rows])
        number = np.arange(len(source)) - np.repeat(np.cumsum(count[rows]) - count[rows], count[rows])
        return (first[rows[source]] + number).astype(np.int32), source


def heaviness(load: LoadArray, target: FloatArray, limits: tuple[LoadLimit, ...]) -> tuple[FloatArray, BoolArray]:
    """Measure units in territories.

    Parameters
    ----------
    load : (n_measures, n_rows) int64
    target : (n_measures, n_seats) float64
    limits : tuple of LoadLimit

    Returns
    -------
    territories : (n_measures, n_rows) float64
        Loads as multiples of the mean target.
    oversize : (n_measures, n_rows) bool
        Loads above the largest allowed of any territory; above the mean target where nothing limits them.
    """
    mean = target.mean(axis=1)
    most = np.full(target.shape, np.inf)
    for limit in limits:
        # A limit at the total says nothing.
        high = np.where(limit.high < load[limit.measure].sum(), limit.high, np.inf)
        most[limit.measure] = np.minimum(most[limit.measure], high)
    largest = most.max(axis=1)
    largest = np.where(np.isfinite(largest), largest, mean)
    territories = load / np.where(mean > 0, mean, np.inf)[:, None]
    return territories, load > np.ceil(largest)[:, None]


def divide_anyway(
    oversize: BoolArray, territories: FloatArray, wanted: Sequence[str], table: UnitTable
) -> tuple[Finding, ...]:
    """Mark the units of `limits.split_units` as oversize, in place; return a warning for each that is not there."""
    row_of = {unit: row for row, unit in enumerate(table.ids)}
    rows = np.array([row_of[unit] for unit in wanted if unit in row_of], dtype=np.int64)
    oversize[territories[:, rows].argmax(axis=0), rows] = True
    place, hint = "limits.split_units", "Maybe correct the id."
    unknown = [unit for unit in wanted if unit not in row_of]
    return tuple(
        Finding(Level.WARNING, "unknown-unit", f"There is no unit {unit}.", hint, field=place, value=unit)
        for unit in unknown
    )


def whole(n_rows: int) -> Parts:
    """Return every row as one unit."""
    return Parts(np.arange(n_rows, dtype=np.int32), np.ones(n_rows))


def split(territories: FloatArray, oversize: BoolArray, n_seats: int, largest: float) -> Parts:
    """Cut oversize rows into equal parts of at most `largest`, a share of a mean target, on every measure.

    The number of parts has no prime factors but 2 and 5, so that shares are short decimals: 16 parts of 0.0625.
    """
    # Only targets that miss the total could call a unit more territories than there are.
    heaviest = np.minimum(territories.max(axis=0), n_seats)
    needed = np.where(oversize.any(axis=0), np.ceil(heaviest / largest - 1e-9), 1.0)
    parts = np.array([_round_number(int(n)) for n in needed], dtype=np.int64)
    row_of = np.repeat(np.arange(len(parts), dtype=np.int32), parts)
    return Parts(row_of, 1.0 / parts[row_of])


def oversize_findings(
    territories: FloatArray, oversize: BoolArray, names: tuple[str, ...], table: UnitTable, parts: Parts, mode: str
) -> tuple[Finding, ...]:
    """Return a warning for each unit that outweighs a territory, a note for each that was split or is shared."""
    pieces = np.bincount(parts.row_of, minlength=len(table))
    findings = []
    for row in np.flatnonzero(oversize.any(axis=0)):
        heavy = [f"{amount(territories[m, row])} territories of {names[m]}" for m in np.flatnonzero(oversize[:, row])]
        name = named(table.ids[row], table.units["name"].iloc[row])
        message = f"{name} is {' and '.join(heavy)}"
        file, file_row = table.file_of(int(row)), int(table.file_row[row])
        if pieces[row] > 1:
            code, done = _DONE[mode]
            text = f"{message}; {done.replace('{parts}', str(pieces[row]))}."
            findings.append(Finding(Level.NOTE, code, text, "", file, file_row, value=table.ids[row]))
        else:
            hint = "Maybe set limits.oversize to split or share, or give finer units."
            text = f"{message}, more than one territory should hold."
            findings.append(Finding(Level.WARNING, "oversize-unit", text, hint, file, file_row, value=table.ids[row]))
    return tuple(findings)


_DONE = {
    "split": ("unit-split", "it was split into {parts} equal parts"),
    "share": ("unit-shared", "several reps may own it together, in steps of one part in {parts}"),
}


def _round_number(at_least: int) -> int:
    number = at_least
    while not _is_round(number):
        number += 1
    return number


def _is_round(number: int) -> bool:
    for prime in (2, 5):
        while number % prime == 0:
            number //= prime
    return number == 1
