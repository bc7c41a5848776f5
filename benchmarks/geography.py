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
    return _geography(table.fips, table.lat, table.lon, pairs.fips_a, pairs.fips_b, amounts)


def zip_points(data: Path) -> Geography:
    """Lower-48 ZIP points: population and population x per-capita income, Voronoi neighbours over land."""
    table = pd.read_parquet(data / "us_zcta_points.parquet")
    pairs = pd.read_parquet(data / "us_zcta_voronoi_adjacency.parquet")
    population = table.population_acs2013.to_numpy(dtype=float, na_value=0.0)
    income = table.per_capita_income_acs2013.to_numpy(dtype=float, na_value=0.0)
    amounts = np.stack([population, population * income])
    return _geography(table.zip, table.lat, table.lon, pairs.zip_a, pairs.zip_b, amounts)


def on_sphere(lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Earth-centred metres of places in degrees."""
    phi, lam = np.radians(lat), np.radians(lon)
    return EARTH_RADIUS_M * np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)


def _geography(
    ids: "pd.Series[str]",
    lat: "pd.Series[float]",
    lon: "pd.Series[float]",
    a: "pd.Series[str]",
    b: "pd.Series[str]",
    amounts: npt.NDArray[np.float64],
) -> Geography:
    row = pd.Series(np.arange(len(ids)), index=ids.to_numpy())
    ends = np.stack([row.reindex(a).to_numpy(), row.reindex(b).to_numpy()], axis=1)
    links = ends[~np.isnan(ends).any(axis=1)].astype(np.int64)
    xyz_m = on_sphere(lat.to_numpy(float), lon.to_numpy(float))
    amounts = np.where(np.isfinite(amounts) & (amounts > 0), amounts, 1.0)
    return Geography(ids.to_numpy(str), lat.to_numpy(float), lon.to_numpy(float), xyz_m, _joined(links, xyz_m), amounts)


def _joined(links: npt.NDArray[np.int64], xyz_m: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
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
