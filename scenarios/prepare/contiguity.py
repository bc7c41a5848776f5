"""How each unit takes part in contiguity."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from optimizer.problem import Contiguity
from scenarios.near_names import maybe
from scenarios.prepare.unit_table import UnitTable


@dataclass(frozen=True, eq=False)
class UnitContiguity:
    """Contiguity of rows.

    Attributes
    ----------
    mode : (n_rows,) int8
        A `Contiguity`.
    part : (n_rows,) int32
        Segment, in the order met: a territory's units of one segment are connected among themselves.
    """

    mode: npt.NDArray[np.int8]
    part: IntArray

    def rows_by_part(self) -> list[IntArray]:
        """Return the rows of each part for which contiguity counts."""
        rows = np.flatnonzero(self.mode != Contiguity.OFF).astype(np.int32)
        return [rows[self.part[rows] == part] for part in np.unique(self.part[rows])]


def contiguity_of(wanted: str | Mapping[str, str], table: UnitTable) -> tuple[UnitContiguity, tuple[Finding, ...]]:
    """Return each unit's mode.

    Segments that a mapping does not name are required to be contiguous; named accounts are exempt.
    """
    codes, segments = pd.factorize(table.units["segment"])
    modes = [wanted if isinstance(wanted, str) else wanted.get(str(name), "required") for name in segments]
    of_segment = np.array([Contiguity[mode.upper()] for mode in modes], dtype=np.int8)
    found = () if isinstance(wanted, str) else _unknown_segments(wanted, [str(name) for name in segments])
    mode = np.where(table.on_map, of_segment[codes], Contiguity.OFF).astype(np.int8)
    return UnitContiguity(mode, codes.astype(np.int32)), found


def _unknown_segments(wanted: Mapping[str, str], segments: list[str]) -> tuple[Finding, ...]:
    known = [name for name in segments if name]
    return tuple(
        Finding(
            Level.ERROR,
            "unknown-segment",
            f"No unit is of the segment {name}.",
            maybe(name, known) if known else "Maybe name the column in units.segment.",
            field=f"limits.contiguity.{name}",
            value=name,
        )
        for name in wanted
        if name not in known
    )
