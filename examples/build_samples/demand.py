"""Made-up demand on real places: customers, calls, hours, revenue and the leading industry of each area."""

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

CALL_H = 0.75
"""Length of one call in hours."""
CALLS_A_YEAR = {"energy": 6.7, "healthcare": 6.7, "manufacturing": 5.5, "agriculture": 4.8, "technology": 6.0}
"""Calls a customer of each industry gets a year."""
SPEND_USD = {"energy": 25, "healthcare": 22, "manufacturing": 21, "agriculture": 21, "technology": 23}
"""Potential per head a year, by industry."""

Clusters = Mapping[str, Sequence[tuple[float, float, float]]]


def add_demand(
    areas: gpd.GeoDataFrame, clusters: Clusters, people_per_customer: int, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return the areas with industry, customers, calls, call_h, travel_h, hours and revenue.

    Parameters
    ----------
    areas : GeoDataFrame
        Columns employed and population; polygons in an equal-area plane (metres).
    clusters : mapping
        For each industry its centres: longitude, latitude and reach in km.
    people_per_customer : int
        Employed people behind one customer.
    rng : Generator
        Source of every made-up number.

    Notes
    -----
    hours = calls x (call_h + travel_h), the workload build-up of Talley; travel_h grows where customers are sparse.
    revenue follows employment (85 %) and the population of places (15 %), with the industry's spend and
    some noise, so that it goes with the hours but is not proportional to them.
    """
    industry = leading_industry(areas.geometry, clusters, rng)
    customers = np.maximum(1, np.round(areas["employed"] / people_per_customer))
    calls = np.maximum(6, np.round(customers * industry.map(CALLS_A_YEAR)))
    per_1000_km2 = 1000 * customers / (areas.geometry.area / 1e6)
    travel_h = np.round(0.25 + 0.45 / (1 + per_1000_km2 / 8), 2)
    people = 0.85 * areas["employed"] / areas["employed"].sum()
    people += 0.15 * areas["population"] / areas["population"].sum()
    spread = 0.25 / (1 + people * len(areas) / 10)
    noise = np.exp(rng.normal(0, 1, len(areas)) * spread)
    revenue = people * areas["employed"].sum() * industry.map(SPEND_USD) * noise
    return areas.assign(
        industry=industry,
        customers=customers.astype(int),
        calls=calls.astype(int),
        call_h=CALL_H,
        travel_h=travel_h,
        hours=np.round(calls * (CALL_H + travel_h), 1),
        revenue=(np.round(revenue / 100) * 100).astype(int),
    )


def leading_industry(flat: gpd.GeoSeries, clusters: Clusters, rng: np.random.Generator) -> pd.Series:
    """Draw the industry of each area: the nearer a cluster, the likelier its industry."""
    centre = flat.centroid
    pull = {}
    for industry, places in clusters.items():
        lon, lat, reach_km = (np.array(part) for part in zip(*places, strict=True))
        points = gpd.GeoSeries(gpd.points_from_xy(lon, lat, crs="EPSG:4326")).to_crs(flat.crs)
        km = np.stack([centre.distance(point).to_numpy() / 1000 for point in points])
        pull[industry] = np.exp(-((km / reach_km[:, None]) ** 2)).max(axis=0)
    score = pd.DataFrame(pull, index=flat.index)
    return (score + rng.gumbel(0, 0.12, score.shape)).idxmax(axis=1)
