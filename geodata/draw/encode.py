"""Coordinates as short text: steps of 1/10,000 degree in base 32 digits, read back by assets/decode.js.

A ring is its first corner and the steps from corner to corner, the last (equal to the first) left out. Each number is
zigzag-coded (0, -1, 1, -2, ... become 0, 1, 2, 3, ...) and written in digits of 5 bits, lowest first; the sixth bit
says that more digits follow. Rings are joined by ".", polygons by "!"; a point is one ring of one corner.
"""

import numpy as np
import numpy.typing as npt
import shapely

from geodata.arrays import GeometryArray

PER_DEGREE = 10_000
_SIGNS = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", dtype=np.uint8)
_VALUES = np.zeros(128, dtype=np.int64)
_VALUES[_SIGNS] = np.arange(64)
_DIGITS = 6


def encode_shapes(shapes: GeometryArray) -> list[str]:
    """Return the text of each point, polygon or multipolygon; "" for an empty one."""
    parts, shape_of_part = shapely.get_parts(shapes, return_index=True)
    areal = shapely.get_dimensions(parts) == 2
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    texts: list[list[str]] = [[] for _ in parts]
    for part, text in zip(part_of_ring, _encode_lines(rings, closed=True), strict=True):
        texts[part].append(text)
    points = np.flatnonzero(~areal & ~shapely.is_empty(parts))
    for part, text in zip(points, _encode_lines(shapely.centroid(parts[points]), closed=False), strict=True):
        texts[part].append(text)
    joined: list[list[str]] = [[] for _ in shapes]
    for owner, rings_of_part in zip(shape_of_part, texts, strict=True):
        if rings_of_part:
            joined[owner].append(".".join(rings_of_part))
    return ["!".join(polygons) for polygons in joined]


def encode_numbers(numbers: npt.ArrayLike) -> str:
    """Return whole numbers as one text, each as the step from the one before."""
    values = np.asarray(numbers, dtype=np.int64)
    return _encode_numbers(np.diff(values, prepend=0))[0]


def decode_numbers(text: str) -> npt.NDArray[np.int64]:
    """Return the whole numbers that `encode_numbers` has written, (n,) int64."""
    digits = _VALUES[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    is_last = digits < 32
    number: npt.NDArray[np.int64] = np.cumsum(is_last) - is_last
    first = np.flatnonzero(np.append(True, is_last[:-1]))
    place = np.arange(len(digits)) - first[number]
    zigzag = np.zeros(int(is_last.sum()), dtype=np.int64)
    np.add.at(zigzag, number, (digits & 31) << (5 * place))
    return np.cumsum(np.where(zigzag & 1, -(zigzag + 1 >> 1), zigzag >> 1))


def _encode_lines(lines: GeometryArray, closed: bool) -> list[str]:
    """Return one text for each ring or point."""
    if len(lines) == 0:
        return []
    xy, line = shapely.get_coordinates(lines, return_index=True)
    last = np.append(line[1:] != line[:-1], True)
    keep = ~last if closed else np.ones(len(xy), dtype=bool)
    grid = np.round(xy[keep] * PER_DEGREE).astype(np.int64)
    line = line[keep]
    step = np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    first = np.append(True, line[1:] != line[:-1])
    step[first] = grid[first]
    text, width = _encode_numbers(step.ravel())
    end = np.cumsum(width.reshape(-1, 2).sum(axis=1))[np.append(np.flatnonzero(first)[1:] - 1, len(line) - 1)]
    return [text[a:b] for a, b in zip(np.append(0, end[:-1]), end, strict=True)]


def _encode_numbers(numbers: npt.NDArray[np.int64]) -> tuple[str, npt.NDArray[np.int64]]:
    """Return the digits of all numbers in a row, and how many each has."""
    zigzag = np.where(numbers < 0, -2 * numbers - 1, 2 * numbers)
    rest = zigzag[:, None] >> (5 * np.arange(_DIGITS))
    used = rest > 0
    used[:, 0] = True
    more = np.append(used[:, 1:], np.zeros((len(rest), 1), dtype=bool), axis=1)
    signs = _SIGNS[(rest & 31) + 32 * more]
    return signs[used].tobytes().decode("ascii"), used.sum(axis=1)
