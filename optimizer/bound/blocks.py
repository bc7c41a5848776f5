"""Units that move as one: the groups kept together, and every other unit by itself."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from optimizer.graph import Graph, IntArray
from optimizer.problem import Contiguity, Problem

NO_PART = -1
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


def connections(problem: Problem, blocks: Blocks) -> tuple[Graph, IntArray]:
    """Return the links between blocks and the part of each, in which those of one territory hang together.

    Where a block has units of several parts, or some that need not hang together, no part is told: there may be ways
    through it.

    Returns
    -------
    graph : Graph
    part : (n_blocks,) int32
        From 0 on, or NO_PART.
    """
    required = problem.contiguity == Contiguity.REQUIRED
    _, number = np.unique(problem.part, return_inverse=True)
    part = np.where(required, number, NO_PART).astype(np.int32)
    part_of_block = part[blocks.units[blocks.start[:-1]]]
    a, b = problem.graph.links()
    if (part != part_of_block[blocks.block_of]).any():
        return Graph.from_links(blocks.n_blocks, [], []), np.full(blocks.n_blocks, NO_PART, dtype=np.int32)
    inside = (part[a] == part[b]) & (part[a] != NO_PART)
    return Graph.from_links(blocks.n_blocks, blocks.block_of[a[inside]], blocks.block_of[b[inside]]), part_of_block
