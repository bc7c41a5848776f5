"""The seeded benchmark problems: three families of fixed reps, and free centres, at five sizes."""

import heapq
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.geography import EARTH_RADIUS_M, Geography, counties, zip_points
from optimizer.graph import Graph
from optimizer.problem import Contiguity, LoadLimit, Problem, Weights

FAMILIES = ("planted", "real", "hard")
RELOCATED_SHARE = 0.2


@dataclass(frozen=True)
class Size:
    """Which places, how many reps, and the largest unit as a share of a mean territory."""

    state: str | None
    zips: bool
    n_reps: int
    largest_unit: float


SIZES = {
    "S": Size("NC", False, 8, 0.5),
    "M": Size("TX", False, 20, 0.5),
    "L": Size(None, False, 150, 0.5),
    "XL": Size(None, True, 500, 0.25),
    "XL2": Size(None, True, 1000, 0.25),
}


def fixed_reps(
    data: Path, size: str, family: str, seed: int, tolerances: tuple[float, float] = (0.10, 0.15)
) -> Problem:
    """Build one problem with fixed reps.

    "planted" scales the demand so that a hidden contiguous plan keeps the bands, "real" takes the columns as they
    are (capped at the largest unit), "hard" is real with a fifth of the homes moved to random places.
    """
    spec = SIZES[size]
    places = zip_points(data) if spec.zips else counties(data, spec.state)
    rng = np.random.default_rng([seed, FAMILIES.index(family)])
    homes = homes_of(places, spec.n_reps, family, rng)
    amount = capped(places.amount, spec.n_reps, spec.largest_unit)
    if family == "planted":
        amount = _planted(places, amount, homes, tolerances, spec.largest_unit, rng)
    return problem_of(places, amount, homes, spec.n_reps, tolerances)


def planted(
    places: Geography, n_reps: int, rng: np.random.Generator, tolerances: tuple[float, float], largest_unit: float = 0.5
) -> Problem:
    """Build a problem of the family "planted" over any places."""
    homes = homes_of(places, n_reps, "planted", rng)
    amount = _planted(places, capped(places.amount, n_reps, largest_unit), homes, tolerances, largest_unit, rng)
    return problem_of(places, amount, homes, n_reps, tolerances)


def free_centers(data: Path, size: str, tolerances: tuple[float | None, float | None]) -> Problem:
    """Build one problem without homes; None is a measure without a band.

    No unit is larger than the size's share of a mean territory of what is left by the cap.
    """
    spec = SIZES[size]
    places = zip_points(data) if spec.zips else counties(data, spec.state)
    amount, before = places.amount, np.full_like(places.amount, np.inf)
    while not np.allclose(amount, before, rtol=1e-12):
        amount, before = capped(amount, spec.n_reps, spec.largest_unit), amount
    return problem_of(places, amount, None, spec.n_reps, tolerances)


def capped(amount: npt.NDArray[np.float64], n_reps: int, largest_unit: float) -> npt.NDArray[np.float64]:
    """Cap every unit at a share of a mean territory."""
    most = largest_unit * amount.sum(axis=1, keepdims=True) / n_reps
    return np.maximum(np.minimum(amount, most), 1.0)


def problem_of(
    places: Geography,
    amount: npt.NDArray[np.float64],
    homes: npt.NDArray[np.int64] | None,
    n_reps: int,
    tolerances: tuple[float | None, float | None],
) -> Problem:
    """Make the Problem: equal targets, goals travel 1, required contiguity."""
    n = len(places.lat)
    load = np.rint(amount).astype(np.int64)
    target = np.repeat(load.sum(axis=1, keepdims=True) / n_reps, n_reps, axis=1)
    limits = tuple(
        LoadLimit(
            "band",
            measure,
            np.ceil((1 - tolerance) * target[measure] - 1e-9).astype(np.int64),
            np.floor((1 + tolerance) * target[measure] + 1e-9).astype(np.int64),
        )
        for measure, tolerance in enumerate(tolerances)
        if tolerance is not None
    )
    distance_km = _distance_km(places.xyz_m, homes, n_reps)
    return Problem(
        measures=("workload", "potential"),
        load=load,
        load_per_amount=np.ones(2),
        target=target,
        aim=np.zeros(2),
        limits=limits,
        xyz_m=places.xyz_m.copy(),
        has_home=np.full(n_reps, homes is not None),
        distance_km=distance_km,
        travel_cost=distance_km,
        fit=np.ones((1, n_reps), dtype=np.float32),
        fit_class=np.zeros(n, dtype=np.int32),
        banned=np.zeros((1, n_reps), dtype=np.bool_),
        forbidden=np.zeros((0, 2), dtype=np.int32),
        max_distance_km=float("inf"),
        locked=np.full(n, -1, dtype=np.int32),
        together=(),
        apart=(),
        home_units=tuple(np.zeros(0, dtype=np.int32) for _ in range(n_reps)),
        current=np.full(n, -1, dtype=np.int32),
        budgets=(),
        graph=Graph.from_links(n, places.links[:, 0], places.links[:, 1]),
        contiguity=np.full(n, Contiguity.REQUIRED, dtype=np.int8),
        part=np.zeros(n, dtype=np.int32),
        weights=Weights(travel=1.0),
    )


def _distance_km(
    xyz_m: npt.NDArray[np.float64], homes: npt.NDArray[np.int64] | None, n_reps: int
) -> npt.NDArray[np.float32]:
    if homes is None:
        return np.full((len(xyz_m), n_reps), np.nan, dtype=np.float32)
    distance = np.empty((len(xyz_m), n_reps), dtype=np.float32)
    for rep, home in enumerate(homes):
        half_chord = np.linalg.norm(xyz_m - xyz_m[home], axis=1) / (2 * EARTH_RADIUS_M)
        distance[:, rep] = 2 * EARTH_RADIUS_M / 1000 * np.arcsin(np.minimum(half_chord, 1.0))
    return distance


def homes_of(places: Geography, n_reps: int, family: str, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Pick homes by population, for "hard" a fifth of them anywhere."""
    chance = places.amount[0] / places.amount[0].sum()
    homes = rng.choice(len(chance), n_reps, replace=False, p=chance)
    if family == "hard":
        moved = rng.choice(n_reps, round(RELOCATED_SHARE * n_reps), replace=False)
        others = np.setdiff1d(np.arange(len(chance)), homes)
        homes[moved] = rng.choice(others, len(moved), replace=False)
    return homes.astype(np.int64)


def _planted(
    places: Geography,
    amount: npt.NDArray[np.float64],
    homes: npt.NDArray[np.int64],
    tolerances: tuple[float, float],
    largest_unit: float,
    rng: np.random.Generator,
) -> npt.NDArray[np.float64]:
    """Scale the demand so that a plan grown from the homes keeps the bands."""
    hidden = _grown(places, homes, amount[0], rng)
    return _scaled(amount, hidden, tolerances, largest_unit, rng)


def _scaled(
    amount: npt.NDArray[np.float64],
    hidden: npt.NDArray[np.int64],
    tolerances: tuple[float, float],
    largest_unit: float,
    rng: np.random.Generator,
) -> npt.NDArray[np.float64]:
    """Scale the demand so that the hidden plan keeps the bands, each territory with a deviation of its own."""
    n_reps = int(hidden.max()) + 1
    scaled = amount.copy()
    for measure, tolerance in enumerate(tolerances):
        mean = amount[measure].sum() / n_reps
        wanted = mean * (1.0 + rng.uniform(-0.8, 0.8, n_reps) * tolerance)
        for _ in range(20):
            row = np.minimum(scaled[measure], largest_unit * mean)
            scaled[measure] = row * (wanted / np.bincount(hidden, row))[hidden]
    return np.maximum(scaled, 1.0)


def _grown(
    places: Geography, homes: npt.NDArray[np.int64], weight: npt.NDArray[np.float64], rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Grow contiguous territories from the homes, the lightest one first, nearest unit first."""
    graph = Graph.from_links(len(weight), places.links[:, 0], places.links[:, 1])
    owner = np.full(len(weight), -1)
    load = np.zeros(len(homes))
    frontier: list[list[tuple[float, int]]] = [[] for _ in homes]
    owner[homes] = np.arange(len(homes))
    jitter = rng.uniform(0.8, 1.25, len(weight))

    def extend(rep: int, unit: int) -> None:
        load[rep] += weight[unit]
        for other in graph.neighbours(unit):
            if owner[other] < 0:
                distance = float(np.linalg.norm(places.xyz_m[other] - places.xyz_m[homes[rep]]))
                heapq.heappush(frontier[rep], (distance * jitter[other], int(other)))

    for rep, home in enumerate(homes):
        extend(rep, int(home))
    queue = [(load[rep], rep) for rep in range(len(homes))]
    heapq.heapify(queue)
    while queue:
        _, rep = heapq.heappop(queue)
        while frontier[rep]:
            _, unit = heapq.heappop(frontier[rep])
            if owner[unit] < 0:
                owner[unit] = rep
                extend(rep, unit)
                heapq.heappush(queue, (load[rep], rep))
                break
    return owner
