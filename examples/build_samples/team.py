"""Made-up sales teams: where the seats are, who sits in them, and what they know."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

GIVEN = [
    "Ada",
    "Ben",
    "Cara",
    "Dan",
    "Elif",
    "Finn",
    "Gina",
    "Hugo",
    "Ines",
    "Jon",
    "Kira",
    "Liam",
    "Mona",
    "Nils",
    "Ola",
    "Pia",
    "Quinn",
    "Rosa",
    "Sami",
    "Tess",
    "Uma",
    "Vito",
    "Wanda",
    "Xena",
    "Yara",
    "Zeno",
]
FAMILY = [
    "Adair",
    "Brandt",
    "Castro",
    "Dahl",
    "Ekman",
    "Falk",
    "Garza",
    "Hale",
    "Ibarra",
    "Jansen",
    "Keller",
    "Lund",
    "Moreau",
    "Novak",
    "Okoro",
    "Perez",
    "Quist",
    "Rossi",
    "Silva",
    "Tran",
    "Ueda",
    "Vega",
    "Weber",
    "Xu",
    "Young",
    "Zeman",
]


def place_seats(areas: gpd.GeoDataFrame, places: gpd.GeoDataFrame, n_seats: int) -> gpd.GeoDataFrame:
    """Choose homes where the work is: each seat takes the place with most work left around, and a territory of it.

    Parameters
    ----------
    areas : GeoDataFrame
        Column hours; polygons in a plane (metres).
    places : GeoDataFrame
        Cities that may be homes: name, population and a point in the same plane.
    n_seats : int
        Number of seats.

    Returns
    -------
    GeoDataFrame
        n_seats rows of `places`, from west to east; a large city may come several times.
    """
    centre = areas.geometry.centroid
    area_xy = np.column_stack([centre.x, centre.y])
    place_xy = np.column_stack([places.geometry.x, places.geometry.y])
    far_m = np.linalg.norm(place_xy[:, None] - area_xy[None], axis=2)
    left = areas["hours"].to_numpy(dtype=float).copy()
    target = left.sum() / n_seats
    order = np.argsort(far_m, axis=1)
    chosen = []
    for _ in range(n_seats):
        reach_m = _reach(left[order], np.take_along_axis(far_m, order, axis=1), target)
        home = int(np.argmin(reach_m - 0.02 * np.sqrt(places["population"].to_numpy())))
        _take(left, order[home], target)
        chosen.append(home)
    return places.iloc[sorted(chosen, key=lambda home: (place_xy[home, 0], home))].reset_index(drop=True)


def _reach(left: np.ndarray, far_m: np.ndarray, target: float) -> np.ndarray:
    """Return how far each place must go for a territory of the work that is left."""
    enough = np.cumsum(left, axis=1) >= target * 0.999
    first = np.where(enough.any(axis=1), enough.argmax(axis=1), enough.shape[1] - 1)
    return far_m[np.arange(len(far_m)), first]


def _take(left: np.ndarray, nearest: np.ndarray, target: float) -> None:
    """Take a territory's work away, from the nearest areas on."""
    wanted = target
    for area in nearest:
        taken = min(left[area], wanted)
        left[area] -= taken
        wanted -= taken
        if wanted <= 0:
            return


def hire(homes: gpd.GeoDataFrame, skills: Sequence[str], rng: np.random.Generator) -> pd.DataFrame:
    """Return one made-up rep a home: id, name, lat, lon, capacity, hours, status, territory, cost and a fit by skill.

    About one seat in twenty is vacant and one in twelve works part-time. Each rep knows one skill well.
    """
    n = len(homes)
    degrees = homes.geometry.to_crs("EPSG:4326")
    vacant = rng.random(n) < 0.05
    part_time = (rng.random(n) < 0.08) & ~vacant
    given, family = rng.integers(0, len(GIVEN), n), rng.integers(0, len(FAMILY), n)
    names = [f"{GIVEN[g]} {FAMILY[f]}" for g, f in zip(given, family, strict=True)]
    capacity = np.where(part_time, 0.6, 1.0)
    team = pd.DataFrame(
        {
            "id": [f"R{number + 1:03d}" for number in range(n)],
            "name": np.where(vacant, "Vacant seat " + homes["name"], names),
            "lat": degrees.y.round(4),
            "lon": degrees.x.round(4),
            "capacity": capacity,
            "hours": (1700 * capacity).astype(int),
            "status": np.where(vacant, "vacant", "active"),
            "territory": [f"T{number + 1:03d}" for number in range(n)],
            "cost": (rng.integers(105, 140, n) * 1000 * capacity).astype(int),
        }
    )
    known = rng.integers(0, len(skills), n)
    for number, skill in enumerate(skills):
        fit = np.round(0.3 + 0.6 * rng.random(n), 1)
        team[skill] = np.where(known == number, 1.0, fit)
    return team


def grown_from(homes: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, ids: Sequence[str]) -> dict[str, str]:
    """Return for each seat the nearest area that no seat before it took: where its territory of today began."""
    centre = areas.geometry.centroid
    taken: dict[str, str] = {}
    for seat, home in zip(ids, homes.geometry, strict=True):
        near = centre.distance(home).sort_values(kind="stable").index
        taken[seat] = next(area for area in near if area not in taken.values())
    return taken
