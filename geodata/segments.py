"""Neighbours among units that are geography x segment, also where a segment is sparse.

Every geography without a unit of the segment is given to the nearest one that has, counted in links; units are then
neighbours where these enlarged cells touch. Merging connected cells keeps a planar graph planar, so a sparse segment
gets a map of its own instead of a tangle of long links.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.arrays import IntArray

_NONE = -1

IndexArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class UnitLinks:
    """Neighbours among units, each pair once, ordered by a and then b.

    Attributes
    ----------
    a, b : (n_links,) int32
        Units, a < b.
    kind : (n_links,) str
        "border" where the two geographies are linked or the same; "across" where geographies without a unit of the
        segment lie between.
    """

    a: IntArray
    b: IntArray
    kind: npt.NDArray[np.str_]


def segment_links(
    n_geographies: int, a: npt.ArrayLike, b: npt.ArrayLike, geography: npt.ArrayLike, segment: npt.ArrayLike
) -> UnitLinks:
    """Lift links between geographies to units.

    Parameters
    ----------
    n_geographies : int
        Number of geographies.
    a, b : (n_links,) int
        Geographies at the two ends of each link.
    geography : (n_units,) int
        Geography of each unit; -1 for units that have none (named accounts) and so no neighbours.
    segment : (n_units,) int
        Segment of each unit; units of different segments are never linked.
    """
    ends = np.stack([np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)])
    of_unit = np.asarray(geography, dtype=np.int64)
    in_segment = np.asarray(segment, dtype=np.int64)
    found = []
    for name in np.unique(in_segment[of_unit >= 0]):
        units = np.flatnonzero((in_segment == name) & (of_unit >= 0)).astype(np.int64)
        found.append(_links_of_one(n_geographies, ends, units, of_unit))
    table = np.concatenate([np.empty((0, 3), dtype=np.int64), *found])
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    kind = np.where(table[:, 2] == 1, "border", "across")
    return UnitLinks(table[:, 0].astype(np.int32), table[:, 1].astype(np.int32), kind)


def _links_of_one(n: int, ends: IndexArray, units: IndexArray, of_unit: IndexArray) -> IndexArray:
    """Return a, b and whether it is a border for the units of one segment."""
    holder = _enlarged(n, ends, np.unique(of_unit[units]))
    low, high = np.sort(holder[ends], axis=0)
    apart = (low >= 0) & (low != high)
    touching = np.unique(low[apart] * n + high[apart])
    near = np.sort(ends, axis=0)
    is_border = np.isin(touching, near[0] * n + near[1])
    members = _members(units, of_unit)
    rows = [
        (min(i, j), max(i, j), int(border))
        for key, border in zip(touching.tolist(), is_border.tolist(), strict=True)
        for i in members[key // n]
        for j in members[key % n]
    ]
    rows += [(i, j, 1) for group in members.values() for k, i in enumerate(group) for j in group[k + 1 :]]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _enlarged(n: int, ends: IndexArray, holders: IndexArray) -> IndexArray:
    """Return the holder nearest to each geography, the lowest among equally near ones; -1 out of reach."""
    owner = np.full(n, _NONE, dtype=np.int64)
    owner[holders] = holders
    start, end = np.concatenate([ends, ends[::-1]], axis=1)
    while True:
        step = (owner[start] >= 0) & (owner[end] == _NONE)
        if not step.any():
            return owner
        reached = np.full(n, n, dtype=np.int64)
        np.minimum.at(reached, end[step], owner[start[step]])
        owner = np.where(reached < n, reached, owner)


def _members(units: IndexArray, of_unit: IndexArray) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for unit in units.tolist():
        members.setdefault(int(of_unit[unit]), []).append(unit)
    return members
