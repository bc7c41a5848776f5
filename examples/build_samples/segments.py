"""Build the `midwest-segments` sample: 1,055 counties x 3 segments, a made-up team of 45 specialists.

Run `python -m examples.build_samples.segments` from the top of the repository. Enterprise and healthcare units exist
only where there is enough of it, so their neighbours are often several counties apart.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from examples.build_samples.demand import CALLS_A_YEAR, add_demand
from examples.build_samples.sources import PLANE, population_by, read_counties, read_labour_force, read_places
from examples.build_samples.team import grown_from, hire, place_seats
from examples.build_samples.today import drawn_by_distance
from examples.build_samples.us_team import CLUSTERS

OUT = Path("scenarios/samples/midwest-segments")
SEED = 12
STATES = ["IA", "IL", "IN", "KS", "MI", "MN", "MO", "ND", "NE", "OH", "SD", "WI"]
SEGMENTS = {
    # segment: smallest number of employed people, share of the hours, seats
    "enterprise": (60_000, 0.25, 10),
    "healthcare": (15_000, 0.25, 12),
    "smb": (0, 0.50, 23),
}
REPS_ID = {"enterprise": "E", "healthcare": "H", "smb": "S"}


def main() -> None:
    """Write units.csv and reps.csv; scenario.yaml and README.md beside them are written by hand."""
    rng = np.random.default_rng(SEED)
    places = read_places("US")
    counties = read_counties()
    counties = counties[counties["state"].isin(STATES)].join(read_labour_force())
    counties = counties.assign(population=population_by(counties, places)).to_crs(PLANE)
    counties = add_demand(counties, CLUSTERS, people_per_customer=2800, rng=rng)
    cities = places[(places["population"] > 15_000) & places["region"].isin(STATES)].to_crs(PLANE)
    parts = [staffed(segment, counties, cities, rng) for segment in SEGMENTS]
    units = pd.concat([units for units, _ in parts]).sort_values("unit")
    reps = pd.concat([reps for _, reps in parts])
    total = units["hours"].sum()
    for segment, (_, _, seats) in SEGMENTS.items():
        own = reps["segment"] == segment
        size = units.loc[units["segment"] == segment, "hours"].sum() / total * len(reps) / seats
        reps.loc[own, "capacity"] = (reps.loc[own, "capacity"] * size * seats / reps.loc[own, "capacity"].sum()).round(
            4
        )
    OUT.mkdir(exist_ok=True)
    units.to_csv(OUT / "units.csv", index=False, lineterminator="\n")
    reps.drop(columns="segment").to_csv(OUT / "reps.csv", index=False, lineterminator="\n")


def staffed(
    segment: str, counties: gpd.GeoDataFrame, cities: gpd.GeoDataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the units of one segment and the team that sells in it."""
    smallest, share, seats = SEGMENTS[segment]
    held = counties[counties["employed"] >= smallest].copy()
    scale = share * counties["hours"].sum() / held["hours"].sum()
    held["hours"] = (held["hours"] * scale * rng.uniform(0.8, 1.2, len(held))).round(1)
    held["revenue"] = (held["revenue"] * scale * rng.uniform(0.8, 1.2, len(held)) / 100).round().astype(int) * 100
    homes = place_seats(held, cities, seats)
    team = hire(homes, list(CALLS_A_YEAR), rng).drop(columns=[*CALLS_A_YEAR, "hours"])
    prefix = REPS_ID[segment]
    team["id"] = prefix + team["id"].str.removeprefix("R0")
    team["territory"] = prefix + team["territory"].str.removeprefix("T0")
    team = team.assign(segment=segment, **{name: float(name == segment) for name in SEGMENTS})
    seeds = grown_from(homes, held, list(team["id"]))
    owner = drawn_by_distance(counties, seeds)
    units = pd.DataFrame(
        {
            "unit": held.index + "-" + prefix,
            "fips": held.index,
            "county": held["name"] + ", " + held["state"],
            "segment": segment,
            "hours": held["hours"],
            "revenue": held["revenue"],
            "owner": owner[held.index],
        }
    )
    return units, team


if __name__ == "__main__":
    main()
