"""Real places for benchmarks: points, neighbours and two measures, read from a directory of Parquet files."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True, eq=False)
class Geography:
    """Places with neighbours and two positive measures.

    Attributes
    ----------
    id : (n,) str
    lat, lon : (n,) float64, degrees
    xyz_m : (n, 3) float64 on the sphere
    links : (n_links, 2) int64; connected (small components are joined by the nearest pair)
    amount : (2, n) float64, workload and potential, all above 0
    """

    id: npt.NDArray[np.str_]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    xyz_m: npt.NDArray[np.float64]
    links: npt.NDArray[np.int64]
    amount: npt.NDArray[np.float64]


def counties(data: Path, state: str | None = None) -> Geography:
    """Lower-48 counties, or those of one state ("TX"): population and establishments, rook borders."""
    table = pd.read_parquet(
        data / "us_counties.parquet", columns=["fips", "state", "population", "establishments_2013", "lat", "lon"]
    )
    if state is not None:
        table = table[table.state == state].reset_index(drop=True)
    pairs = pd.read_parquet(data / "us_county_adjacency.parquet")
    pairs = pairs[pairs.rook]
    amounts = np.stack([table.population.to_numpy(float), table.establishments_2013.to_numpy(float)])
    return _geography(table, "fips", pairs[["fips_a", "fips_b"]], amounts)


def zip_points(data: Path) -> Geography:
    """Lower-48 ZIP points: population and population x per-capita income, Voronoi neighbours over land."""
    table = pd.read_parquet(data / "us_zcta_points.parquet")
    pairs = pd.read_parquet(data / "us_zcta_voronoi_adjacency.parquet")
    population = table.population_acs2013.to_numpy(dtype=float, na_value=0.0)
    income = table.per_capita_income_acs2013.to_numpy(dtype=float, na_value=0.0)
    amounts = np.stack([population, population * income])
    return _geography(table, "zip", pairs[["zip_a", "zip_b"]], amounts)


def on_sphere(lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Earth-centred metres of places in degrees."""
    phi, lam = np.radians(lat), np.radians(lon)
    return EARTH_RADIUS_M * np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)


def _geography(table: pd.DataFrame, key: str, ends: pd.DataFrame, amount: npt.NDArray[np.float64]) -> Geography:
    """Make the geography of a table with lat, lon and the columns `key`; `ends` holds the two keys of every link."""
    row = pd.Series(np.arange(len(table)), index=table[key].to_numpy())
    rows = np.stack([row.reindex(ends[column]).to_numpy() for column in ends], axis=1)
    links = rows[~np.isnan(rows).any(axis=1)].astype(np.int64)
    lat, lon = table.lat.to_numpy(float), table.lon.to_numpy(float)
    xyz_m = on_sphere(lat, lon)
    amount = np.where(np.isfinite(amount) & (amount > 0), amount, 1.0)
    return Geography(table[key].to_numpy(str), lat, lon, xyz_m, joined(links, xyz_m), amount)


def joined(links: npt.NDArray[np.int64], xyz_m: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Join every smaller component to the main one by the nearest pair of places."""
    n = len(xyz_m)
    ones = np.ones(len(links))
    count, label = connected_components(coo_array((ones, (links[:, 0], links[:, 1])), shape=(n, n)), directed=False)
    main = np.bincount(label).argmax()
    mainland = np.flatnonzero(label == main)
    tree = cKDTree(xyz_m[mainland])
    added = []
    for component in range(count):
        if component != main:
            island = np.flatnonzero(label == component)
            distance, nearest = tree.query(xyz_m[island])
            first = int(distance.argmin())
            added.append((island[first], mainland[nearest[first]]))
    return np.concatenate([links, np.array(added, dtype=np.int64).reshape(-1, 2)])
