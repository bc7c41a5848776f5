"""The points of a grid, and the order in which each can start from a neighbour that is already solved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from geodata.findings import Finding, InputError, Level

MOST_POINTS = 1000
"""More are refused: at ten seconds a point they take hours."""


@dataclass(frozen=True)
class Point:
    """One what-if to solve.

    Attributes
    ----------
    name : str
        P01, P02 ...
    values : mapping
        Value of each varied parameter, by its path.
    start : int or None
        Index of the point whose plan this one starts from; always an earlier one in the list.
    why : str
        What the point is for, "" in a grid.
    limits : mapping
        As of its steps.
    """

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    start: int | None = None
    why: str = ""
    limits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step in one direction of a grid.

    Attributes
    ----------
    values : mapping
        The parameters it sets.
    why : str
        What for; "" where the values say it.
    limits : mapping
        Largest figure it allows of a goal, by the goal's name.
    """

    values: Mapping[str, Any]
    why: str = ""
    limits: Mapping[str, float] = field(default_factory=dict)


Axis = Sequence[Step]
"""The steps of one direction of a grid."""


def point_name(index: int) -> str:
    """Return the name of a point by its place in the list."""
    return f"P{index + 1:02d}"


def grid(axes: Sequence[Axis], first: int = 0) -> tuple[Point, ...]:
    """Return every combination of steps, ordered so that warm starts are near and little has to wait.

    The steps of each axis are halved again and again: the middle comes first, then the middles of both halves, and so
    on. A point's level is the largest of its steps; it starts from the nearest point of a lower level, in steps of the
    grid. Points of one level need not wait for each other, whatever the number of cores. `first` is the index of the
    first point in the list it becomes a part of.
    """
    _check_size([len(axis) for axis in axes])
    levels = [_halving_levels(len(axis)) for axis in axes]
    places = sorted(product(*(range(len(axis)) for axis in axes)), key=lambda place: (_level(place, levels), place))
    points = []
    for index, place in enumerate(places):
        steps = [axis[step] for axis, step in zip(axes, place, strict=True)]
        values = {path: value for step in steps for path, value in step.values.items()}
        start = _nearest_earlier(index, places, levels)
        why = ", ".join(step.why for step in steps if step.why)
        limits = {goal: limit for step in steps for goal, limit in step.limits.items()}
        points.append(Point(point_name(first + index), values, None if start is None else first + start, why, limits))
    return tuple(points)


def _nearest_earlier(index: int, places: Sequence[tuple[int, ...]], levels: Sequence[Sequence[int]]) -> int | None:
    here = places[index]
    lower = [i for i in range(index) if _level(places[i], levels) < _level(here, levels)]
    return min(lower, key=lambda i: (sum(abs(a - b) for a, b in zip(places[i], here, strict=True)), i), default=None)


def _level(place: Sequence[int], levels: Sequence[Sequence[int]]) -> int:
    return max(of_axis[step] for of_axis, step in zip(levels, place, strict=True))


def _halving_levels(size: int) -> list[int]:
    """Return the level of each step on one axis: 0 for the middle, 1 for the middles of the halves ..."""
    levels = [0] * size
    spans, level = [(0, size)], 0
    while spans:
        inner = []
        for low, high in spans:
            middle = (low + high) // 2
            levels[middle] = level
            inner += [(a, b) for a, b in ((low, middle), (middle + 1, high)) if a < b]
        spans, level = inner, level + 1
    return levels


def _check_size(sizes: Sequence[int]) -> None:
    count = 1
    for size in sizes:
        count *= size
    if count > MOST_POINTS:
        message = f"The grid has {count:,} points, more than {MOST_POINTS:,}."
        hint = "Maybe give fewer values, or --proposals to let the sweep choose its points."
        raise InputError([Finding(Level.ERROR, "too-large", message, hint, field="--vary", value=str(count))])
