"""Small Problems drawn as maps, for tests that must be read at a glance."""

from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt

from optimizer.graph import Graph
from optimizer.plan import Plan
from optimizer.problem import (
    EARTH_RADIUS_M,
    NOBODY,
    UNLOCKED,
    Contiguity,
    LoadLimit,
    Problem,
    Weights,
)

CELL_DEG = 0.1
"""Side of a drawn cell, about 11 km."""


def grid_problem(drawing: str, free: int = 0, **given: Any) -> Problem:
    """Build a Problem from a drawing; cells that share a side are neighbours.

    A capital letter is a unit with the home of that rep (A is rep 0), `o` any other unit, `.` no unit. Lines are
    separated by line ends or `/`. Units are counted line by line. `free` adds reps with free centres.

    Unless `given`: every unit loads 1 on both measures, equal targets, no limits, required contiguity, one part,
    weights travel 1 and balance 1. `load` may be (n_units,) for both measures. Any field of Problem may be given.
    """
    cells = drawn_cells(drawing)
    n = len(cells)
    homes = {ord(mark) - ord("A"): unit for unit, (_, _, mark) in enumerate(cells) if mark != "o"}
    fixed = max(homes, default=-1) + 1
    k = fixed + free
    xyz = np.array([place(row, column) for row, column, _ in cells])
    distance = np.full((n, k), np.nan, dtype=np.float32)
    for rep, unit in homes.items():
        distance[:, rep] = _great_circle_km(xyz, xyz[unit])
    load = np.asarray(given.pop("load", np.ones(n)), dtype=np.int64)
    load = np.broadcast_to(load, (2, n)).copy() if load.ndim == 1 else load
    defaults: dict[str, Any] = {
        "measures": ("workload", "potential", *(f"measure{i}" for i in range(2, len(load)))),
        "load": load,
        "load_per_amount": np.ones(len(load)),
        "target": np.repeat(load.sum(axis=1, dtype=float)[:, None] / k, k, axis=1),
        "aim": np.zeros(len(load)),
        "limits": (),
        "xyz_m": xyz,
        "has_home": np.arange(k) < fixed,
        "distance_km": distance,
        "travel_cost": distance,
        "fit": np.ones((1, k), dtype=np.float32),
        "fit_class": np.zeros(n, dtype=np.int32),
        "banned": np.zeros(np.shape(given.get("fit", np.ones((1, k)))), dtype=np.bool_),
        "forbidden": np.zeros((0, 2), dtype=np.int32),
        "max_distance_km": np.inf,
        "locked": np.full(n, UNLOCKED, dtype=np.int32),
        "together": (),
        "apart": (),
        "home_units": tuple(np.zeros(0, dtype=np.int32) for _ in range(k)),
        "current": np.full(n, NOBODY, dtype=np.int32),
        "budgets": (),
        "graph": Graph.from_links(n, *grid_links(cells)),
        "contiguity": np.full(n, Contiguity.REQUIRED, dtype=np.int8),
        "part": np.zeros(n, dtype=np.int32),
        "weights": Weights(travel=1.0, balance=1.0),
    }
    return Problem(**(defaults | given))


def drawn_cells(drawing: str) -> list[tuple[int, int, str]]:
    """Return row, column and mark of every unit of a drawing."""
    lines = [line.strip() for line in drawing.strip().replace("/", "\n").splitlines()]
    return [(i, j, mark) for i, line in enumerate(lines) for j, mark in enumerate(line) if mark != "."]


def drawn_plan(drawing: str) -> Plan:
    """Build a Plan from a drawing: A is rep 0, `-` nobody, `.` no unit."""
    marks = [mark for _, _, mark in drawn_cells(drawing)]
    return Plan(np.array([NOBODY if mark == "-" else ord(mark) - ord("A") for mark in marks], dtype=np.int32))


def grid_links(cells: list[tuple[int, int, str]]) -> tuple[list[int], list[int]]:
    """Return the links between cells that share a side."""
    at = {(row, column): unit for unit, (row, column, _) in enumerate(cells)}
    pairs = [
        (unit, at[step])
        for (row, column), unit in at.items()
        for step in ((row, column + 1), (row + 1, column))
        if step in at
    ]
    return [a for a, _ in pairs], [b for _, b in pairs]


def limit(problem: Problem, measure: int, low: float, high: float, rule: str = "band") -> LoadLimit:
    """Return the same limit for every rep."""
    k = problem.n_reps
    return LoadLimit(rule, measure, np.full(k, low, dtype=np.int64), np.full(k, high, dtype=np.int64))


def changed(problem: Problem, **given: Any) -> Problem:
    """Return the problem with other fields."""
    return Problem(**({item.name: getattr(problem, item.name) for item in fields(problem)} | given))


def ints(*values: int) -> npt.NDArray[np.int32]:
    """Return an int32 array."""
    return np.array(values, dtype=np.int32)


def place(row: int, column: int) -> npt.NDArray[np.float64]:
    """Return the point on the sphere of a drawn cell."""
    lat, lon = np.radians(-row * CELL_DEG), np.radians(column * CELL_DEG)
    return EARTH_RADIUS_M * np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _great_circle_km(xyz: npt.NDArray[np.float64], to: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    half_chord = np.linalg.norm(xyz - to, axis=1) / (2 * EARTH_RADIUS_M)
    return np.asarray(2 * EARTH_RADIUS_M / 1000 * np.arcsin(half_chord), dtype=np.float32)
