"""Pieces of a neighbour graph, and the shortest links over gaps that join them.

The links are a minimum spanning tree of the pieces, built in rounds in which every piece but the largest takes its
shortest gap (Boruvka's method): nothing shorter could join the same pieces.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geodata.arrays import FloatArray, GeometryArray, IntArray
from geodata.findings import Finding, Level
from geodata.plane import Plane
from geodata.sphere import paired_distance_km, to_xyz_m

_FIRST_REACH_M = 1000.0
_SLACK = 1.2
"""Gaps on the plane up to this much longer than the shortest are measured on the sphere."""
_NAMED_UNITS = 5


@dataclass(frozen=True, eq=False)
class Bridges:
    """Links over gaps.

    Attributes
    ----------
    a, b : (n_bridges,) int32
        The two units at the ends.
    gap_km : (n_bridges,) float64
        Distance between their borders or points.
    """

    a: IntArray
    b: IntArray
    gap_km: FloatArray


def pieces(n: int, a: npt.ArrayLike, b: npt.ArrayLike) -> IntArray:
    """Label the connected pieces of a graph of n units, (n,) int32, numbered from 0 by their first unit."""
    ends_a, ends_b = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
    root = np.arange(n)
    while True:
        low = np.minimum(root[ends_a], root[ends_b])
        before = root.copy()
        np.minimum.at(root, before[ends_a], low)
        np.minimum.at(root, before[ends_b], low)
        while not np.array_equal(root, root[root]):
            root = root[root]
        if np.array_equal(root, before):
            return np.unique(root, return_inverse=True)[1].astype(np.int32)


def nearest_bridges(geometries: GeometryArray, piece: IntArray) -> Bridges:
    """Return the fewest and shortest links that join all pieces.

    Parameters
    ----------
    geometries : (n,) object
        Polygons or points in longitude and latitude; units without one cannot be joined.
    piece : (n,) int32
        Piece of each unit, as `pieces` gives it.

    Returns
    -------
    Bridges
        Ordered by a and b; units as indices into `geometries`.
    """
    ground = _Ground.of(geometries)
    label = piece.copy()
    found: list[tuple[float, int, int]] = []
    while len(np.unique(label[ground.present])) > 1:
        for gap_km, a, b in sorted(_offers(ground, label).values()):
            if label[a] != label[b]:
                found.append((gap_km, a, b))
                label[label == label[b]] = label[a]
    return _bridges(sorted(found, key=lambda link: link[1:]))


def nearest_link_offers(geometries: GeometryArray, piece: IntArray) -> Bridges:
    """Return the shortest link of each piece but the largest to the rest, ordered by piece; `a` lies in the piece."""
    offers = _offers(_Ground.of(geometries), piece)
    inside = [(km, a, b) if piece[a] == k else (km, b, a) for k, (km, a, b) in sorted(offers.items())]
    return _bridges(inside)


def piece_findings(offers: Bridges, piece: IntArray, ids: Sequence[str], label: str) -> tuple[Finding, ...]:
    """Return an `isolated` (one unit) or `disconnected` (several) warning for each offered link."""
    links = zip(offers.a.tolist(), offers.b.tolist(), offers.gap_km.tolist(), strict=True)
    findings = []
    for a, b, km in links:
        members = [ids[i] for i in np.flatnonzero(piece == piece[a]).tolist()]
        findings.append(_cut_off(members, ids[a], ids[b], km, label))
    return tuple(findings)


@dataclass(frozen=True, eq=False)
class _Ground:
    """Geometries on a plane around them, with a tree to search them."""

    shapes: GeometryArray
    present: IntArray
    tree: shapely.STRtree
    plane: Plane

    @classmethod
    def of(cls, geometries: GeometryArray) -> "_Ground":
        present = np.flatnonzero(~(shapely.is_missing(geometries) | shapely.is_empty(geometries)))
        places = shapely.get_coordinates(geometries)
        plane = Plane.around(places[:, 0], places[:, 1])
        shapes: GeometryArray = shapely.transform(geometries, plane.project)
        return cls(shapes, present.astype(np.int32), shapely.STRtree(shapes), plane)


def _offers(ground: _Ground, label: IntArray) -> dict[int, tuple[float, int, int]]:
    """Return gap, a and b of the shortest link of each piece but the largest."""
    names, sizes = np.unique(label[ground.present], return_counts=True)
    largest = names[int(np.argmax(sizes))]
    return {int(k): _shortest(ground, label, int(k)) for k in names if k != largest}


def _shortest(ground: _Ground, label: IntArray, k: int) -> tuple[float, int, int]:
    a, b, gap_m = _near_pairs(ground, label, k)
    close = gap_m <= gap_m.min() * _SLACK + 1.0
    a, b = a[close], b[close]
    gap_km = np.round(_gap_km(ground, a, b), 6)
    low, high = np.minimum(a, b), np.maximum(a, b)
    best = np.lexsort((high, low, gap_km))[0]
    return float(gap_km[best]), int(low[best]), int(high[best])


def _near_pairs(ground: _Ground, label: IntArray, k: int) -> tuple[IntArray, IntArray, FloatArray]:
    """Pair units of piece k with units of other pieces, the nearest pair among them; distances on the plane."""
    own = ground.present[label[ground.present] == k]
    tree = shapely.STRtree(ground.shapes[own])
    left, bottom, right, top = shapely.total_bounds(ground.shapes[own])
    reach_m = _FIRST_REACH_M
    while True:
        window = shapely.box(left - reach_m, bottom - reach_m, right + reach_m, top + reach_m)
        around = np.sort(ground.tree.query(window))
        others = around[label[around] != k]
        (other, mine), gap_m = tree.query_nearest(ground.shapes[others], max_distance=reach_m, return_distance=True)
        if len(gap_m):
            return own[mine], others[other].astype(np.int32), gap_m
        reach_m *= 3.0


def _gap_km(ground: _Ground, a: IntArray, b: IntArray) -> FloatArray:
    ends_m = shapely.get_coordinates(shapely.shortest_line(ground.shapes[a], ground.shapes[b]))
    lonlat = ground.plane.unproject(ends_m)
    xyz_m = to_xyz_m(lonlat[:, 0], lonlat[:, 1])
    return paired_distance_km(xyz_m[0::2], xyz_m[1::2])


def _bridges(links: list[tuple[float, int, int]]) -> Bridges:
    return Bridges(
        np.array([a for _, a, _ in links], dtype=np.int32),
        np.array([b for _, _, b in links], dtype=np.int32),
        np.array([km for km, _, _ in links], dtype=np.float64),
    )


def _cut_off(members: list[str], a: str, b: str, gap_km: float, label: str) -> Finding:
    names = ", ".join(members[:_NAMED_UNITS])
    more = f" and {len(members) - _NAMED_UNITS} more" if len(members) > _NAMED_UNITS else ""
    what = f"Unit {names} has no neighbours" if len(members) == 1 else f"Units {names}{more} are cut off"
    message = f"{what}; the shortest link to the rest is {a} - {b}, {gap_km:.1f} km."
    hint = "Maybe add that link to neighbours.bridges, or set bridges: nearest."
    code = "isolated" if len(members) == 1 else "disconnected"
    return Finding(Level.WARNING, code, message, hint, label, value=f"{a}, {b}")
