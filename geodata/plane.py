"""A map of any part of the earth on a plane: the stereographic projection around the places themselves.

It carries circles on the sphere to circles on the plane and keeps angles, so nearest neighbours and empty circles (and
with them Delaunay triangles) stay what they are on the sphere at any latitude and across the antimeridian. Only the
point opposite the centre has no place (Snyder, Map Projections: A Working Manual, 1987, section 21).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.arrays import FloatArray
from geodata.sphere import EARTH_RADIUS_M, to_lonlat, to_xyz_m

_FARTHEST_COSINE = np.cos(np.radians(150.0))


@dataclass(frozen=True, eq=False)
class Plane:
    """A stereographic plane; distances on it are true near the centre and grow outwards.

    Attributes
    ----------
    axes : (3, 3) float64
        Unit vectors towards the east, the north and the centre of the map.
    """

    axes: FloatArray

    @classmethod
    def around(cls, lon: npt.ArrayLike, lat: npt.ArrayLike) -> "Plane":
        """Centre a plane on the mean direction of places, or elsewhere where the far side would hold one of them."""
        directions = to_xyz_m(lon, lat) / EARTH_RADIUS_M
        mean = directions.sum(axis=0)
        corners = np.array(np.meshgrid([-1, 1], [-1, 1], [-1, 1])).reshape(3, -1).T / np.sqrt(3.0)
        candidates = np.concatenate([corners, np.eye(3), -np.eye(3)])
        if np.linalg.norm(mean) > 1e-9:
            candidates = np.concatenate([mean[None, :] / np.linalg.norm(mean), candidates])
        farthest = (candidates @ directions.T).min(axis=1)
        choice = 0 if farthest[0] > _FARTHEST_COSINE else int(np.argmax(farthest))
        return cls(_axes(candidates[choice]))

    def project(self, lonlat: FloatArray) -> FloatArray:
        """Return the (n, 2) metres on the plane of (n, 2) degrees."""
        east, north, up = (to_xyz_m(lonlat[:, 0], lonlat[:, 1]) @ self.axes.T).T / EARTH_RADIUS_M
        scale = 2.0 * EARTH_RADIUS_M / np.maximum(1.0 + up, 1e-12)
        return np.stack([east * scale, north * scale], axis=-1)

    def unproject(self, places_m: FloatArray) -> FloatArray:
        """Return the (n, 2) degrees of (n, 2) metres on the plane."""
        half = places_m / (2.0 * EARTH_RADIUS_M)
        square = np.square(half).sum(axis=1, keepdims=True)
        return to_lonlat(np.concatenate([2.0 * half, 1.0 - square], axis=1) @ self.axes)


def _axes(up: FloatArray) -> FloatArray:
    pole = np.array([0.0, 0.0, 1.0]) if abs(up[2]) < 0.9 else np.array([0.0, 1.0, 0.0])
    east = np.cross(pole, up)
    east /= np.linalg.norm(east)
    return np.stack([east, np.cross(up, east), up])
