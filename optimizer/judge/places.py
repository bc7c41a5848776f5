"""Where territories lie and whether they hang together."""

import numpy as np

from optimizer.graph import Graph, IntArray
from optimizer.problem import EARTH_RADIUS_M, WORKLOAD, BoolArray, Contiguity, FloatArray, Problem


def centers(problem: Problem, owner: IntArray) -> FloatArray:
    """Return each territory's workload-weighted centroid on the sphere.

    A territory without workload has its unweighted centroid, an empty one NaN.

    Returns
    -------
    (n_reps, 3) float64
        Metres, earth-centred.
    """
    k = problem.n_reps
    units = np.flatnonzero((owner >= 0) & (owner < k))
    owners = owner[units]
    workload = problem.load[WORKLOAD, units].astype(np.float64)
    weight = np.where(np.bincount(owners, workload, k)[owners] > 0, workload, 1.0)
    places = problem.xyz_m[units]
    total = np.stack([np.bincount(owners, weight * places[:, axis], k) for axis in range(3)], axis=1)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        return np.asarray(EARTH_RADIUS_M * total / length)


def great_circle_km(a_xyz_m: FloatArray, b_xyz_m: FloatArray) -> FloatArray:
    """Return the great-circle distance between rows of places on the sphere, in km."""
    half_chord = np.linalg.norm(a_xyz_m - b_xyz_m, axis=1) / (2.0 * EARTH_RADIUS_M)
    return np.asarray(2.0 * EARTH_RADIUS_M / 1000.0 * np.arcsin(np.minimum(half_chord, 1.0)))


def pieces(problem: Problem, owner: IntArray) -> IntArray:
    """Return the connected pieces of each territory: the largest count over its parts, exempt units left out."""
    taking_part = (problem.contiguity != Contiguity.OFF) & (owner >= 0) & (owner < problem.n_reps)
    root = piece_of(problem.graph, owner, problem.part, taking_part)
    heads = np.flatnonzero(root == np.arange(problem.n_units))
    heads = heads[taking_part[heads]]
    keys, counts = np.unique(np.stack([owner[heads], problem.part[heads]]), axis=1, return_counts=True)
    most = np.zeros(problem.n_reps, dtype=np.int32)
    np.maximum.at(most, keys[0], counts)
    return most


def piece_of(graph: Graph, owner: IntArray, part: IntArray, taking_part: BoolArray) -> IntArray:
    """Label each unit with the smallest unit of its connected piece.

    A piece is a maximal connected set of units that take part, with one owner and one part. Links hook larger labels
    to smaller ones and labels are halved along their paths until nothing changes (Shiloach and Vishkin 1982).

    Returns
    -------
    (n_units,) int32
        A unit that takes no part is its own label.
    """
    a, b = graph.links()
    inside = taking_part[a] & taking_part[b] & (owner[a] == owner[b]) & (part[a] == part[b])
    a, b = a[inside], b[inside]
    root = np.arange(graph.n_units, dtype=np.int32)
    while (root[a] != root[b]).any():
        low = np.minimum(root[a], root[b])
        np.minimum.at(root, np.maximum(root[a], root[b]), low)
        while (root != root[root]).any():
            root = root[root]
    return root
