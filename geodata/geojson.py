"""GeoJSON (RFC 7946, and the `crs` member of the 2008 draft) by a parser of our own: nothing in a file is followed."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geodata import crs, strict_json
from geodata.findings import Finding, Level
from geodata.geojson_shapes import ShapeError, shape
from geodata.raw_layer import RawLayer, refuse
from geodata.strict_json import Fields


def read_geojson(data: bytes, label: str) -> RawLayer:
    """Read a FeatureCollection or a single Feature.

    A feature's own `id` becomes the column `id` where its properties have none. Raises InputError where the document
    as a whole is no GeoJSON; what is wrong with single features is a finding with the feature's number.
    """
    document = strict_json.load(data, label)
    features = _features(document, label)
    declared = crs.from_geojson(document.get("crs"), label)
    findings: list[Finding] = []
    rows = [_row(feature, number, label, findings) for number, feature in enumerate(features, start=1)]
    shapes = np.empty(len(features), dtype=object)
    for i, feature in enumerate(features):
        shapes[i] = _shape(feature, i + 1, label, findings)
    return RawLayer(_table(rows), shapes, declared, tuple(findings))


def _features(document: Any, label: str) -> list[Any]:
    kind = document.get("type") if isinstance(document, Fields) else None
    if kind == "Feature":
        return [document]
    if kind != "FeatureCollection":
        hint = "Maybe export it as a GeoJSON FeatureCollection."
        message = f"{label} is JSON but not a GeoJSON FeatureCollection."
        refuse("not-geojson", label, message, hint, value=str(kind or ""))
    if document.repeated:
        message = f"The field {document.repeated[0]} stands twice at the top of {label}."
        refuse("duplicate-field", label, message, "Maybe remove one of the two.", value=document.repeated[0])
    if not isinstance(document.get("features"), list):
        hint = "Maybe the file is cut off or was edited by hand."
        refuse("not-geojson", label, f'The FeatureCollection {label} has no list "features".', hint)
    features: list[Any] = document["features"]
    return features


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


def _shape(feature: Any, number: int, label: str, findings: list[Finding]) -> shapely.Geometry | None:
    geometry = feature.get("geometry") if isinstance(feature, Fields) else None
    if geometry is None:
        return None
    try:
        return shape(geometry)
    except ShapeError as error:
        message = f"The geometry of feature {number} cannot be read: {error}."
        hint = "Maybe export the file again."
        findings.append(Finding(Level.ERROR, "bad-geometry", message, hint, label, number, "geometry"))
        return None


def _wrong(number: int, label: str, message: str) -> Finding:
    return Finding(Level.ERROR, "not-geojson", message, "Maybe export the file again.", label, number)


def _table(rows: list[dict[str, str]]) -> pd.DataFrame:
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: np.array([row.get(name, "") for row in rows], dtype=object) for name in names}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)), dtype=object)
