"""Polygons as rings of shared arcs: a border between two cells is kept once, and one knows who lies on either side.

This is how TopoJSON keeps maps; here the arcs come out of arrays, without a loop over corners.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geodata.arrays import GeometryArray

LongArray = npt.NDArray[np.int64]
NONE = -1
"""In `_partners`: no other ring runs along this side."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """The borders of some polygons, on a grid.

    Attributes
    ----------
    corners : (n_corners, 2) int64
        Grid places of all arcs, one arc after the other; both its ends belong to each.
    sizes : (n_arcs,) int64
        Corners of each arc.
    steps : (n_steps,) int64
        Arcs of all rings in the order in which one walks them: 2 x arc, one more where it is walked backwards.
    ring_sizes : (n_rings,) int64
        Steps of each ring.
    cell_of_ring : (n_rings,) int64
        Polygon of each ring, ascending.
    """

    corners: LongArray
    sizes: LongArray
    steps: LongArray
    ring_sizes: LongArray
    cell_of_ring: LongArray


@dataclass(frozen=True, eq=False)
class _Sides:
    """The sides of all rings on the grid, ring after ring: side i runs from corner i to corner `after[i]`."""

    corner: LongArray
    key: LongArray
    ring: LongArray
    after: LongArray
    before: LongArray


def shared_arcs(polygons: GeometryArray, per_degree: int) -> Arcs:
    """Return the arcs of polygons and multipolygons whose neighbours have the same corners along their borders.

    Where two borders do not meet exactly, each stays an arc of its own. Rings that vanish on the grid are left out;
    outer rings run one way round and holes the other.
    """
    parts, cell_of_part = shapely.get_parts(shapely.orient_polygons(polygons), return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    sides, kept = _sides(rings, per_degree)
    if not len(sides.ring):
        none = np.zeros(0, dtype=np.int64)
        return Arcs(np.zeros((0, 2), dtype=np.int64), none, none, none, none)
    partner = _partners(sides)
    starts = _breaks(sides, partner)
    order, first = _walk(sides, starts)
    return _gathered(sides, partner, order, first, cell_of_part[part_of_ring][kept])


def _sides(rings: GeometryArray, per_degree: int) -> tuple[_Sides, LongArray]:
    """Return the sides of the rings that are left on the grid, and which rings these are."""
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    grid = np.round(xy * per_degree).astype(np.int64)
    # The last corner of a ring is its first one; corners that fall together on the grid are one.
    is_last = np.append(ring, -1)[1:] != ring
    use = ~is_last & (np.append(grid, grid[-1:] + 1, axis=0)[1:] != grid).any(axis=1)
    grid, ring = grid[use], ring[use]
    large = np.flatnonzero(np.bincount(ring, minlength=len(rings)) >= 3)
    use = np.isin(ring, large)
    grid, ring = grid[use], np.searchsorted(large, ring[use])
    index = np.arange(len(ring))
    start = np.searchsorted(ring, np.arange(len(large)))
    end = np.append(start, len(ring))[1:] - 1
    after, before = index + 1, index - 1
    after[end], before[start] = start, end
    corner = (grid[:, 0] << 32) + (grid[:, 1] & 0xFFFFFFFF)
    return _Sides(grid, corner, ring, after, before), large


def _partners(sides: _Sides) -> LongArray:
    """Return the side of another ring that runs along each one the other way, NONE where there is not exactly one."""
    here, there = sides.key, sides.key[sides.after]
    low, high = np.minimum(here, there), np.maximum(here, there)
    order = np.lexsort((high, low))
    low, high = low[order], high[order]
    new = np.append(True, (low[1:] != low[:-1]) | (high[1:] != high[:-1]))
    size = np.diff(np.append(np.flatnonzero(new), len(order)))
    pairs = np.flatnonzero(new)[size == 2]
    one, other = order[pairs], order[pairs + 1]
    opposite = (here[one] == there[other]) & (sides.ring[one] != sides.ring[other])
    partner = np.full(len(here), NONE, dtype=np.int64)
    partner[one[opposite]], partner[other[opposite]] = other[opposite], one[opposite]
    return partner


def _breaks(sides: _Sides, partner: LongArray) -> npt.NDArray[np.bool_]:
    """Return at which corners an arc begins: where the neighbour changes, and once in a ring where it never does."""
    last = partner[sides.before]
    goes_on = np.where(partner == NONE, last == NONE, (last != NONE) & (sides.after[partner] == last))
    begins: npt.NDArray[np.bool_] = ~goes_on
    whole = np.bincount(sides.ring, weights=begins) == 0
    # Both rings along such a border choose the same corner: the one with the smallest key.
    order = np.lexsort((sides.key, sides.ring))
    first = order[np.append(True, np.diff(sides.ring[order]) > 0)]
    begins[first[whole]] = True
    return begins


def _walk(sides: _Sides, begins: npt.NDArray[np.bool_]) -> tuple[LongArray, LongArray]:
    """Return all sides, each ring turned so that it begins with an arc, and where in this order the arcs begin."""
    n_rings = int(sides.ring[-1]) + 1 if len(sides.ring) else 0
    start = np.searchsorted(sides.ring, np.arange(n_rings))
    size = np.diff(np.append(start, len(sides.ring)))
    at = np.flatnonzero(begins)
    head = at[np.searchsorted(at, start)] - start
    place = np.arange(len(sides.ring)) - start[sides.ring]
    order = start[sides.ring] + (place + head[sides.ring]) % size[sides.ring]
    return order, np.flatnonzero(begins[order])


def _gathered(sides: _Sides, partner: LongArray, order: LongArray, first: LongArray, cells: LongArray) -> Arcs:
    """Return the arcs, numbered as they are walked first, and the walk over them as steps."""
    size = np.diff(np.append(first, len(order)))
    head = order[first]
    tail = order[first + size - 1]
    run_of_head = np.full(len(order), NONE, dtype=np.int64)
    run_of_head[head] = np.arange(len(head))
    # Walked the other way, an arc begins with the partner of its last side.
    twin = np.where(partner[tail] == NONE, NONE, run_of_head[partner[tail]])
    is_first = (twin == NONE) | (np.arange(len(head)) < twin)
    number = np.cumsum(is_first) - 1
    arc = np.where(is_first, number, number[np.maximum(twin, 0)])
    kept = np.flatnonzero(is_first)
    spans = size[kept]
    at = np.repeat(first[kept], spans) + _counting(spans)
    inner = sides.corner[order[at]]
    ends = np.cumsum(spans)
    corners = np.insert(inner, ends, sides.corner[sides.after[tail[kept]]], axis=0)
    ring_of_run = sides.ring[head]
    return Arcs(
        corners=corners,
        sizes=spans + 1,
        steps=2 * arc + ~is_first,
        ring_sizes=np.bincount(ring_of_run, minlength=len(cells)),
        cell_of_ring=cells,
    )


def _counting(sizes: LongArray) -> LongArray:
    """Return 0, 1, ... for each size, one after the other."""
    return np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
