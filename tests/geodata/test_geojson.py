import json
from pathlib import Path
from typing import Any

import pytest

from geodata.findings import Finding, InputError, Level
from geodata.layers.layers import Layer, read_layer

SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]


def _feature(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    shape = {"type": "Polygon", "coordinates": SQUARE} if geometry is None else geometry
    return {"type": "Feature", "properties": properties, "geometry": shape}


def _collection(*features: Any, **members: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members})


def _polygon(*ring: Any) -> str:
    return _collection(_feature(), _feature({"type": "Polygon", "coordinates": [list(ring)]}))


def _read(tmp_path: Path, text: str | bytes) -> Layer:
    path = tmp_path / "units.geojson"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read_layer(path, "units.geojson")


def _findings(tmp_path: Path, text: str | bytes) -> tuple[Finding, ...]:
    try:
        return _read(tmp_path, text).findings
    except InputError as error:
        return error.findings


def test_attributes_are_the_text_that_was_written(tmp_path: Path) -> None:
    """Ids keep leading zeros, and numbers every digit; missing and null are empty."""
    text = """{"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"fips": "01001", "n": 1.50, "big": 12345678901234567890, "ok": true},
         "geometry": {"type": "Point", "coordinates": [1, 2, 99]}},
        {"type": "Feature", "properties": {"fips": 1001, "n": null, "more": [1.0, {"a": "b"}]},
         "geometry": {"type": "Point", "coordinates": [1, 2]}}]}"""
    layer = _read(tmp_path, text)
    rows = layer.frame.drop(columns="geometry").to_dict("records")
    assert rows[0] == {"fips": "01001", "n": "1.50", "big": "12345678901234567890", "ok": "true", "more": ""}
    assert rows[1] == {"fips": "1001", "n": "", "big": "", "ok": "", "more": '[1.0,{"a":"b"}]'}
    assert not layer.frame.geometry.has_z.any() and not layer.findings


def test_the_id_of_a_feature_is_a_column(tmp_path: Path) -> None:
    """Ids outside the properties, as many county files have them, can be named by the scenario."""
    layer = _read(tmp_path, _collection({**_feature(name="Autauga"), "id": "01001"}))
    assert layer.frame["id"].tolist() == ["01001"]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::3857", "EPSG:3857"])
def test_a_named_coordinate_system_is_honoured(tmp_path: Path, name: str) -> None:
    """Metres of web Mercator come back as degrees."""
    place = {"type": "Point", "coordinates": [1113194.9079, 0.0]}
    layer = _read(tmp_path, _collection(_feature(place), crs={"type": "name", "properties": {"name": name}}))
    assert layer.frame.geometry.x[0] == pytest.approx(10.0) and not layer.findings


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_names_of_longitude_and_latitude_change_nothing(tmp_path: Path, name: str) -> None:
    """However longitude and latitude are called, longitude stands first in GeoJSON."""
    place = {"type": "Point", "coordinates": [10.0, 50.0]}
    layer = _read(tmp_path, _collection(_feature(place), crs={"type": "name", "properties": {"name": name}}))
    assert (layer.frame.geometry.x[0], layer.frame.geometry.y[0]) == (10.0, 50.0) and not layer.findings


HOSTILE = {
    "cut off": ('{"type": "FeatureCollection", "features": [', "syntax", 1),
    "empty": ("", "syntax", 1),
    "a list": ("[]", "not-geojson", None),
    "another document": ('{"type": "Tileset", "arcs": []}', "not-geojson", None),
    "a bare geometry": ('{"type": "Point", "coordinates": [0, 0]}', "not-geojson", None),
    "no features": ('{"type": "FeatureCollection"}', "not-geojson", None),
    "zero features": (_collection(), "no-features", None),
    "features is no list": ('{"type": "FeatureCollection", "features": {}}', "not-geojson", None),
    "a feature is a number": (_collection(_feature(), 7), "not-geojson", 2),
    "properties is a list": (_collection(_feature(), {**_feature(), "properties": [1]}), "not-geojson", 2),
    "NaN": (_collection(_feature(), _feature(hours=float("nan"))), "not-a-number", 2),
    "infinity": (_collection(_feature(), _feature(hours=[float("-inf")])), "not-a-number", 2),
    "1e999": (_collection(_feature(hours=1), _feature(hours=5)).replace("5}", "1e999}"), "not-a-number", 2),
    "two of a property": (
        '{"type": "Feature", "properties": {"a": 1, "a": 2}, "geometry": null}',
        "duplicate-field",
        1,
    ),
    "two features lists": ('{"type": "FeatureCollection", "features": [], "features": []}', "duplicate-field", None),
    "two geometries": (_collection(_feature()).replace('"properties"', '"geometry"'), "duplicate-field", 1),
    "a link": (_collection(_feature(), crs={"type": "link", "properties": {"href": "/etc/passwd"}}), "crs-link", None),
    "a file name": (
        _collection(_feature(), crs={"type": "name", "properties": {"name": "/etc/x"}}),
        "unknown-crs",
        None,
    ),
    "an unknown code": (
        _collection(_feature(), crs={"type": "name", "properties": {"name": "EPSG:1"}}),
        "unknown-crs",
        None,
    ),
    "crs is a text": (_collection(_feature(), crs="EPSG:3857"), "unknown-crs", None),
    "null geometry": (_collection(_feature(), {**_feature(), "geometry": None}), "no-geometry", 2),
    "no rings": (_collection(_feature(), _feature({"type": "Polygon", "coordinates": []})), "no-geometry", 2),
    "a circle": (_collection(_feature(), _feature({"type": "Circle", "coordinates": [0, 0]})), "bad-geometry", 2),
    "geometry is a text": (_collection(_feature(), _feature("POINT (0 0)")), "bad-geometry", 2),
    "an open ring": (_polygon([0, 0], [1, 0], [1, 1], [0, 1]), "bad-geometry", 2),
    "a short ring": (_polygon([0, 0], [1, 0], [0, 0]), "bad-geometry", 2),
    "coordinates are texts": (_polygon(["0", "0"], [1, 0], [1, 1], ["0", "0"]), "bad-geometry", 2),
    "a coordinate is NaN": (_polygon([0, 0], [1, float("nan")], [1, 1], [0, 0]), "bad-geometry", 2),
    "a coordinate is missing": (_polygon([0, 0], [1], [1, 1], [0, 0]), "bad-geometry", 2),
    "a coordinate is huge": (_polygon([0, 0], [1, 0], [1, 5], [0, 0]).replace("5]", "1e999]"), "bad-geometry", 2),
    "metres as degrees": (_polygon([0, 0], [500000, 0], [500000, 1], [0, 0]), "off-the-globe", 2),
    "latitude first": (_polygon([50, -100], [51, -100], [51, -101], [50, -100]), "off-the-globe", 2),
    "half a character": (_collection(_feature(), _feature(id="\ud800")), "bad-text", 2),
    "a NUL": (_collection(_feature(), _feature(id="a\x00b")), "bad-text", 2),
    "a geometry property": (
        _collection(_feature(geometry_=1), _feature()).replace("geometry_", "geometry", 1),
        "reserved-column",
        None,
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_end_in_a_finding_with_its_place(tmp_path: Path, case: str) -> None:
    """Whatever stands in a file, the reader says what is wrong and where, never more and never a traceback."""
    text, code, row = HOSTILE[case]
    (finding,) = _findings(tmp_path, text)
    assert (finding.code, finding.row, finding.file) == (code, row, "units.geojson")
    assert finding.hint.startswith("Maybe") and finding.message.endswith(".")


def test_wrong_bytes_are_placed(tmp_path: Path) -> None:
    """A file in another encoding is refused with the byte and line of the first wrong character."""
    (finding,) = _findings(tmp_path, '{"name":\n "Doña"}'.encode("cp1252"))
    assert (finding.code, finding.row, finding.value) == ("wrong-encoding", 2, "0xf1") and "byte 14" in finding.message


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    """Files that Windows programs mark as UTF-8 are read."""
    assert not _findings(tmp_path, b"\xef\xbb\xbf" + _collection(_feature(id="1")).encode())


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    """A file built to overflow the parser is an error, not a crash."""
    (finding,) = _findings(tmp_path, "[" * 200_000 + "]" * 200_000)
    assert finding.code == "too-deep"
    property_of_lists = _collection(_feature(a=1)).replace("1}", "[" * 900 + "]" * 900 + "}")
    assert [finding.code for finding in _findings(tmp_path, property_of_lists)] == ["too-deep"]


def test_every_wrong_feature_is_listed_and_kept(tmp_path: Path) -> None:
    """All findings come in one go, and features keep their numbers."""
    bad = {"type": "Polygon", "coordinates": [[[0, 0]]]}
    layer = _read(tmp_path, _collection(_feature(bad, id="1"), _feature(id="2"), _feature(bad, id="3")))
    assert [finding.row for finding in layer.findings if finding.level is Level.ERROR] == [1, 3]
    assert layer.frame["id"].tolist() == ["1", "2", "3"] and layer.frame.geometry.isna().tolist() == [True, False, True]
