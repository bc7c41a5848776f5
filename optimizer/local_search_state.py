"""The arrays that the search kernels work on: what never changes, and the present plan with its running totals."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class SearchState(NamedTuple):
    """Everything a kernel needs; rep-major, because a move looks at few reps and all measures.

    A block moves as one (see `blocks`). A unit takes part in contiguity where `part` is not -1; only links between
    such units of one part are kept. Costs and prices are in units of the value, loads in integer load units.

    Attributes
    ----------
    indptr, indices : links as CSR
    block_start, block_units, block_of : the blocks
    part : (n_units,) contiguity part or -1
    part_required : (n_parts,) whether a part's territories must be connected
    load : (n_blocks, n_measures)
    cost, allowed : (n_blocks, n_reps)
    low, high, target, aim_load, balance_slope : (n_reps, n_measures)
    low_price, high_price : (n_reps, n_measures) penalty of one load unit below low or above high
    current : (n_units,) today's rep or below 0
    budget_weight : (n_budgets, n_units); budget_limit, budget_price : (n_budgets,) price of one unit beyond the limit
    apart_start, apart_group, group_start, group_units : the apart groups of each unit, and their units
    home_start, home_rep, has_home_rule : reps that count each unit as a home unit
    xyz, center_weight : places on the unit sphere and their weights in the territory's center
    km_price : (n_units,) value of one km to the center; centered : (n_reps,) travel is measured to the center
    travels : (n_reps,) the center's distances count in the value; reach_km : (n_reps,); far_price : (1,) price of a km beyond
    near_start, near_rep : reps proposed to blocks without neighbours
    piece_price : (1,) price of an excess piece where contiguity is preferred
    owner, rep_load, size : the plan, its loads, units of each rep
    first, next, previous : the units of each rep as a linked list
    pieces : (n_reps, n_parts) connected pieces
    budget_used, home_count, center_sum, center_cost : running totals; center_sum is (n_reps, 3)
    broken : (1,) structural rules broken
    mark, stamp, queue : scratch
    random : (1,) state of the generator; minus_log : table of -log(u)
    """

    indptr: Ints
    indices: Ints
    block_start: Ints
    block_units: Ints
    block_of: Ints
    part: Ints
    part_required: Flags
    load: Reals
    cost: Singles
    allowed: Flags
    low: Reals
    high: Reals
    target: Reals
    aim_load: Reals
    balance_slope: Reals
    low_price: Reals
    high_price: Reals
    current: Ints
    budget_weight: Reals
    budget_limit: Reals
    budget_price: Reals
    apart_start: Ints
    apart_group: Ints
    group_start: Ints
    group_units: Ints
    home_start: Ints
    home_rep: Ints
    has_home_rule: Flags
    xyz: Reals
    center_weight: Reals
    km_price: Reals
    centered: Flags
    travels: Flags
    reach_km: Reals
    far_price: Reals
    near_start: Ints
    near_rep: Ints
    piece_price: Reals
    owner: Ints
    rep_load: Reals
    size: Ints
    first: Ints
    next: Ints
    previous: Ints
    pieces: Ints
    budget_used: Reals
    home_count: Ints
    center_sum: Reals
    center_cost: Reals
    broken: Ints
    mark: Ints
    stamp: Ints
    queue: Ints
    random: npt.NDArray[np.uint64]
    minus_log: Reals
