"""GeoJSON (RFC 7946, and the `crs` member of the 2008 draft) and TopoJSON by own parsers that follow no link."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import shapely

from geodata.findings import Finding, Level
from geodata.layers import crs, strict_json
from geodata.layers.geojson_shapes import ShapeError, shape
from geodata.layers.raw_layer import RawLayer, refuse
from geodata.layers.strict_json import Fields
from geodata.layers.topojson import read_topology


def read_geojson(data: bytes, label: str) -> RawLayer:
    """Read a FeatureCollection, a single Feature or a TopoJSON topology.

    A feature's own `id` becomes the column `id` where its properties have none. Raises InputError where the document
    as a whole is none of them; what is wrong with single features is a finding with the feature's number.
    """
    document = _document(data, label)
    declared = crs.from_geojson(document.get("crs"), label)
    if document["type"] == "Topology":
        topology = read_topology(document, label)
        return _layer(topology.features, topology.shape, declared, label, topology.findings)
    features = [document] if document["type"] == "Feature" else _listed(document, label)
    return _layer(features, shape, declared, label)


def _document(data: bytes, label: str) -> Fields:
    document = strict_json.load(data, label)
    kind = document.get("type") if isinstance(document, Fields) else None
    if not isinstance(document, Fields) or kind not in ("Feature", "FeatureCollection", "Topology"):
        hint = "Maybe export it as a GeoJSON FeatureCollection."
        message = f"{label} is JSON but not a GeoJSON FeatureCollection."
        refuse("not-geojson", label, message, hint, value=str(kind or "")[:40])
    if document.repeated and kind != "Feature":
        message = f"The field {document.repeated[0]} stands twice at the top of {label}."
        refuse("duplicate-field", label, message, "Maybe remove one of the two.", value=document.repeated[0])
    return document


def _listed(document: Fields, label: str) -> list[Any]:
    features = document.get("features")
    if not isinstance(features, list):
        hint = "Maybe the file is cut off or was edited by hand."
        refuse("not-geojson", label, f'The FeatureCollection {label} has no list "features".', hint)
    return features


def _layer(
    features: list[Any],
    build: Callable[[Any], shapely.Geometry],
    declared: pyproj.CRS,
    label: str,
    about: tuple[Finding, ...] = (),
) -> RawLayer:
    findings = list(about)
    rows = [_row(feature, number, label, findings) for number, feature in enumerate(features, start=1)]
    shapes = np.empty(len(features), dtype=object)
    for i, feature in enumerate(features):
        try:
            shapes[i] = _shape(feature, build)
        except ShapeError as error:
            findings.append(_bad_geometry(i + 1, str(error), label))
    return RawLayer(_table(rows), shapes, declared, tuple(findings))


def _row(feature: Any, number: int, label: str, findings: list[Finding]) -> dict[str, str]:
    if not isinstance(feature, Fields) or feature.get("type") != "Feature":
        findings.append(_wrong(number, label, f"Feature {number} of {label} is not a GeoJSON Feature."))
        return {}
    properties = feature.get("properties")
    if not isinstance(properties, (Fields, type(None))):
        findings.append(_wrong(number, label, f"The properties of feature {number} are not an object."))
        properties = None
    row = {name: strict_json.as_text(value) for name, value in (properties or {}).items()}
    if "id" in feature:
        row.setdefault("id", strict_json.as_text(feature["id"]))
    findings.extend(_defects(feature, properties, number, label))
    return row


def _defects(feature: Fields, properties: Fields | None, number: int, label: str) -> Iterable[Finding]:
    """Yield repeated keys and impossible numbers outside the coordinates, each with its field."""
    yield from (_defect("duplicate-field", key, key, number, label) for key in feature.repeated)
    if properties is None:
        return
    yield from (_defect("duplicate-field", key, key, number, label) for key in properties.repeated)
    for name, value in properties.items():
        for code, text in strict_json.defects(value):
            yield _defect(code, name, text, number, label)


def _defect(code: str, field: str, value: str, number: int, label: str) -> Finding:
    if code == "duplicate-field":
        message, hint = f"{value} stands twice in feature {number}.", "Maybe remove one of the two."
    else:
        message = f"{field} of feature {number} is {value}, which is no number in JSON."
        hint = "Maybe leave the value empty (null)."
    return Finding(Level.ERROR, code, message, hint, label, number, field, value)


def _shape(feature: Any, build: Callable[[Any], shapely.Geometry]) -> shapely.Geometry | None:
    geometry = feature.get("geometry") if isinstance(feature, Fields) else None
    return None if geometry is None else build(geometry)


def _bad_geometry(number: int, why: str, label: str) -> Finding:
    message = f"The geometry of feature {number} cannot be read: {why}."
    return Finding(Level.ERROR, "bad-geometry", message, "Maybe export the file again.", label, number, "geometry")


def _wrong(number: int, label: str, message: str) -> Finding:
    return Finding(Level.ERROR, "not-geojson", message, "Maybe export the file again.", label, number)


def _table(rows: list[dict[str, str]]) -> pd.DataFrame:
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: np.array([row.get(name, "") for row in rows], dtype=object) for name in names}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)), dtype=object)
