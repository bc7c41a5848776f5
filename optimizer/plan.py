"""A full assignment of units to reps."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.graph import IntArray


@dataclass(frozen=True, eq=False)
class Plan:
    """Which rep owns each unit.

    Attributes
    ----------
    owner : (n_units,) int32
        Rep index of each unit, or NOBODY in an unfinished hand-made plan.
    """

    owner: IntArray

    def __post_init__(self) -> None:
        """Take a read-only copy."""
        owner = np.array(self.owner, dtype=np.int32)
        owner.flags.writeable = False
        object.__setattr__(self, "owner", owner)

    def move(self, units: npt.ArrayLike, rep: int) -> "Plan":
        """Return a new plan in which `units` belong to `rep`."""
        owner = self.owner.copy()
        owner[np.asarray(units)] = rep
        return Plan(owner)

    def units_of(self, rep: int) -> IntArray:
        """Return the units of one rep, ascending."""
        return np.flatnonzero(self.owner == rep).astype(np.int32)
