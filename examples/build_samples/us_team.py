"""Build the `us-counties` sample: the 3,108 counties of the lower 48 states, a made-up team of 150 seats.

Run `python -m examples.build_samples.us_team` from the top of the repository.
"""

from pathlib import Path

import numpy as np

from examples.build_samples.demand import CALLS_A_YEAR, add_demand
from examples.build_samples.sources import PLANE, population_by, read_counties, read_labour_force, read_places
from examples.build_samples.team import grown_from, hire, place_seats
from examples.build_samples.today import drawn_by_distance

OUT = Path("scenarios/samples/us-counties")
SEED = 48
SEATS = 150
ELSEWHERE = ["AK", "HI", "AS", "GU", "MP", "PR", "VI"]
CLUSTERS = {
    "energy": [(-102.2, 31.9, 250), (-97.5, 36.0, 200), (-103.0, 48.0, 220), (-94.5, 30.0, 200), (-80.3, 39.8, 150)],
    "healthcare": [(-71.1, 42.3, 120), (-93.2, 45.0, 150), (-86.8, 36.2, 150), (-81.7, 41.4, 120), (-82.5, 28.0, 200)],
    "manufacturing": [(-84.0, 42.0, 250), (-87.9, 42.5, 200), (-82.2, 35.0, 220), (-85.5, 40.0, 200)],
    "agriculture": [
        (-96.5, 41.5, 350),
        (-119.8, 36.7, 180),
        (-101.5, 37.5, 250),
        (-89.5, 40.0, 150),
        (-90.8, 33.8, 180),
    ],
    "technology": [
        (-121.9, 37.4, 120),
        (-122.3, 47.6, 150),
        (-97.7, 30.4, 100),
        (-77.3, 38.9, 120),
        (-105.1, 40.0, 120),
    ],
}
"""Centres of each industry: longitude, latitude and reach in km."""


def main() -> None:
    """Write units.csv and reps.csv; scenario.yaml and README.md beside them are written by hand."""
    rng = np.random.default_rng(SEED)
    counties = read_counties()
    counties = counties[~counties["state"].isin(ELSEWHERE)].join(read_labour_force())
    places = read_places("US")
    counties = counties.assign(population=population_by(counties, places)).to_crs(PLANE)
    counties = add_demand(counties, CLUSTERS, people_per_customer=4000, rng=rng)
    cities = places[(places["population"] > 20_000) & ~places["region"].isin(ELSEWHERE)].to_crs(PLANE)
    homes = place_seats(counties, cities, SEATS)
    team = hire(homes, list(CALLS_A_YEAR), rng)
    counties["owner"] = drawn_by_distance(counties, grown_from(homes, counties, list(team["id"])))
    columns = ["name", "state", "industry", "customers", "calls", "call_h", "travel_h", "hours", "revenue", "owner"]
    OUT.mkdir(exist_ok=True)
    counties[columns].to_csv(OUT / "units.csv", lineterminator="\n")
    team.to_csv(OUT / "reps.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
