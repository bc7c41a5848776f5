"""Build the Texas sample: 254 real counties, a made-up sales team of 20 seats.

Run `python -m examples.build_samples.texas` from the top of the repository; the same files come out every time.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from examples.build_samples.demand import add_demand
from examples.build_samples.shapes import simplified, write_geojson
from examples.build_samples.sources import PLANE, population_by, read_counties, read_labour_force, read_places
from examples.build_samples.today import drawn_by_distance

OUT = Path("scenarios/samples/texas")
SEED = 2027
CLUSTERS = {
    "energy": [(-102.2, 31.9, 160), (-98.6, 28.5, 120), (-95.3, 29.8, 70), (-101.0, 35.9, 90)],
    "healthcare": [(-98.5, 29.4, 70), (-95.3, 32.3, 80), (-96.8, 32.8, 30), (-97.4, 27.8, 60)],
    "manufacturing": [(-97.3, 32.7, 100), (-94.1, 30.1, 110), (-106.3, 31.7, 90), (-99.5, 27.5, 90)],
    "agriculture": [(-101.9, 34.2, 160), (-98.2, 26.2, 90), (-99.4, 32.6, 130), (-96.4, 29.0, 80)],
    "technology": [(-97.7, 30.4, 80), (-96.7, 33.2, 45), (-95.8, 30.2, 35)],
}
"""Centres of each industry: longitude, latitude and reach in km. Roughly true to the place, made up in detail."""
SEATS_TODAY = {
    "R01": "48201", "R02": "48157", "R03": "48339", "R04": "48167", "R06": "48113", "R07": "48085", "R08": "48439",
    "R09": "48121", "R10": "48251", "R11": "48029", "R12": "48091", "R13": "48453", "R14": "48491", "R15": "48423",
    "R16": "48141", "R17": "48329", "R18": "48303", "R19": "48215", "R20": "48355",
}  # fmt: skip
"""County from which each seat's territory of today has grown. R05 is planned and owns nothing yet."""


def main() -> None:
    """Write counties.geojson; reps.csv, scenario.yaml and README.md beside it are written by hand."""
    rng = np.random.default_rng(SEED)
    counties = add_demand(texas_counties().to_crs(PLANE), CLUSTERS, people_per_customer=2400, rng=rng)
    counties["owner"] = drawn_by_distance(counties, SEATS_TODAY)
    counties["tenure"] = tenure(counties["owner"], rng)
    columns = ["name", "industry", "customers", "calls", "call_h", "travel_h", "hours", "revenue", "owner", "tenure"]
    small = simplified(counties, tolerance_m=600)[[*columns, "geometry"]]
    write_geojson(small.reset_index(), OUT / "counties.geojson")


def texas_counties() -> gpd.GeoDataFrame:
    """Return the 254 counties with their real labour force, employed people and population of places."""
    counties = read_counties()
    texas = counties[counties["state"] == "TX"].drop(columns="state")
    texas = texas.join(read_labour_force(), how="left", validate="1:1")
    return texas.assign(population=population_by(texas, read_places("US")))


def tenure(owner: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Return made-up years that today's rep has had each county: the rep's own years, sometimes fewer."""
    longest = {rep: rng.integers(2, 15) for rep in sorted(owner.unique())}
    years = owner.map(longest) - np.where(rng.random(len(owner)) < 0.3, rng.integers(1, 8, len(owner)), 0)
    return years.clip(lower=1)


if __name__ == "__main__":
    main()
