"""The neighbour graph as compressed sparse rows, and the questions every rule asks of it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Graph:
    """Undirected neighbour graph of the units.

    Attributes
    ----------
    indptr : (n_units + 1,) int32
        Where each unit's neighbours start in `indices`.
    indices : (2 * n_links,) int32
        Neighbours, ascending within a unit; every link stands in both directions.
    """

    indptr: IntArray
    indices: IntArray

    @classmethod
    def from_links(cls, n_units: int, a: npt.ArrayLike, b: npt.ArrayLike) -> "Graph":
        """Build from link ends; repeated links and self-loops are dropped.

        Parameters
        ----------
        n_units : int
            Number of units.
        a, b : (n_links,) int
            Unit indices at the two ends of each link.
        """
        ends = np.stack([np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)])
        both = np.concatenate([ends, ends[::-1]], axis=1)
        both = both[:, both[0] != both[1]]
        keys = np.unique(both[0] * n_units + both[1])
        counts = np.bincount(keys // max(n_units, 1), minlength=n_units)
        indptr = np.zeros(n_units + 1, dtype=np.int32)
        np.cumsum(counts, out=indptr[1:])
        indices = (keys % max(n_units, 1)).astype(np.int32)
        indptr.flags.writeable = False
        indices.flags.writeable = False
        return cls(indptr, indices)

    @property
    def n_units(self) -> int:
        """Number of units."""
        return len(self.indptr) - 1

    def neighbours(self, unit: int) -> IntArray:
        """Return the neighbours of one unit, ascending."""
        return self.indices[self.indptr[unit] : self.indptr[unit + 1]]

    def links(self) -> tuple[IntArray, IntArray]:
        """Return every link once as two arrays a < b."""
        a = np.repeat(np.arange(self.n_units, dtype=np.int32), np.diff(self.indptr))
        once = a < self.indices
        return a[once], self.indices[once]
