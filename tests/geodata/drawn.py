"""Maps drawn in ASCII: each letter is one polygon made of the unit squares where it stands, a dot is water."""

import numpy as np
import shapely

from geodata.arrays import GeometryArray


def drawn(text: str, left: float = 0.0, top: float = 10.0) -> tuple[list[str], GeometryArray]:
    """Return the letters in order and their polygons; each character is one degree wide and high."""
    rows = [row.strip() for row in text.strip().splitlines()]
    places: dict[str, list[shapely.Geometry]] = {}
    for y, row in enumerate(rows):
        for x, letter in enumerate(row):
            if letter != ".":
                square = shapely.box(left + x, top - y - 1, left + x + 1, top - y)
                places.setdefault(letter, []).append(square)
    names = sorted(places)
    shapes = np.empty(len(names), dtype=object)
    shapes[:] = [shapely.union_all(places[name]) for name in names]
    return names, shapes


def pairs(names: list[str], a: np.ndarray, b: np.ndarray) -> set[str]:
    """Return links as texts such as "AB"."""
    return {"".join(sorted((names[i], names[j]))) for i, j in zip(a.tolist(), b.tolist(), strict=True)}
