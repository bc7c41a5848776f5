"""Units that move as one: the groups kept together, and every other unit by itself."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from optimizer.graph import IntArray
from optimizer.problem import Problem

Number = TypeVar("Number", np.float32, np.float64)


@dataclass(frozen=True, eq=False)
class Blocks:
    """A partition of the units into blocks, numbered by their first unit.

    Attributes
    ----------
    start : (n_blocks + 1,) int32
        Where each block's units start in `units`.
    units : (n_units,) int32
        Units by block, ascending within a block.
    block_of : (n_units,) int32
        Block of each unit.
    """

    start: IntArray
    units: IntArray
    block_of: IntArray

    @property
    def n_blocks(self) -> int:
        """Number of blocks."""
        return len(self.start) - 1

    def sum_rows(self, rows: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """Add up the rows (one a unit) of each block, (n_blocks, ...)."""
        if self.n_blocks == len(self.units):
            return rows
        return np.asarray(np.add.reduceat(rows[self.units], self.start[:-1], axis=0))


def blocks_of(problem: Problem) -> Blocks:
    """Return the blocks of a problem: one for each `together` group and one for every other unit."""
    first = np.arange(problem.n_units, dtype=np.int32)
    for group in problem.together:
        first[group] = group.min()
    _, block_of = np.unique(first, return_inverse=True)
    units = np.argsort(block_of, kind="stable").astype(np.int32)
    start = np.zeros(int(block_of.max()) + 2, dtype=np.int32)
    np.cumsum(np.bincount(block_of), out=start[1:])
    return Blocks(start, units, block_of.astype(np.int32))
