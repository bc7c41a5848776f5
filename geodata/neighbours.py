"""Which polygons touch, and along how many kilometres of border.

Two polygons are linked by their intersection: lines of it are shared border; slivers where rough borders overlap
count with half their outline. Borders that miss each other by less than `NOISE_M` are found in a second step, only for
pairs that the first one left without a border. Everything happens in longitude and latitude, where edges are as
straight as they were drawn; lengths are measured on the sphere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely

from geodata.arrays import FloatArray, GeometryArray, IntArray
from geodata.findings import Finding, Level
from geodata.sphere import EARTH_RADIUS_M, area_km2, length_km

Rule = Literal["rook", "queen"]

NOISE_M = 1.0
"""Gap or overlap between two borders that still counts as one border."""
LARGEST_OVERLAP = 0.01
"""Share of the smaller polygon that an overlap may cover without a finding."""

_NOISE_DEG = np.degrees(NOISE_M / EARTH_RADIUS_M)
_SHORTEST_BORDER_KM = 1e-5
"""Below this an exactly shared line is a point that rounding drew out."""
_SHORTEST_NOISY_BORDER_KM = 0.02
"""Below this a border of slivers and gaps may be two corners that noise brought together."""


@dataclass(frozen=True, eq=False)
class Links:
    """Neighbours among geometries, each pair once, ordered by a and then b.

    Attributes
    ----------
    a, b : (n_links,) int32
        Indices of the two geometries, a < b.
    border_km : (n_links,) float64
        Length of the shared border on the sphere; 0 where they share points only.
    overlap_km2 : (n_links,) float64
        Area that both cover.
    """

    a: IntArray
    b: IntArray
    border_km: FloatArray
    overlap_km2: FloatArray


def polygon_links(geometries: GeometryArray, rule: Rule) -> Links:
    """Link polygons that share a border (rook) or at least a point (queen).

    Parameters
    ----------
    geometries : (n,) object
        Valid polygons in longitude and latitude, cut at the antimeridian; points and None have no neighbours.
    rule : "rook" or "queen"
        What makes two polygons neighbours.

    Notes
    -----
    Near-linear in the number of polygons for a map of normal shape: an STR-tree gives the pairs to measure.
    """
    places, owner = _with_far_side(geometries)
    left, right = _candidates(places, owner, len(geometries))
    border_km, overlap_km2 = _shared(places[left], places[right])
    links = _joined(owner[left], owner[right], border_km, overlap_km2, len(geometries))
    return links if rule == "queen" else _with_border(links)


def overlap_findings(links: Links, geometries: GeometryArray, ids: Sequence[str], label: str) -> tuple[Finding, ...]:
    """Return an `overlap` warning for each pair that shares more than `LARGEST_OVERLAP` of the smaller polygon."""
    area = area_km2(geometries)
    share = links.overlap_km2 / np.maximum(np.minimum(area[links.a], area[links.b]), 1e-12)
    return tuple(
        _overlap(ids[int(links.a[k])], ids[int(links.b[k])], int(links.b[k]) + 1, float(share[k]), label)
        for k in np.flatnonzero(share > LARGEST_OVERLAP)
    )


def _with_far_side(geometries: GeometryArray) -> tuple[GeometryArray, IntArray]:
    """Repeat what touches the antimeridian from the east a turn further on, where its western neighbours are."""
    places = np.array(geometries, dtype=object)
    places[shapely.get_dimensions(places) != 2] = None
    west = np.flatnonzero(shapely.bounds(places)[:, 0] <= -180.0 + _NOISE_DEG)
    turned = shapely.transform(places[west], lambda at: at + np.array([360.0, 0.0]))
    owner = np.concatenate([np.arange(len(places)), west]).astype(np.int32)
    return np.concatenate([places, turned]), owner


def _candidates(places: GeometryArray, owner: IntArray, n: int) -> tuple[IntArray, IntArray]:
    left, right = shapely.STRtree(places).query(places, predicate="dwithin", distance=_NOISE_DEG)
    once = (owner[left] < owner[right]) & ((left < n) | (right < n))
    return left[once], right[once]


def _shared(left: GeometryArray, right: GeometryArray) -> tuple[FloatArray, FloatArray]:
    """Measure border and overlap of each pair."""
    line_km, sliver_km, overlap_km2 = _measure(shapely.intersection(left, right))
    clear = (line_km >= _SHORTEST_BORDER_KM) | (sliver_km >= _SHORTEST_NOISY_BORDER_KM)
    border_km = np.where(clear, line_km + sliver_km, 0.0)
    noisy_km = _noisy_border_km(left[~clear], right[~clear])
    border_km[~clear] = np.where(noisy_km >= _SHORTEST_NOISY_BORDER_KM, noisy_km, 0.0)
    return border_km, overlap_km2


def _measure(shared: GeometryArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the length of the lines, half the outline of the areas and the areas of each geometry."""
    parts, owner = shapely.get_parts(shared, return_index=True)
    parts, inner = shapely.get_parts(parts, return_index=True)
    owner = owner[inner]
    dimension = shapely.get_dimensions(parts)
    lines, areas = dimension == 1, dimension == 2
    outline_km = length_km(shapely.get_exterior_ring(parts[areas]))
    return (
        _total(owner[lines], length_km(parts[lines]), len(shared)),
        _total(owner[areas], outline_km / 2.0, len(shared)),
        _total(owner[areas], area_km2(parts[areas]), len(shared)),
    )


def _noisy_border_km(left: GeometryArray, right: GeometryArray) -> FloatArray:
    """Measure the part of the left outline that runs within `NOISE_M` of the right one."""
    low = np.maximum(shapely.bounds(left)[:, :2], shapely.bounds(right)[:, :2]) - _NOISE_DEG
    high = np.minimum(shapely.bounds(left)[:, 2:], shapely.bounds(right)[:, 2:]) + _NOISE_DEG
    window = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    near = shapely.buffer(shapely.intersection(shapely.boundary(right), window), _NOISE_DEG)
    along = shapely.intersection(shapely.intersection(shapely.boundary(left), window), near)
    return _measure(along)[0]


def _joined(a: IntArray, b: IntArray, border_km: FloatArray, overlap_km2: FloatArray, n: int) -> Links:
    """Add up what the same two geometries share at several places."""
    keys, pair = np.unique(a.astype(np.int64) * n + b, return_inverse=True)
    return Links(
        (keys // max(n, 1)).astype(np.int32),
        (keys % max(n, 1)).astype(np.int32),
        _total(pair, border_km, len(keys)),
        _total(pair, overlap_km2, len(keys)),
    )


def _total(group: npt.NDArray[np.integer], amount: FloatArray, n: int) -> FloatArray:
    # bincount answers in integers where there is nothing to add.
    return np.bincount(group, weights=amount, minlength=n).astype(np.float64)


def _with_border(links: Links) -> Links:
    kept = links.border_km > 0.0
    return Links(links.a[kept], links.b[kept], links.border_km[kept], links.overlap_km2[kept])


def _overlap(first: str, second: str, row: int, share: float, label: str) -> Finding:
    message = f"The polygons of units {first} and {second} overlap by {share:.1%} of the smaller one."
    hint = "Maybe one of them is drawn twice or outdated."
    return Finding(Level.WARNING, "overlap", message, hint, label, row, "geometry", f"{first}, {second}")
