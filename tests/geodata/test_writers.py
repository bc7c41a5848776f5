"""Layers out, and back in by another library."""

import json
import sqlite3
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet
import pyogrio
import pytest
import shapely

from geodata.layers.layers import read_layer
from geodata.writers.shapefile import short_names
from geodata.writers.writers import WRITERS, LayerError, write_layer

SHAPES = [
    shapely.box(0, 0, 2, 2).difference(shapely.box(0.5, 0.5, 1, 1)),
    shapely.union(shapely.box(2, 0, 3, 1), shapely.box(5, 5, 6.1234567, 6)),
    None,
    shapely.box(-10, -10, -9, -9),
]


def frame(shapes: list[shapely.Geometry | None] = SHAPES) -> gpd.GeoDataFrame:
    """Four units with ids that spreadsheets damage, unlike numbers, and a missing place."""
    return gpd.GeoDataFrame(
        {
            "unit": ["00123", "1E5", "007", "=1+1"],
            "name": ["Côte-d'Or", "<b>&amp;", "東京", 'q"uote'],
            "workload": [1.5, 1234567.891, np.nan, 0.0],
            "units": [1, 2, 3, 2**40],
            "locked": [True, False, False, True],
        },
        geometry=shapes,
        crs=4326,
    )


def same_places(found: np.ndarray, wanted: list[shapely.Geometry | None]) -> None:
    assert [shape is None for shape in found] == [shape is None for shape in wanted]
    for a, b in zip(found, wanted, strict=True):
        assert b is None or shapely.normalize(shapely.union_all([a])).equals_exact(shapely.normalize(b), 1e-6)


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".parquet", ".zip", ".kml"])
def test_what_was_written_is_read_back(ending: str, tmp_path: Path) -> None:
    """Ids, names, order and places survive in every format, as our own reader (and GDAL behind it) sees them."""
    path = tmp_path / f"plan{ending}"
    write_layer(frame(), path)
    layer = read_layer(path, path.name).frame
    assert layer["unit"].tolist() == frame()["unit"].tolist()
    assert layer["name"].tolist() == frame()["name"].tolist()
    numbers = pd.to_numeric(layer["workload"], errors="coerce")
    assert numbers.to_numpy() == pytest.approx(frame()["workload"].to_numpy(), nan_ok=True)
    same_places(layer.geometry.to_numpy(), SHAPES)


def test_geojson_keeps_to_the_standard(tmp_path: Path) -> None:
    """Outer rings run against the clock, holes with it, no CRS member, null for what is missing."""
    write_layer(frame(), tmp_path / "plan.geojson")
    document = json.loads((tmp_path / "plan.geojson").read_text(encoding="utf-8"))
    assert set(document) == {"type", "features"}
    first, *_ = document["features"]
    outer, hole = (shapely.LinearRing(ring) for ring in first["geometry"]["coordinates"])
    assert outer.is_ccw and not hole.is_ccw
    assert document["features"][2]["geometry"] is None
    assert document["features"][2]["properties"]["workload"] is None


def test_geojson_is_cut_at_the_antimeridian(tmp_path: Path) -> None:
    """A unit of the Aleutians is two pieces, each inside -180 to 180."""
    across = shapely.Polygon([(179, 50), (-179, 50), (-179, 51), (179, 51)])
    write_layer(frame([across, *SHAPES[1:]]), tmp_path / "plan.geojson")
    shape = json.loads((tmp_path / "plan.geojson").read_text(encoding="utf-8"))["features"][0]["geometry"]
    assert shape["type"] == "MultiPolygon"
    assert sorted(shapely.geometry.shape(shape).bounds) == [-180.0, 50.0, 51.0, 180.0]


@pytest.mark.parametrize("ending", [".geojson", ".parquet", ".zip", ".kml", ".fgb"])
def test_the_same_frame_gives_the_same_bytes(ending: str, tmp_path: Path) -> None:
    """Files can be compared; a GeoPackage alone holds the time it was written."""
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        write_layer(frame(), folder / f"plan{ending}")
    assert len({(folder / f"plan{ending}").read_bytes() for folder in folders}) == 1


def test_other_tools_see_text_ids(tmp_path: Path) -> None:
    """SQLite, Arrow, an XML parser and GDAL find "00123" as text."""
    for ending in (".gpkg", ".parquet", ".kml", ".fgb"):
        write_layer(frame(), tmp_path / f"plan{ending}")
    with sqlite3.connect(tmp_path / "plan.gpkg") as base:
        assert base.execute("select unit, typeof(unit) from plan").fetchone() == ("00123", "text")
    base.close()
    assert pyarrow.parquet.read_table(tmp_path / "plan.parquet")["unit"].to_pylist()[0] == "00123"
    values = ElementTree.parse(tmp_path / "plan.kml").iterfind(".//{*}Data[@name='unit']/{*}value")
    assert [value.text for value in values] == frame()["unit"].tolist()
    flat = pyogrio.read_dataframe(tmp_path / "plan.fgb")
    assert flat["unit"].tolist() == frame()["unit"].tolist()
    same_places(flat.geometry.to_numpy(), SHAPES)


def test_shapefile_says_what_it_cut(tmp_path: Path) -> None:
    """Long names stay different, and every cut name or text is a finding."""
    long = frame().rename(columns={"workload": "workload_hours", "units": "workload_hours_today"})
    long["name"] = "é" * 200
    findings = write_layer(long, tmp_path / "plan.zip")
    assert [(f.code, f.field, f.value) for f in findings] == [
        ("shapefile-name-cut", "workload_hours", "workload_h"),
        ("shapefile-name-cut", "workload_hours_today", "workload_1"),
        ("shapefile-text-cut", "name", ""),
    ]
    assert set(zipfile.ZipFile(tmp_path / "plan.zip").namelist()) >= {"plan.shp", "plan.dbf", "plan.prj", "plan.cpg"}


def test_short_names_never_meet() -> None:
    """Names that differ by case, accents or their end only are told apart; one that fits is never taken."""
    names = ["Name", "name", "potential_2026", "potential_", "été", "", "potential_2027"]
    short = short_names(names)
    assert len({name.lower() for name in short}) == len(names)
    assert short[0] == "Name" and short[3] == "potential_"
    assert all(len(name) <= 10 and name.isascii() for name in short)


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_mixed_and_missing_places_are_written(ending: str, tmp_path: Path) -> None:
    """Points beside polygons, and a table without any place, are files too."""
    mixed: list[shapely.Geometry | None] = [shapely.Point(1, 2), *SHAPES[1:]]
    for number, shapes in enumerate([mixed, [None] * 4]):
        path = tmp_path / f"plan{number}{ending}"
        write_layer(frame(shapes), path)
        assert path.stat().st_size > 0


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """A file is replaced whole or not at all, and nothing is left beside it."""
    path = tmp_path / "plan.geojson"
    path.write_text("old")
    with pytest.raises(LayerError, match=r"holds list.*Maybe"):
        write_layer(frame().assign(bad=[[1]] * 4), path)
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.geojson"]


def test_unknown_formats_and_frames_without_crs_are_refused(tmp_path: Path) -> None:
    """Nobody gets a file whose places mean something else."""
    with pytest.raises(LayerError, match=r"\.geojson.*\.zip"):
        write_layer(frame(), tmp_path / "plan.dxf")
    with pytest.raises(LayerError, match="no CRS"):
        write_layer(frame().set_crs(None, allow_override=True), tmp_path / "plan.kml")
