"""TopoJSON (specification 1.0): shared borders stored once as arcs, put together again as polygons."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
import shapely

from geodata.arrays import FloatArray
from geodata.findings import Finding, Level
from geodata.layers import geojson_shapes
from geodata.layers.geojson_shapes import ShapeError, closed_ring
from geodata.layers.raw_layer import refuse
from geodata.layers.strict_json import Fields, Number

MOST_USES = 10
"""How often arcs may be used on average; between two areas it is twice."""


@dataclass(frozen=True, eq=False)
class Topology:
    """The first object of a topology, its geometries as GeoJSON-like features, and what builds their shapes."""

    features: list[Any]
    shape: Callable[[Any], shapely.Geometry]
    findings: tuple[Finding, ...]


def read_topology(document: Fields, label: str) -> Topology:
    """Take the first object of a topology; others are a `several-layers` warning. Raises InputError `not-geojson`."""
    objects = document.get("objects")
    if not isinstance(objects, Fields) or not objects:
        _refuse(label, 'has no "objects"')
    name, first = next(iter(objects.items()))
    listed = first.get("geometries") if isinstance(first, Fields) else None
    if not isinstance(listed, list):
        _refuse(label, f"has an object {name[:40]!r} that is no GeometryCollection")
    try:
        arcs = _Arcs.of(document)
    except ShapeError as error:
        _refuse(label, f"has arcs that cannot be read: {error}")
    others = tuple(key for key in objects if key != name)
    return Topology([_feature(item) for item in listed], arcs.shape, _several(label, name, others) if others else ())


@dataclass(eq=False)
class _Arcs:
    """Arcs, and how many more vertices may be made of them: a small file could name a long arc a million times."""

    lines: list[FloatArray]
    scale: FloatArray
    offset: FloatArray
    left: int = 0

    def __post_init__(self) -> None:
        self.left = MOST_USES * sum(map(len, self.lines))

    @classmethod
    def of(cls, document: Fields) -> "_Arcs":
        transform = document.get("transform")
        listed = document.get("arcs")
        if not isinstance(listed, list):
            raise ShapeError('"arcs" is not a list')
        if transform is None:
            plain = np.array([1.0, 1.0]), np.array([0.0, 0.0])
            return cls([geojson_shapes.places(arc) for arc in listed], *plain)
        if not isinstance(transform, Fields):
            raise ShapeError('"transform" is not an object')
        scale, offset = geojson_shapes.places([transform.get("scale"), transform.get("translate")])
        steps = [geojson_shapes.places(arc) for arc in listed]
        return cls([np.cumsum(step, axis=0) * scale + offset for step in steps], scale, offset)

    def shape(self, geometry: Any) -> shapely.Geometry:
        """Build a geometry from arcs; raises ShapeError."""
        kind = geometry.get("type") if isinstance(geometry, Fields) else None
        if kind == "Polygon":
            return self._polygon(geometry.get("arcs"))
        if kind == "MultiPolygon":
            return shapely.MultiPolygon([self._polygon(rings) for rings in _list(geometry.get("arcs"))])
        if kind == "Point":
            place = geojson_shapes.places([geometry.get("coordinates")])[0]
            return shapely.Point(place * self.scale + self.offset)
        if kind == "LineString":
            return shapely.LineString(self._joined(geometry.get("arcs")))
        raise ShapeError(f"{kind!r} is not a type that is read from TopoJSON")

    def _polygon(self, rings: Any) -> shapely.Polygon:
        joined = [closed_ring(self._joined(ring)) for ring in _list(rings)]
        return shapely.Polygon(joined[0], joined[1:]) if joined else shapely.Polygon()

    def _joined(self, numbers: Any) -> FloatArray:
        """Put arcs end to end; each begins where the one before ends."""
        lines = [self._line(number) for number in _list(numbers)]
        if not lines:
            raise ShapeError("a ring has no arcs")
        self.left -= sum(map(len, lines))
        if self.left < 0:
            raise ShapeError(f"its arcs are used more than {MOST_USES} times on average")
        return np.concatenate([lines[0], *(line[1:] for line in lines[1:])])

    def _line(self, number: Any) -> FloatArray:
        at = int(number) if type(number) is Number and number.lstrip("-").isdecimal() else None
        if at is None or not -len(self.lines) <= at < len(self.lines):
            raise ShapeError(f"there is no arc {str(number)[:20]}")
        return self.lines[at] if at >= 0 else self.lines[~at][::-1]


def _feature(item: Any) -> Any:
    if not isinstance(item, Fields):
        return item
    kept = {key: item[key] for key in ("id", "properties") if key in item}
    feature = Fields({"type": "Feature", **kept, "geometry": item if item.get("type") is not None else None})
    feature.repeated = item.repeated
    return feature


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ShapeError('"arcs" is not a list')
    return value


def _refuse(label: str, why: str) -> NoReturn:
    refuse("not-geojson", label, f"The TopoJSON {label} {why}.", "Maybe export it as GeoJSON.")


def _several(label: str, name: str, others: tuple[str, ...]) -> tuple[Finding]:
    message = f"{label} holds {len(others) + 1} layers; only {name!r} was read."
    hint = f"Maybe export the layer you need alone; there are also {', '.join(others[:4])}."
    return (Finding(Level.WARNING, "several-layers", message, hint, label, value=name),)
