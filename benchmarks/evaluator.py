"""Scores a plan from places, loads and links alone: it shares no code with the solver or its judge."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from benchmarks.geography import EARTH_RADIUS_M


@dataclass(frozen=True)
class Verdict:
    """What a plan is like.

    Attributes
    ----------
    km : float
        Mean distance to the homes, or to the territories' own centroids, weighted by the first load.
    deviation : tuple of float
        Largest deviation from an equal share, for each load.
    violation : float
        Sum of the relative excess beyond the tolerances.
    outside : int
        Territories beyond a tolerance.
    broken : int
        Territories that are empty or not connected.
    """

    km: float
    deviation: tuple[float, ...]
    violation: float
    outside: int
    broken: int


def evaluate(
    owner: npt.NDArray[np.integer],
    xyz_m: npt.NDArray[np.float64],
    load: npt.NDArray[np.float64],
    links: npt.NDArray[np.int64],
    *,
    n_reps: int,
    tolerances: tuple[float | None, ...],
    homes_xyz_m: npt.NDArray[np.float64] | None = None,
) -> Verdict:
    """Score a plan against equal targets; `homes_xyz_m` is (n_reps, 3), or None for free centres."""
    share = np.stack([np.bincount(owner, row, n_reps) for row in load]) * n_reps / load.sum(axis=1)[:, None]
    away = np.abs(share - 1.0)
    excess = np.stack(
        [
            np.zeros(n_reps) if tolerance is None else np.maximum(row - tolerance, 0.0)
            for row, tolerance in zip(away, tolerances, strict=True)
        ]
    )
    excess[excess < 1e-6] = 0.0
    centers = _centroids(owner, xyz_m, load[0], n_reps) if homes_xyz_m is None else homes_xyz_m
    dot = np.clip((xyz_m * centers[owner]).sum(axis=1) / EARTH_RADIUS_M**2, -1.0, 1.0)
    return Verdict(
        km=float(np.average(EARTH_RADIUS_M / 1000.0 * np.arccos(dot), weights=load[0])),
        deviation=tuple(float(row.max()) for row in away),
        violation=float(excess.sum()),
        outside=int((excess > 0).any(axis=0).sum()),
        broken=_broken(owner, links, n_reps),
    )


def _centroids(
    owner: npt.NDArray[np.integer], xyz_m: npt.NDArray[np.float64], weight: npt.NDArray[np.float64], n_reps: int
) -> npt.NDArray[np.float64]:
    total = np.stack([np.bincount(owner, weight * xyz_m[:, axis], n_reps) for axis in range(3)], axis=1)
    return EARTH_RADIUS_M * total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-300)


def _broken(owner: npt.NDArray[np.integer], links: npt.NDArray[np.int64], n_reps: int) -> int:
    graph = nx.Graph()
    graph.add_nodes_from(range(len(owner)))
    graph.add_edges_from(links[owner[links[:, 0]] == owner[links[:, 1]]].tolist())
    pieces = np.zeros(n_reps, dtype=np.int64)
    for piece in nx.connected_components(graph):
        pieces[owner[next(iter(piece))]] += 1
    return int((pieces != 1).sum())
