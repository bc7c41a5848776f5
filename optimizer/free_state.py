"""What the search for free centres keeps beside the search state: how a center pulls, and room for a spanning tree."""

from typing import NamedTuple

import numpy as np

from optimizer.local_search_state import Ints, Reals, Records, SearchState

PULL = np.dtype(
    [
        ("length", np.float64),  # of the rep's moment; almost its weight
        ("x", np.float64),  # direction of the center
        ("y", np.float64),
        ("z", np.float64),
        ("dx", np.float64),  # what the center's distances add to the value for a step of the center
        ("dy", np.float64),
        ("dz", np.float64),
    ]
)
NODE = np.dtype(
    [
        ("unit", np.int64),
        ("parent", np.int64),  # node; a parent stands before its children
        ("below", np.bool_),  # in the subtree that is cut off
        ("only_first", np.int64),  # units of the subtree that only the first rep may own
        ("only_second", np.int64),
        ("weight", np.float64),  # sums over the subtree: center_weight and its moment
        ("x", np.float64),
        ("y", np.float64),
        ("z", np.float64),
        ("cost", np.float64),  # of the second rep less the first rep's
    ],
    align=True,
)
SIDE = np.dtype([("weight", np.float64), ("x", np.float64), ("y", np.float64), ("z", np.float64)])


class FreeState(NamedTuple):
    """Scratch and figures of one search.

    Attributes
    ----------
    pulls : (n_reps,) PULL
    nodes : (n_units,) NODE
        The spanning tree of two territories.
    load : (n_units, n_measures)
        Loads of the subtrees.
    rest : (2, n_measures)
        Loads of the two reps outside the tree.
    sides : (2,) SIDE
        Weights and moments of the two reps outside the tree.
    frontier : (n_links, 2)
        Node and unit of every link out of the growing tree.
    """

    pulls: Records
    nodes: Records
    load: Reals
    rest: Reals
    sides: Records
    frontier: Ints


def free_state(state: SearchState) -> FreeState:
    """Return scratch for a search state."""
    n, measures = len(state.units) - 1, state.limits.shape[1]
    links = int(state.units["links"][-1] - state.units["links"][0])
    return FreeState(
        pulls=np.zeros(len(state.reps), dtype=PULL),
        nodes=np.zeros(n, dtype=NODE),
        load=np.zeros((n, measures)),
        rest=np.zeros((2, measures)),
        sides=np.zeros(2, dtype=SIDE),
        frontier=np.zeros((links + 1, 2), dtype=np.int64),
    )
