import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.findings import Finding, InputError, Level
from geodata.layers.layers import Layer, is_map_file, read_layer

SHAPES = [shapely.box(0, 40, 1, 41), shapely.box(1, 40, 2, 41), shapely.box(2, 40, 3, 41)]
VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)


def _frame(crs: int | None = 4326) -> gpd.GeoDataFrame:
    table = {"zip": ["00501", "01002", "1E+05"], "calls": [12, 0, 7], "hours": [1.5, 2.0, np.nan]}
    frame = gpd.GeoDataFrame(table, geometry=SHAPES, crs=4326)
    return frame if crs == 4326 else frame.to_crs(crs) if crs else frame.set_crs(None, allow_override=True)


def _zipped(path: Path) -> None:
    _frame().to_file(path.with_suffix(".shp"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
            archive.write(path.with_suffix(suffix), f"folder/Areas{suffix}")
        archive.writestr("folder/read me.txt", "made up")


CUT_OFF = {"wrong-content", "unreadable-file", "incomplete-shapefile", "no-geometry"}

WRITERS: dict[str, Callable[[Path], None]] = {
    "a.geojson": lambda path: _frame().to_file(path, driver="GeoJSON"),
    "a.gpkg": lambda path: _frame().to_file(path, driver="GPKG"),
    "a.shp": lambda path: _frame().to_file(path),
    "a.zip": _zipped,
    "a.fgb": lambda path: _frame().to_file(path, driver="FlatGeobuf", SPATIAL_INDEX="NO"),
    "a.kml": lambda path: _frame().to_file(path, driver="KML"),
    "a.parquet": lambda path: _frame().to_parquet(path),
    "metres.gpkg": lambda path: _frame(3857).to_file(path, driver="GPKG"),
    "metres.parquet": lambda path: _frame(3035).to_parquet(path),
    "metres.shp": lambda path: _frame(5070).to_file(path),
}


def _refused(path: Path) -> Finding:
    with pytest.raises(InputError) as caught:
        read_layer(path, path.name)
    (finding,) = caught.value.findings
    assert finding.level is Level.ERROR and finding.hint.startswith("Maybe") and finding.file == path.name
    return finding


def _codes(layer: Layer) -> list[str]:
    return [finding.code for finding in layer.findings]


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_features(tmp_path: Path, name: str) -> None:
    """The same map in any format and coordinate system is the same layer, with ids and numbers as text."""
    WRITERS[name](tmp_path / name)
    layer = read_layer(tmp_path / name, name)
    assert layer.frame["zip"].tolist() == ["00501", "01002", "1E+05"] and layer.frame["calls"].tolist() == [
        "12",
        "0",
        "7",
    ]
    assert [float(hours) for hours in layer.frame["hours"][:2]] == [1.5, 2.0] and layer.frame["hours"][2] == ""
    assert layer.frame.crs.to_epsg() == 4326 and _codes(layer) == [] and is_map_file(tmp_path / name)
    assert shapely.hausdorff_distance(layer.frame.geometry.to_numpy(), SHAPES).max() < 1e-7


def test_endings_in_capitals_are_the_same_endings(tmp_path: Path) -> None:
    """Files named by old programs are read too."""
    _frame().to_file(tmp_path / "a.shp")
    for file in sorted(tmp_path.iterdir()):
        file.rename(file.with_suffix(file.suffix.upper()))
    assert read_layer(tmp_path / "a.SHP", "a.SHP").frame["zip"].tolist() == ["00501", "01002", "1E+05"]


def test_a_parquet_table_is_no_map(tmp_path: Path) -> None:
    """A table of points in Parquet is left to the reader of tables."""
    pd.DataFrame({"lat": [1.0]}).to_parquet(tmp_path / "points.parquet")
    assert not is_map_file(tmp_path / "points.parquet")
    assert _refused(tmp_path / "points.parquet").code == "unreadable-file"


def test_typed_columns_lose_no_digit(tmp_path: Path) -> None:
    """Integers with gaps stay integers, and 32-bit floats and dates are not dressed up."""
    frame = _frame()
    frame["whole"] = pd.array([9007199254740993, None, 1], dtype="Int64")
    frame["single"] = np.array([0.1, 2.5, 1e10], dtype=np.float32)
    frame["day"] = pd.to_datetime(["2027-01-31", None, "2027-02-01"])
    frame["open"] = [True, False, True]
    frame.to_parquet(tmp_path / "a.parquet")
    found = read_layer(tmp_path / "a.parquet", "a.parquet").frame
    assert found["whole"].tolist() == ["9007199254740993", "", "1"] and found["open"].tolist() == [
        "true",
        "false",
        "true",
    ]
    assert float(found["single"][0]) == 0.1 and found["day"][1] == "" and found["day"][0].startswith("2027-01-31")


@pytest.mark.parametrize("name", ["a.gpkg", "a.shp", "a.fgb", "a.geojson", "a.parquet", "a.zip", "a.kml", "a.json"])
def test_a_virtual_layer_in_disguise_is_never_opened(tmp_path: Path, name: str) -> None:
    """A file that would make GDAL open other files or the network is refused by its first bytes, whatever its name."""
    (tmp_path / name).write_text(VRT)
    for suffix in (".shx", ".dbf"):
        (tmp_path / name).with_suffix(suffix).write_text(VRT)
    assert _refused(tmp_path / name).code in {"wrong-content", "unreadable-file", "syntax"}


@pytest.mark.parametrize("name", [name for name in WRITERS if name not in {"a.geojson", "a.kml"}])
@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9])
def test_cut_off_files_are_refused_or_whole(tmp_path: Path, name: str, keep: float) -> None:
    """Half a download is an error with the file's name, never half a map and never a traceback."""
    WRITERS[name](tmp_path / name)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: int(len(data) * keep)])
    assert _refused(tmp_path / name).code in CUT_OFF


def test_missing_files_and_unknown_endings_are_refused(tmp_path: Path) -> None:
    """A name that can't be read is an error that says why."""
    (tmp_path / "folder.gpkg").mkdir()
    (tmp_path / "a.dwg").write_bytes(b"AC10")
    assert _refused(tmp_path / "none.geojson").code == "missing-file"
    assert _refused(tmp_path / "folder.gpkg").code == "missing-file"
    assert _refused(tmp_path / "a.dwg").code == "unsupported-format"
    assert _refused(tmp_path / "a\x00.shp").code == "missing-file"


def test_a_missing_coordinate_system_is_assumed_only_where_it_can_be(tmp_path: Path) -> None:
    """Degrees without a declared system are a warning, metres without one an error."""
    _frame(None).to_parquet(tmp_path / "degrees.parquet")
    metres = _frame(3857).set_crs(None, allow_override=True)
    metres.to_parquet(tmp_path / "metres.parquet")
    (degrees,) = read_layer(tmp_path / "degrees.parquet", "degrees.parquet").findings
    assert (degrees.code, degrees.level) == ("missing-crs", Level.WARNING)
    findings = read_layer(tmp_path / "metres.parquet", "metres.parquet").findings
    assert [(f.code, f.level) for f in findings[:1]] == [("missing-crs", Level.ERROR)]


def test_a_second_layer_is_named(tmp_path: Path) -> None:
    """A GeoPackage of several layers says which one was read."""
    _frame().to_file(tmp_path / "a.gpkg", layer="areas", driver="GPKG")
    _frame().to_file(tmp_path / "a.gpkg", layer="other", driver="GPKG", mode="a")
    (finding,) = read_layer(tmp_path / "a.gpkg", "a.gpkg").findings
    assert (finding.code, finding.value) == ("several-layers", "areas") and "other" in finding.hint


@pytest.mark.parametrize("suffix", [".dbf", ".shx"])
def test_a_shapefile_without_its_siblings_is_refused(tmp_path: Path, suffix: str) -> None:
    """A .shp alone is named incomplete, not read without ids."""
    _frame().to_file(tmp_path / "a.shp")
    (tmp_path / "a.shp").with_suffix(suffix).unlink()
    finding = _refused(tmp_path / "a.shp")
    assert (finding.code, finding.value) == ("incomplete-shapefile", suffix)


@pytest.mark.parametrize("encoding", ["UTF-8", "CP1252"])
def test_a_shapefile_that_does_not_tell_its_encoding(tmp_path: Path, encoding: str) -> None:
    """Names with accents survive in both encodings that shapefiles come in."""
    frame = _frame()
    frame["name"] = ["Doña Ana", "Córdoba", "Évreux"]
    frame.to_file(tmp_path / "a.shp", encoding=encoding)
    (tmp_path / "a.cpg").unlink(missing_ok=True)
    assert read_layer(tmp_path / "a.shp", "a.shp").frame["name"].tolist() == ["Doña Ana", "Córdoba", "Évreux"]


def _archive(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def test_hostile_archives_are_refused(tmp_path: Path) -> None:
    """Archives that leave their folder, hold links, explode or hold too much are refused before anything is written."""
    link = zipfile.ZipInfo("a.shp")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    unsafe = [
        _archive(tmp_path / "up.zip", **{"../a.shp": b"x"}),
        _archive(tmp_path / "root.zip", **{"/a.shp": b"x"}),
        _archive(tmp_path / "drive.zip", **{"..\\a.shp": b"x"}),
        _archive(tmp_path / "bomb.zip", **{"a.shp": b"\x00" * 10_000_000}),
        _archive(tmp_path / "many.zip", **{f"{i}.shp": b"x" for i in range(51)}),
        tmp_path / "link.zip",
    ]
    assert [_refused(path).code for path in unsafe] == ["unsafe-archive"] * len(unsafe)
    assert _refused(_archive(tmp_path / "two.zip", **{"a.shp": b"x", "b.shp": b"x"})).code == "no-shapefile"
    assert _refused(_archive(tmp_path / "none.zip", **{"a.txt": b"x"})).code == "no-shapefile"


def test_an_archive_that_lies_about_its_sizes(tmp_path: Path) -> None:
    """A header that understates what an entry inflates to is caught, not believed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", b"\x00" * 1_000_000)
    data = buffer.getvalue().replace((1_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    (tmp_path / "lie.zip").write_bytes(data)
    assert _refused(tmp_path / "lie.zip").code in {"unsafe-archive", "unreadable-file"}


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    """A password can't be guessed; the error says what to do."""
    path = _archive(tmp_path / "secret.zip", **{"a.shp": b"x"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(bytes(data))
    assert _refused(path).code == "unreadable-file"


@pytest.mark.parametrize("name", WRITERS)
def test_damaged_bytes_never_end_in_a_traceback(tmp_path: Path, name: str) -> None:
    """Whatever bytes of a file are damaged, reading ends in a layer or in findings."""
    WRITERS[name](tmp_path / name)
    data = (tmp_path / name).read_bytes()
    rng = np.random.default_rng(8)
    for _ in range(25):
        damaged = bytearray(data)
        for place in rng.integers(0, len(data), rng.integers(1, 9)):
            damaged[place] = rng.integers(256)
        (tmp_path / name).write_bytes(damaged)
        try:
            assert len(read_layer(tmp_path / name, name).frame) > 0
        except InputError as error:
            assert all(finding.hint.startswith("Maybe") and finding.file == name for finding in error.findings)
