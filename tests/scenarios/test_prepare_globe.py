"""The whole globe, and every kind of map file, on the way from a scenario to a Case."""

import json
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geodata.findings import Level
from scenarios.case import Case
from tests.scenarios.tiny_study import case_of, squares, the

ROWS, COLUMNS, SIDE = 2, 6, 1.0


def ring(row: int, column: int, west: float) -> list[list[float]]:
    """Return a square of a grid of degrees from `west`, 18 degrees south; longitudes may go beyond 180."""
    x, y = west + column * SIDE, -18.0 + row * SIDE
    return [[x, y], [x + SIDE, y], [x + SIDE, y + SIDE], [x, y + SIDE], [x, y]]


def wrapped(ring: list[list[float]]) -> dict[str, object]:
    """Return a polygon whose longitudes jump from 180 to -180."""
    return {"type": "Polygon", "coordinates": [[[(x + 180.0) % 360.0 - 180.0, y] for x, y in ring]]}


def beyond(ring: list[list[float]]) -> dict[str, object]:
    """Return a polygon whose longitudes go on beyond 180."""
    return {"type": "Polygon", "coordinates": [ring]}


def halved(ring: list[list[float]]) -> dict[str, object]:
    """Return a polygon cut at the antimeridian, as RFC 7946 asks for."""
    east, west = [[min(x, 180.0), y] for x, y in ring], [[max(x, 180.0) - 360.0, y] for x, y in ring]
    if ring[0][0] >= 180.0:
        return {"type": "Polygon", "coordinates": [west]}
    parts = [part for part in ([east], [west]) if len({x for x, _ in part[0]}) > 1]
    return {"type": "MultiPolygon", "coordinates": parts}


def islands(folder: Path, draw: Callable[[list[list[float]]], dict[str, object]], west: float) -> Case:
    """Prepare a grid of squares drawn in one of the three ways, with a rep at either end."""
    features = [
        {
            "type": "Feature",
            "properties": {"id": f"{row}{column}", "hours": 10, "revenue": 10},
            "geometry": draw(ring(row, column, west)),
        }
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]
    far = (west + COLUMNS - 0.5 + 180.0) % 360.0 - 180.0
    files = {
        "units.geojson": json.dumps({"type": "FeatureCollection", "features": features}),
        "reps.csv": f"id,lat,lon\nR1,-17.5,{west + 0.5}\nR2,-16.5,{far}\n",
    }
    changes = {"units": {"file": "units.geojson", "id": "id"}, "limits": {"home": "inside"}}
    return case_of(folder, changes, files)


@pytest.mark.parametrize("draw", [wrapped, beyond, halved])
def test_a_country_across_the_antimeridian_is_like_any_other(
    tmp_path: Path, draw: Callable[[list[list[float]]], dict[str, object]]
) -> None:
    """Distances, neighbours and homes are the same as of the same shapes elsewhere, however the map was drawn."""
    (tmp_path / "there").mkdir()
    (tmp_path / "here").mkdir()
    there, here = islands(tmp_path / "there", draw, 176.5), islands(tmp_path / "here", beyond, 10.0)
    np.testing.assert_allclose(there.problem.distance_km, here.problem.distance_km, rtol=1e-5)
    assert there.links[["a", "b"]].equals(here.links[["a", "b"]])
    np.testing.assert_allclose(there.links["border_km"], here.links["border_km"], rtol=1e-5)
    assert [rows.tolist() for rows in there.problem.home_units] == [rows.tolist() for rows in here.problem.home_units]
    if draw is beyond:
        assert (the(there.findings, "longitude-wrapped").level, the(there.findings, "longitude-wrapped").row) == (
            Level.WARNING,
            4,
        )


def test_alaska_and_hawaii_are_joined_by_bridges(tmp_path: Path) -> None:
    """All 50 states are one country: the states across the sea need links, and each is listed with its gap."""
    counties = gpd.read_parquet(Path(__file__).parents[2] / "geodata" / "bundled" / "us_counties.parquet")
    far = counties.loc[counties["fips"].str[:2].isin(["02", "15", "53"]), "fips"]
    rows = "".join(f"{fips},10,10\n" for fips in far)
    units = {"file": "units.csv", "id": "id", "geography": {"bundled": "us-counties", "key": "id"}}
    reps = "id,lat,lon\nR1,61.2,-149.9\nR2,21.3,-157.8\nR3,47.6,-122.3\n"
    files = {"units.csv": "id,hours,revenue\n" + rows, "reps.csv": reps}
    case = case_of(tmp_path, {"units": units, "neighbours": {"bridges": "nearest"}}, files)
    assert 4300 < float(case.problem.distance_km.max()) < 5500
    bridges = case.links[case.links["kind"] == "bridge"]
    states = {tuple(sorted((a[:2], b[:2]))) for a, b in zip(bridges["a"], bridges["b"], strict=True)}
    assert {("02", "53"), ("02", "15"), ("15", "15")} <= states
    assert len([finding for finding in case.findings if finding.code == "bridge-added"]) == len(bridges)
    aleutians = case.units.set_index("unit").loc["02016"]
    assert aleutians["lon"] < -165 or aleutians["lon"] > 170


def test_corsica_hangs_on_one_bridge(tmp_path: Path) -> None:
    """Two departements of the island are neighbours; one link to the mainland keeps France together."""
    sample = Path(__file__).parents[2] / "scenarios" / "samples" / "france" / "departements.geojson"
    units = {"file": "units.geojson", "id": "code"}
    files = {"units.geojson": sample.read_text(encoding="utf-8"), "reps.csv": "id,lat,lon\nR1,48.86,2.35\n"}
    case = case_of(tmp_path, {"units": units, "neighbours": {"bridges": "nearest"}}, files)
    kinds = {(a, b): kind for a, b, kind in case.links[["a", "b", "kind"]].itertuples(index=False)}
    assert kinds["2A", "2B"] == "border"
    assert [pair for pair, kind in kinds.items() if kind == "bridge"] == [("06", "2B")]
    assert "over a gap of 165.4 km" in the(case.findings, "bridge-added").message


def _zip_shapes(frame: gpd.GeoDataFrame, path: Path) -> None:
    frame.to_file(path.with_suffix(".shp"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
            archive.write(path.with_suffix(suffix), f"map/areas{suffix}")


MAPS: dict[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    "map.gpkg": lambda frame, path: frame.to_crs(3035).to_file(path, driver="GPKG"),
    "map.fgb": lambda frame, path: frame.to_file(path, driver="FlatGeobuf"),
    "map.kml": lambda frame, path: frame.to_file(path, driver="KML"),
    "map.zip": _zip_shapes,
    "map.parquet": lambda frame, path: frame.to_parquet(path),
    "map.topojson": lambda frame, path: path.write_text(topology(frame)) and None,
}


def topology(frame: gpd.GeoDataFrame) -> str:
    """Return the squares as quantised TopoJSON, one arc a ring."""
    arcs, shapes = [], []
    for row in frame.itertuples():
        places = [(round(x * 1000), round(y * 1000)) for x, y in row.geometry.exterior.coords]
        steps = [places[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(places))]
        properties = {"id": row.id, "hours": row.hours, "revenue": row.revenue}
        shapes.append({"type": "Polygon", "arcs": [[len(arcs)]], "properties": properties})
        arcs.append(steps)
    transform = {"scale": [0.001, 0.001], "translate": [0, 0]}
    objects = {"areas": {"type": "GeometryCollection", "geometries": shapes}}
    return json.dumps({"type": "Topology", "transform": transform, "objects": objects, "arcs": arcs})


@pytest.mark.parametrize("name", MAPS)
def test_units_may_stand_in_any_map_file(tmp_path: Path, name: str) -> None:
    """The same map in any format is the same Case: ids with their zeros, amounts, places and neighbours."""
    text = squares("ABC\nDEF")
    for number, letter in enumerate("ABCDEF"):
        text = text.replace(f'"{letter}"', f'"0{number}"')
    frame = gpd.GeoDataFrame.from_features(json.loads(text), crs=4326)
    MAPS[name](frame, tmp_path / name)
    case = case_of(tmp_path, {"units": {"file": name, "id": "id"}})
    plain = case_of(tmp_path, {"units": {"file": "units.geojson", "id": "id"}}, {"units.geojson": text})
    order = pd.Series(range(6), index=case.units["unit"]).loc[plain.units["unit"]].to_numpy()
    np.testing.assert_allclose(case.problem.distance_km[order], plain.problem.distance_km, rtol=1e-4)
    assert case.problem.load[:, order].tolist() == plain.problem.load.tolist()
    pairs = [{frozenset(pair) for pair in one.links[["a", "b"]].itertuples(index=False)} for one in (case, plain)]
    assert pairs[0] == pairs[1]
