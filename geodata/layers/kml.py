"""KML 2.2 placemarks by a parser of our own: no links, no network, no document types."""

from typing import Any, NoReturn
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import shapely

from geodata.arrays import FloatArray
from geodata.findings import Finding, Level
from geodata.layers import crs
from geodata.layers.geojson_shapes import ShapeError, closed_ring
from geodata.layers.raw_layer import RawLayer, refuse

Element = ElementTree.Element


class _DocumentTypeError(ValueError):
    """The file declares a document type, through which entities could explode or read other files."""


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, name: str, *_: Any) -> NoReturn:
        raise _DocumentTypeError(name)


def read_kml(data: bytes, label: str) -> RawLayer:
    """Read every Placemark of all folders, in the order of the file.

    Columns are `name`, `description`, `id` where placemarks have them, and the extended data by their names. KML is
    always in longitude and latitude.
    """
    root = _root(data, label)
    marks = root.findall(".//{*}Placemark")
    rows = [_attributes(mark) for mark in marks]
    findings: list[Finding] = []
    shapes = np.empty(len(marks), dtype=object)
    for i, mark in enumerate(marks):
        shapes[i] = _shape(mark, i + 1, label, findings)
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = pd.DataFrame({name: [row.get(name, "") for row in rows] for name in names}, dtype=object)
    lonlat = crs.from_geojson(None, label)
    return RawLayer(table.reindex(range(len(rows))), shapes, lonlat, tuple(findings))


def _root(data: bytes, label: str) -> Element:
    try:
        root = ElementTree.fromstring(data, ElementTree.XMLParser(target=_Builder()))
    except ElementTree.ParseError as error:
        line, column = error.position
        message = f"{label} is not valid XML in line {line}, column {column + 1}: {error.msg}."
        refuse("syntax", label, message, "Maybe the file is cut off.", row=line)
    except (ValueError, LookupError) as error:
        message = f"{label} declares a document type or an unknown encoding, which is not read: {error}."
        refuse("wrong-content", label, message, "Maybe export the KML again.")
    if _tag(root) != "kml":
        message = f"{label} is XML but no KML: its root is {_tag(root)[:40]}."
        refuse("wrong-content", label, message, "Maybe its ending is wrong.", value=_tag(root)[:40])
    return root


def _attributes(mark: Element) -> dict[str, str]:
    row = {tag: _text(mark.find(f"{{*}}{tag}")) for tag in ("name", "description")}
    row = {name: text for name, text in row.items() if text}
    if "id" in mark.attrib:
        row["id"] = mark.attrib["id"]
    for data in mark.findall("{*}ExtendedData//{*}Data"):
        row[data.get("name", "")] = _text(data.find("{*}value"))
    for data in mark.findall("{*}ExtendedData//{*}SimpleData"):
        row[data.get("name", "")] = _text(data)
    return row


def _shape(mark: Element, number: int, label: str, findings: list[Finding]) -> shapely.Geometry | None:
    geometry = next((child for child in mark if _tag(child) in _GEOMETRIES), None)
    if geometry is None:
        return None
    try:
        return _geometry(geometry)
    except (ValueError, shapely.errors.ShapelyError) as error:
        message = f"The geometry of feature {number} cannot be read: {error}."
        hint = "Maybe export the file again."
        findings.append(Finding(Level.ERROR, "bad-geometry", message, hint, label, number, "geometry"))
        return None


_GEOMETRIES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")


def _geometry(element: Element) -> shapely.Geometry:
    kind = _tag(element)
    if kind == "Polygon":
        holes = element.findall("{*}innerBoundaryIs/{*}LinearRing")
        outer = closed_ring(_places(element.find("{*}outerBoundaryIs/{*}LinearRing")))
        return shapely.Polygon(outer, [closed_ring(_places(ring)) for ring in holes])
    if kind == "MultiGeometry":
        return _collected([_geometry(part) for part in element if _tag(part) in _GEOMETRIES])
    places = _places(element)
    return shapely.Point(places[0]) if kind == "Point" else shapely.LineString(places)


def _collected(parts: list[shapely.Geometry]) -> shapely.Geometry:
    flat = [simple for part in parts for simple in shapely.get_parts(part)]
    if flat and all(part.geom_type == "Polygon" for part in flat):
        return shapely.MultiPolygon(flat)
    return shapely.GeometryCollection(flat)


def _places(element: Element | None) -> FloatArray:
    text = _text(element.find("{*}coordinates")) if element is not None else ""
    listed = [[float(number) for number in place.split(",")[:2]] for place in text.split()]
    places = np.array(listed, dtype=np.float64)
    if places.ndim != 2 or places.shape[1] != 2 or not np.isfinite(places).all():
        raise ShapeError("its coordinates are not pairs of finite numbers")
    return places


def _text(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
