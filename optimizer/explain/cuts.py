"""Regions that the reps who may have them cannot absorb, and reps whose whole reach cannot fill them: minimum cuts."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from optimizer.explain.facts import Facts
from optimizer.explain.wording import ints, load_conflict, said
from optimizer.problem import BoolArray, LoadArray
from optimizer.result import Reason

MOST_PAIRS = 2_000_000
"""Largest number of pairs, kinds of blocks by reps, for which flows are quick."""
LARGEST = 1_000_000_000
"""Largest sum of capacities; scipy's flows have 32 bits."""


def check_cuts(facts: Facts) -> Iterator[Reason]:
    """Yield at most two proofs a measure: units too much for all who may have them, reps too many for their reach.

    One measure at a time, units cut into pieces, the condition is exact. A first flow gives every unit to reps with
    room, a second fills every rep; where either fails its minimum cut names the region and the reps (Hall 1935; Ford,
    Fulkerson 1956).
    """
    if facts.fits.all():
        return
    rows, kind = np.unique(np.packbits(facts.fits, axis=1), axis=0, return_inverse=True)
    fits = np.unpackbits(rows, axis=1, count=facts.problem.n_reps).astype(np.bool_)
    if fits.sum() > MOST_PAIRS:
        return
    for measure in range(len(facts.problem.measures)):
        load = np.zeros(len(fits), dtype=np.int64)
        np.add.at(load, kind.ravel(), facts.load[measure])
        high, low = facts.ranges.high[measure], facts.ranges.low[measure]
        yield from _overfull(facts, measure, _stuck(load, fits, high)[kind.ravel()])
        yield from _starved(facts, measure, _stuck(low, np.ascontiguousarray(fits.T), load))


def _overfull(facts: Facts, measure: int, blocks: BoolArray) -> Iterator[Reason]:
    reps = facts.fits[blocks].any(axis=0)
    load, most = int(facts.load[measure, blocks].sum()), int(facts.ranges.high[measure, reps].sum())
    if load <= most:
        return
    who = "only this rep" if reps.sum() == 1 else f"only these {int(reps.sum())} reps"
    lack = said(facts, measure, load - most)
    text = (
        f"{who} may have any of these units, which sum to {{load}}; at most {{limit}} is allowed together, {lack} less"
    )
    named = ints(np.flatnonzero((blocks & (facts.load[measure] > 0))[facts.blocks.block_of]))
    rule = facts.ranges.high_rule(measure, int(reps.argmax()))
    yield load_conflict(facts, rule, measure, (load, most), text, units=named, reps=np.flatnonzero(reps))


def _starved(facts: Facts, measure: int, reps: BoolArray) -> Iterator[Reason]:
    blocks = facts.fits[:, reps].any(axis=1)
    load, least = int(facts.load[measure, blocks].sum()), int(facts.ranges.low[measure, reps].sum())
    if load >= least:
        return
    who = "this rep" if reps.sum() == 1 else f"these {int(reps.sum())} reps"
    lack = said(facts, measure, least - load)
    text = f"all units that {who} may have sum to {{load}}, together {{limit}} is needed, {lack} more"
    rule = facts.ranges.low_rule(measure, int(reps.argmax()))
    yield load_conflict(facts, rule, measure, (load, least), text, reps=np.flatnonzero(reps))


def _stuck(given: LoadArray, fits: BoolArray, room: LoadArray) -> BoolArray:
    """Return the rows that cannot pass all they have to columns with room, as the minimum cut next to the source."""
    n, k = fits.shape
    step = max(1, -(-int(max(given.sum(), room.sum())) // LARGEST))
    passed, taken = given // step, np.minimum(-(-room // step), LARGEST)
    rows, columns = np.nonzero(fits)
    source, sink = n + k, n + k + 1
    starts = np.concatenate([np.full(n, source), rows, n + np.arange(k)])
    ends = np.concatenate([np.arange(n), n + columns, np.full(k, sink)])
    capacity = np.concatenate([passed, np.full(len(rows), LARGEST), taken]).astype(np.int32)
    network = csr_array(coo_array((capacity, (starts, ends)), shape=(n + k + 2, n + k + 2)))
    flow = maximum_flow(network, source, sink)
    if flow.flow_value == int(passed.sum()):
        return np.zeros(n, dtype=np.bool_)
    left = csr_array(network - flow.flow)
    left.data = np.maximum(left.data, 0)
    left.eliminate_zeros()
    reached = np.zeros(n + k + 2, dtype=np.bool_)
    reached[breadth_first_order(left, source, return_predecessors=False)] = True
    return reached[:n]
