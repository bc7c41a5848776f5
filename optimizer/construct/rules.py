"""Structural rules of single reps and groups: homes, apart groups, and a unit for everybody."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from optimizer.construct.draft import Draft
from optimizer.problem import Problem

FORBIDDEN = 1e12
"""Cost of a pair that must not be chosen, in an assignment that needs finite costs."""


def seat_homes(problem: Problem, draft: Draft) -> None:
    """Give every rep with the home rule one of its home units, each block to one rep, at the least regret."""
    reps = [rep for rep in range(problem.n_reps) if len(problem.home_units[rep])]
    if not reps:
        return
    choices = [np.unique(draft.blocks.block_of[problem.home_units[rep]]) for rep in reps]
    blocks = np.unique(np.concatenate(choices))
    cost = np.full((len(reps), len(blocks)), FORBIDDEN)
    for row, (rep, options) in enumerate(zip(reps, choices, strict=True)):
        cost[row, np.searchsorted(blocks, options)] = draft.regret(rep)[options]
    _give_cheapest(draft, np.array(reps), blocks, cost)


def seat_apart_groups(problem: Problem, draft: Draft) -> None:
    """Give the blocks of each apart group that share a rep to different reps, at the least regret."""
    for group in problem.apart:
        if len(np.unique(draft.owner[group])) < len(group):
            blocks = np.unique(draft.blocks.block_of[group])
            _give_cheapest(draft, blocks, np.arange(problem.n_reps), draft.cost[blocks], rows_are_blocks=True)


def seat_empty_reps(draft: Draft) -> None:
    """Give every rep without units the block of least regret that leaves nobody else empty."""
    for rep in np.flatnonzero(draft.size == 0):
        regret = draft.regret(int(rep))
        first = draft.blocks.units[draft.blocks.start[:-1]]
        units = np.diff(draft.blocks.start)
        regret[(draft.size[draft.owner[first]] <= units) | _sole(draft)] = np.inf
        block = int(regret.argmin())
        if np.isfinite(regret[block]):
            draft.give(block, int(rep))
            draft.held[block] = True


def _sole(draft: Draft) -> npt.NDArray[np.bool_]:
    """Return the blocks that were placed for a rule."""
    return np.asarray(draft.held & (np.diff(draft.blocks.start) == 1))


def _give_cheapest(
    draft: Draft,
    rows: npt.NDArray[np.signedinteger],
    columns: npt.NDArray[np.signedinteger],
    cost: npt.NDArray[np.floating],
    *,
    rows_are_blocks: bool = False,
) -> None:
    """Match rows to columns at the least cost and give the blocks accordingly; forbidden pairs stay as they are."""
    finite = np.where(np.isfinite(cost), cost, FORBIDDEN)
    for row, column in zip(*linear_sum_assignment(finite), strict=True):
        if finite[row, column] < FORBIDDEN:
            rep, block = (columns[column], rows[row]) if rows_are_blocks else (rows[row], columns[column])
            draft.give(int(block), int(rep))
            draft.held[block] = True
