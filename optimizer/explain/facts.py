"""What all checks look at: blocks, ranges, and the pairs that can be part of a plan at all."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optimizer.bound.blocks import Blocks, blocks_of
from optimizer.eligibility import allowed_pairs
from optimizer.explain.ranges import Ranges, ranges_of
from optimizer.graph import IntArray
from optimizer.problem import BoolArray, LoadArray, Problem

ROUNDS = 20
"""How often room is counted again after blocks were found to have one rep left."""


@dataclass(frozen=True, eq=False)
class Facts:
    """Consequences of a problem's rules that hold for every plan.

    Attributes
    ----------
    problem : Problem
    ranges : Ranges
    blocks : Blocks
        Units that move as one.
    load : (n_measures, n_blocks) int64
    allowed : (n_blocks, n_reps) bool
        Pairs that no rule on single pairs excludes.
    """

    problem: Problem
    ranges: Ranges
    blocks: Blocks
    load: LoadArray
    allowed: BoolArray

    @cached_property
    def light(self) -> BoolArray:
        """Allowed pairs whose block alone keeps the rep's high ends, (n_blocks, n_reps)."""
        return self.allowed & self._room(np.zeros_like(self.ranges.high))

    @cached_property
    def fits(self) -> BoolArray:
        """Light pairs that leave room for the blocks which only that rep can have, (n_blocks, n_reps)."""
        fits = self.light
        for _ in range(ROUNDS):
            narrower = fits & (self._room(self.held_load(fits)) | _only(fits)[:, None])
            if (narrower == fits).all():
                break
            fits = narrower
        return fits

    @cached_property
    def unit_fits(self) -> BoolArray:
        """`fits` for units, (n_units, n_reps)."""
        return self.fits[self.blocks.block_of]

    @cached_property
    def certain(self) -> IntArray:
        """The rep that must own each unit, or -1, (n_units,) int32."""
        rep = np.where(_only(self.fits), self.fits.argmax(axis=1), -1).astype(np.int32)
        return np.asarray(rep[self.blocks.block_of])

    def held(self, fits: BoolArray) -> tuple[IntArray, IntArray]:
        """Return the blocks that only one rep can have, and those reps."""
        blocks = np.flatnonzero(_only(fits)).astype(np.int32)
        return blocks, fits[blocks].argmax(axis=1).astype(np.int32)

    def held_load(self, fits: BoolArray) -> LoadArray:
        """Return what each rep must have for want of another, (n_measures, n_reps) int64."""
        load = np.zeros_like(self.ranges.high)
        blocks, reps = self.held(fits)
        for row, amounts in zip(load, self.load, strict=True):
            np.add.at(row, reps, amounts[blocks])
        return load

    def units(self, block: int) -> IntArray:
        """Return the units of a block."""
        return self.blocks.units[self.blocks.start[block] : self.blocks.start[block + 1]]

    def _room(self, taken: LoadArray) -> BoolArray:
        """Return the pairs whose block keeps the rep's high ends on top of what is taken."""
        room = np.ones(self.allowed.shape, dtype=np.bool_)
        for amounts, free in zip(self.load, self.ranges.high - taken, strict=True):
            room &= amounts[:, None] <= free[None, :]
        return room


def facts_of(problem: Problem) -> Facts:
    """Return the facts of a problem."""
    blocks = blocks_of(problem)
    first = blocks.units[blocks.start[:-1]]
    load = np.add.reduceat(problem.load[:, blocks.units], blocks.start[:-1], axis=1)
    return Facts(problem, ranges_of(problem), blocks, load, allowed_pairs(problem)[first])


def _only(fits: BoolArray) -> BoolArray:
    return np.asarray(fits.sum(axis=1) == 1)
