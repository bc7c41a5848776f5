"""Flat coordinates for pictures: equal areas, centred on what is drawn, so that any region looks right."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from geodata.arrays import GeometryArray
from geodata.draw.scene import Scene, bounds

WIDE_DEGREES = 150.0
"""Wider than this one centre distorts too much, and a world projection is taken."""
STEP_DEGREES = 0.5
"""Longest edge drawn straight: parallels are curves on paper."""


def flat_projection(bounds: tuple[float, float, float, float]) -> pyproj.Transformer:
    """Return a projection to metres for west, south, east, north.

    Lambert's azimuthal equal-area projection around the middle; Equal Earth (Savric and others 2018) for a world.
    """
    west, south, east, north = bounds
    lon, lat = (west + east) / 2.0, (south + north) / 2.0
    kind = "eqearth" if max(east - west, north - south) > WIDE_DEGREES else f"laea +lat_0={lat!r}"
    text = f"+proj={kind} +lon_0={lon!r} +datum=WGS84 +units=m"
    return pyproj.Transformer.from_crs("EPSG:4326", text, always_xy=True)


def flattened(shapes: GeometryArray, projection: pyproj.Transformer) -> GeometryArray:
    """Return the shapes in metres."""
    fine = shapely.segmentize(shapes, STEP_DEGREES)
    flat: GeometryArray = shapely.transform(fine, lambda xy: np.column_stack(projection.transform(xy[:, 0], xy[:, 1])))
    return flat


@dataclass(frozen=True, eq=False)
class FlatScene:
    """A scene in metres.

    Attributes
    ----------
    scene : Scene
        Where it comes from.
    projection : Transformer
        From degrees to metres.
    areas, cells : arrays of geometries
        The proposed territories' areas (one a label) and the cells.
    anchors : (n_labels, 3) float64
        x, y, room of each label in metres; NaN where nothing is on the map.
    homes : (n_homes, 2) float64
        x, y of the reps' homes, where known.
    """

    scene: Scene
    projection: pyproj.Transformer
    areas: GeometryArray
    cells: GeometryArray
    anchors: npt.NDArray[np.float64]
    homes: npt.NDArray[np.float64]


def flatten(scene: Scene) -> FlatScene:
    """Project a scene around its middle."""
    projection = flat_projection(bounds(scene))
    anchors = scene.proposed.outlines.anchors
    x, y = projection.transform(anchors[:, 0], anchors[:, 1])
    _, up = projection.transform(anchors[:, 0], anchors[:, 1] + anchors[:, 2])
    room = np.where(np.isnan(anchors[:, 2]), np.nan, np.abs(up - y))
    return FlatScene(
        scene,
        projection,
        flattened(scene.proposed.outlines.areas, projection),
        flattened(scene.cells.shapes, projection),
        np.column_stack([np.where(np.isnan(room), np.nan, x), y, room]),
        _homes(scene, projection),
    )


def _homes(scene: Scene, projection: pyproj.Transformer) -> npt.NDArray[np.float64]:
    places = scene.homes(scene.proposed.alignment)
    places = places[np.isfinite(places).all(axis=1)]
    return np.column_stack(projection.transform(places[:, 0], places[:, 1]))
