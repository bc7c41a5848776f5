from pathlib import Path

import pytest

from geodata.findings import InputError
from geodata.layers.layers import Layer, read_layer

RING = "<LinearRing><coordinates>0,0,5 1,0,5 1,1,5 0,0,5</coordinates></LinearRing>"
POLYGON = f"<Polygon><outerBoundaryIs>{RING}</outerBoundaryIs></Polygon>"


def _read(tmp_path: Path, body: str, head: str = "") -> Layer:
    path = tmp_path / "a.kml"
    path.write_text(f'{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>')
    return read_layer(path, "a.kml")


def test_placemarks_of_all_folders_keep_their_ids(tmp_path: Path) -> None:
    """Ids in extended data keep their zeros even where the schema calls them numbers, in every folder."""
    simple = '<SchemaData><SimpleData name="zip">00501</SimpleData></SchemaData>'
    data = '<Data name="zip"><value>01002</value></Data>'
    body = (
        f"<Folder><Placemark><name>A</name><ExtendedData>{simple}</ExtendedData>{POLYGON}</Placemark></Folder>"
        f"<Placemark><name>B</name><ExtendedData>{data}</ExtendedData>"
        f"<MultiGeometry>{POLYGON}<MultiGeometry>{POLYGON}</MultiGeometry></MultiGeometry></Placemark>"
        "<Placemark><Point><coordinates>7,8</coordinates></Point></Placemark>"
    )
    layer = _read(tmp_path, body)
    assert layer.frame["zip"].tolist() == ["00501", "01002", ""] and layer.frame["name"].tolist() == ["A", "B", ""]
    assert layer.frame.geometry.geom_type.tolist() == ["Polygon", "MultiPolygon", "Point"] and not layer.findings


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<Placemark/>", "no-geometry"),
        (f"<Placemark>{POLYGON.replace('1,0,5', '1,north')}</Placemark>", "bad-geometry"),
        (f"<Placemark>{POLYGON.replace('1,0,5', '1')}</Placemark>", "bad-geometry"),
        (f"<Placemark>{POLYGON.replace('1,0,5', 'nan,0')}</Placemark>", "bad-geometry"),
        (f"<Placemark>{POLYGON.replace('1,0,5', '1e999,0')}</Placemark>", "bad-geometry"),
        ("<Placemark><Polygon/></Placemark>", "bad-geometry"),
        (
            f"<Placemark><Polygon><outerBoundaryIs>{RING[:40]}0,0</coordinates></LinearRing></outerBoundaryIs></Polygon>"
            "</Placemark>",
            "bad-geometry",
        ),
    ],
)
def test_wrong_placemarks_are_findings_with_their_number(tmp_path: Path, body: str, code: str) -> None:
    """One bad placemark neither hides the others nor passes."""
    layer = _read(tmp_path, f"<Placemark>{POLYGON}</Placemark>{body}")
    assert [(finding.code, finding.row) for finding in layer.findings] == [(code, 2)]


@pytest.mark.parametrize(
    ("head", "body", "code"),
    [
        ('<!DOCTYPE kml [<!ENTITY a "b">]>', f"<Placemark><name>&a;</name>{POLYGON}</Placemark>", "wrong-content"),
        ('<!DOCTYPE kml SYSTEM "file:///etc/passwd">', f"<Placemark>{POLYGON}</Placemark>", "wrong-content"),
        ("", "<Placemark><name>A</Placemark>", "syntax"),
        ("", "<NetworkLink><Link><href>http://example.com</href></Link></NetworkLink>", "no-features"),
        ("<svg/>", "", "syntax"),
    ],
)
def test_hostile_documents_are_refused(tmp_path: Path, head: str, body: str, code: str) -> None:
    """Entities, document types and links are never followed."""
    with pytest.raises(InputError) as caught:
        _read(tmp_path, body, head)
    assert [finding.code for finding in caught.value.findings] == [code]


def test_other_xml_is_no_kml(tmp_path: Path) -> None:
    """A file of another kind with the ending .kml is named as such."""
    (tmp_path / "a.kml").write_text("<gpx/>")
    with pytest.raises(InputError) as caught:
        read_layer(tmp_path / "a.kml", "a.kml")
    assert caught.value.findings[0].code == "wrong-content"
