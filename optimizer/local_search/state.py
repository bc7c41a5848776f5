"""The arrays that the search kernels work on: what never changes, and the present plan with its running totals.

They are few arrays of records, because a kernel is compiled the faster the fewer arrays it gets, and because what is
looked up together should lie together.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Records = Any
"""Arrays of records; mypy knows no fields of theirs."""
Reals = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NONE = -1
"""No unit, block, rep or part."""

TREE_COLUMNS = 8
"""Columns of `tree_sums` after those of the measures."""

UNIT = np.dtype(
    [
        ("owner", np.int64),  # rep of the present plan
        ("mark", np.int64),  # scratch of searches
        ("links", np.int64),  # where the unit's neighbours start in `lists`; they end where the next unit's start
        ("block", np.int64),
        ("part", np.int64),  # contiguity part, or NONE
        ("required", np.int64),  # 1 where territories of the part must be connected
        ("next", np.int64),  # next unit of the same rep, or NONE
        ("previous", np.int64),
        ("x", np.float64),  # place on the unit sphere
        ("y", np.float64),
        ("z", np.float64),
        ("center_weight", np.float64),
        ("km_price", np.float64),  # value of a km to the center of its territory
        ("current", np.int64),  # today's rep, or below 0
        ("apart", np.int64),  # where the unit's apart groups start in `lists`
        ("homes", np.int64),  # where the reps that count it as a home unit start in `lists`
        ("nth", np.int64),  # the i-th active unit stands in record i
        ("queue", np.int64),  # scratch: the i-th unit of a queue stands in record i
        ("parent", np.int64),  # scratch: place of a unit's parent in a spanning tree
        ("tree_unit", np.int64),  # scratch: unit at the i-th place of a spanning tree
        ("tree_parent", np.int64),  # scratch: place of its parent
        ("tree_side", np.int64),  # scratch: 1 below the cut, 0 above
    ]
)
BLOCK = np.dtype([("units", np.int64), ("near", np.int64)])
"""Where a block's units, and the reps proposed to a block without neighbours, start in `lists`."""
REP = np.dtype(
    [
        ("size", np.int64),  # units owned
        ("first", np.int64),  # head of the list of its units
        ("mark", np.int64),  # scratch of searches
        ("queue", np.int64),
        ("home_count", np.int64),  # home units owned
        ("centered", np.int64),  # 1 where distances to the territory's own center matter
        ("travels", np.int64),  # 1 where they count in the value
        ("reach_km", np.float64),  # hard limit on them
        ("x", np.float64),  # sum of center_weight x place
        ("y", np.float64),
        ("z", np.float64),
        ("center_cost", np.float64),
        ("center_x", np.float64),  # direction of the center
        ("center_y", np.float64),
        ("center_z", np.float64),
        ("pull_x", np.float64),  # what the distances to the center gain when it moves, in value a unit of the sphere
        ("pull_y", np.float64),
        ("pull_z", np.float64),
        ("stiffness", np.float64),  # half of what that grows by when it moves
    ]
)
LIMIT = np.dtype(
    [
        ("load", np.float64),  # present load, in integer load units
        ("low", np.float64),
        ("high", np.float64),
        ("target", np.float64),
        ("aim", np.float64),  # deviation that the balance goal ignores
        ("slope", np.float64),  # value of a load unit beyond it
        ("low_price", np.float64),  # penalty of a load unit below low
        ("high_price", np.float64),
        ("charge", np.float64),  # load units that missing anything counts beyond the miss itself
        ("blur", np.float64),  # miss at which half of the charge is due
        ("curve", np.float64),  # by what share a load unit missed makes a miss dearer
    ]
)
BUDGET = np.dtype([("limit", np.float64), ("price", np.float64), ("used", np.float64)])
COMMON = np.dtype(
    [
        ("random", np.uint64),  # state of the generator
        ("stamp", np.int64),  # last mark given
        ("active", np.int64),  # how many units moves are proposed for
        ("broken", np.int64),  # structural rules broken
        ("piece_price", np.float64),  # of an excess piece where contiguity is preferred
        ("far_price", np.float64),  # of a km beyond a rep's reach
    ]
)


class SearchState(NamedTuple):
    """Everything a kernel needs.

    A block moves as one (see `blocks`). Links join units of one contiguity part only. Costs and prices are in units
    of the value, loads in integer load units. `units`, `blocks` end with one record more, where the last lists end.

    Attributes
    ----------
    units : (n_units + 1,) UNIT
    blocks : (n_blocks + 1,) BLOCK
    reps : (n_reps,) REP
    limits : (n_reps, n_measures) LIMIT
    budgets : (n_budgets,) BUDGET
    common : (1,) COMMON
    lists : (n,) int64
    block_load : (n_blocks, n_measures)
    cost, allowed : (n_blocks, n_reps)
    pieces : (n_reps, n_parts) connected pieces of each territory
    budget_weight : (n_units, n_budgets)
    apart_count : (n_groups, n_reps) units of an apart group that each rep owns
    tree_sums : (n_units, n_measures + 8) scratch: sums over the subtree below each place of a spanning tree
    """

    units: Records
    blocks: Records
    reps: Records
    limits: Records
    budgets: Records
    common: Records
    lists: Ints
    block_load: Reals
    cost: Singles
    allowed: Flags
    pieces: Ints
    budget_weight: Reals
    apart_count: Ints
    tree_sums: Reals
