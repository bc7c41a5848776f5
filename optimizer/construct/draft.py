"""A plan under construction: owners that may still change, and blocks that must stay where they are."""

import numpy as np
import numpy.typing as npt

from optimizer.bound.blocks import Blocks
from optimizer.graph import IntArray
from optimizer.problem import FloatArray, Problem, SingleArray


class Draft:
    """Owners of all units, kept whole by block.

    Attributes
    ----------
    blocks : Blocks
    cost : (n_blocks, n_reps) float32
        Priced cost; infinity where a rule forbids the pair.
    owner : (n_units,) int32
        Present owner of each unit.
    held : (n_blocks,) bool
        Blocks that later steps leave alone: they have one open rep, several units, or were placed for a rule.
    load : (n_reps, n_measures) float64
        Present loads.
    """

    def __init__(self, problem: Problem, blocks: Blocks, cost: SingleArray, choice: npt.NDArray[np.int64]) -> None:
        self.blocks = blocks
        self.cost = cost
        self.owner: IntArray = choice[blocks.block_of].astype(np.int32)
        self.held = (np.isfinite(cost).sum(axis=1) == 1) | (np.diff(blocks.start) > 1)
        self.block_load = blocks.sum_rows(problem.load.T.astype(np.float64))
        self.size = np.bincount(self.owner, minlength=problem.n_reps)
        self.load = np.zeros((problem.n_reps, self.block_load.shape[1]))
        np.add.at(self.load, choice, self.block_load)

    def units(self, block: int) -> IntArray:
        """Return the units of a block."""
        return self.blocks.units[self.blocks.start[block] : self.blocks.start[block + 1]]

    def owner_of(self, block: int) -> int:
        """Return the rep of a block."""
        return int(self.owner[self.blocks.units[self.blocks.start[block]]])

    def give(self, block: int, rep: int) -> None:
        """Give one block to a rep."""
        before, units = self.owner_of(block), self.units(block)
        self.owner[units] = rep
        self.size[before] -= len(units)
        self.size[rep] += len(units)
        self.load[before] -= self.block_load[block]
        self.load[rep] += self.block_load[block]

    def regret(self, rep: int) -> FloatArray:
        """Return what giving each block to `rep` costs more than leaving it, (n_blocks,); infinity if forbidden."""
        first = self.blocks.units[self.blocks.start[:-1]]
        present = self.cost[np.arange(len(first)), self.owner[first]]
        with np.errstate(invalid="ignore"):
            more = self.cost[:, rep] - np.where(np.isfinite(present), present, 0.0)
        return np.asarray(more)
