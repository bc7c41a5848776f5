"""Random small Problems with every rule in them, sensible or contradictory, for properties that must always hold."""

from typing import Any

import numpy as np

from optimizer.graph import Graph
from optimizer.problem import GONE, Budget, Contiguity, LoadLimit, Problem, Weights
from tests.optimizer.tiny import place

EMPTY = np.zeros(0, dtype=np.int32)


def wild_problem(rng: np.random.Generator, n_units: int, n_reps: int, free: str = "none") -> Problem:
    """Draw a problem; `free` is "none", "some" or "all" of the reps without a home."""
    n, k = n_units, n_reps
    side = int(np.ceil(np.sqrt(n)))
    xyz = np.array([place(unit // side, unit % side) for unit in range(n)])
    load = rng.integers(0, 20, (int(rng.integers(2, 4)), n)) * rng.integers(0, 2, (1, n))
    load = load.astype(np.int64)
    classes = int(rng.integers(1, 4))
    return Problem(
        measures=tuple(f"measure{i}" for i in range(len(load))),
        load=load,
        load_per_amount=np.ones(len(load)),
        target=_targets(rng, load, k),
        aim=rng.choice([0.0, 0.05, 0.3], len(load)),
        limits=_limits(rng, load, k),
        xyz_m=xyz,
        **_distances(rng, xyz, k, free),
        fit=rng.random((classes, k)).astype(np.float32),
        fit_class=rng.integers(0, classes, n).astype(np.int32),
        banned=rng.random((classes, k)) < 0.1,
        forbidden=np.stack([rng.integers(0, n, 3), rng.integers(0, k, 3)], axis=1).astype(np.int32),
        max_distance_km=float(rng.choice([np.inf, 25.0])),
        locked=np.where(rng.random(n) < 0.1, rng.integers(0, k, n), -1).astype(np.int32),
        **_groups(rng, n, k),
        current=rng.integers(GONE, k, n).astype(np.int32),
        budgets=(Budget("units", np.ones(n, dtype=np.int64), int(rng.integers(0, n + 1))),)
        if rng.random() < 0.5
        else (),
        graph=_grid_with_gaps(rng, n, side),
        **_parts(rng, n),
        weights=Weights(*rng.choice([0.0, 1.0, 3.0], 5)),
        forgone=rng.random((n, k), dtype=np.float32) if rng.random() < 0.5 else None,
    )


def _targets(rng: np.random.Generator, load: Any, k: int) -> Any:
    size = rng.choice([0.5, 1.0, 2.0], k)
    return load.sum(axis=1, dtype=float)[:, None] * size / size.sum()


def _limits(rng: np.random.Generator, load: Any, k: int) -> tuple[LoadLimit, ...]:
    total = load.sum(axis=1)
    limits = []
    for rule in ("band", "max", "hours"):
        if rng.random() < 0.5:
            measure = int(rng.integers(0, len(load)))
            mean = total[measure] / k
            low = np.full(k, int(mean * rng.choice([0.0, 0.5, 0.9])) if rule == "band" else 0)
            high = np.full(k, int(mean * rng.choice([1.1, 2.0])) + 1 if rng.random() < 0.8 else 2**62)
            limits.append(LoadLimit(rule, measure, low.astype(np.int64), high.astype(np.int64)))
    return tuple(limits)


def _distances(rng: np.random.Generator, xyz: Any, k: int, free: str) -> dict[str, Any]:
    homes = rng.integers(0, len(xyz), k)
    has_home = {"none": np.ones(k, bool), "all": np.zeros(k, bool), "some": rng.random(k) < 0.5}[free]
    distance = (np.linalg.norm(xyz[:, None] - xyz[homes][None], axis=2) / 1000.0).astype(np.float32)
    distance[:, ~has_home] = np.nan
    return {"has_home": has_home, "distance_km": distance, "travel_cost": distance}


def _groups(rng: np.random.Generator, n: int, k: int) -> dict[str, Any]:
    shuffled = rng.permutation(n).astype(np.int32)
    together = (np.sort(shuffled[:2]),) if n > 4 and rng.random() < 0.5 else ()
    apart = (np.sort(shuffled[2:4]),) if n > 4 and rng.random() < 0.5 else ()
    home_units = tuple(rng.integers(0, n, 1).astype(np.int32) if rng.random() < 0.2 else EMPTY for _ in range(k))
    return {"together": together, "apart": apart, "home_units": home_units}


def _grid_with_gaps(rng: np.random.Generator, n: int, side: int) -> Graph:
    a = np.arange(n)
    right = a[(a % side != side - 1) & (a + 1 < n)]
    down = a[a + side < n]
    ends = np.concatenate([np.stack([right, right + 1]), np.stack([down, down + side])], axis=1)
    ends = ends[:, rng.random(ends.shape[1]) < rng.choice([1.0, 0.8, 0.3])]
    return Graph.from_links(n, ends[0], ends[1])


def _parts(rng: np.random.Generator, n: int) -> dict[str, Any]:
    part = rng.integers(0, 2, n) if rng.random() < 0.3 else np.zeros(n)
    mode = rng.choice([Contiguity.REQUIRED, Contiguity.PREFERRED, Contiguity.OFF], 2, p=[0.7, 0.15, 0.15])
    contiguity = mode[part.astype(int)]
    contiguity[rng.random(n) < 0.05] = Contiguity.OFF
    return {"part": part.astype(np.int32), "contiguity": contiguity.astype(np.int8)}
