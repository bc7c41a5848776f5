"""What the search for free centres keeps beside the search state: the pull of each center."""

from typing import NamedTuple

import numpy as np

from optimizer.local_search_state import Records

PULL = np.dtype(
    [
        ("length", np.float64),  # of the rep's moment; almost its weight
        ("x", np.float64),  # direction of the center
        ("y", np.float64),
        ("z", np.float64),
        ("dx", np.float64),  # what the distances to it add to the value for a step of the center
        ("dy", np.float64),
        ("dz", np.float64),
    ]
)


class FreeState(NamedTuple):
    """Figures of the free centres of a search state.

    Attributes
    ----------
    pulls : (n_reps,) PULL
    """

    pulls: Records


def free_state(n_reps: int) -> FreeState:
    """Return room for the figures."""
    return FreeState(pulls=np.zeros(n_reps, dtype=PULL))
