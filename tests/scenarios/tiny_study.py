"""Tiny scenarios on disk: four units in a row, or squares drawn as letters, and two reps."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geodata.findings import Finding, InputError
from scenarios.case import Case
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read

UNITS = """id,name,lat,lon,hours,revenue,kind,owner,years
A,Ashby,50.0,10.0,10,100,x,R1,1
B,Bray,50.0,10.1,20,200,x,R1,2
C,Corfe,50.0,10.2,30,300,y,R2,3
D,Dale,50.0,10.3,40,400,y,R2,4
"""
REPS = """id,lat,lon
R1,50.0,10.0
R2,50.0,10.3
"""
DOCUMENT: dict[str, Any] = {
    "schema_version": 1,
    "name": "tiny",
    "units": {"file": "units.csv", "id": "id", "name": "name", "current": "owner"},
    "measures": {"workload": {"column": "hours"}, "potential": {"column": "revenue"}},
    "reps": {"file": "reps.csv"},
}
SIDE_DEG = 0.1


def squares(drawing: str, skip: str = ".") -> str:
    """Return GeoJSON with a square for each letter of a drawing, rows from north to south; hours and revenue are 10."""
    features = []
    for row, line in enumerate(drawing.split()):
        for column, name in enumerate(line):
            if name not in skip:
                west, south = 10 + column * SIDE_DEG, 50 - row * SIDE_DEG
                east, north = west + SIDE_DEG, south + SIDE_DEG
                ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
                features.append(
                    {
                        "type": "Feature",
                        "properties": {"id": name, "hours": 10, "revenue": 10},
                        "geometry": {"type": "Polygon", "coordinates": [ring]},
                    }
                )
    return json.dumps({"type": "FeatureCollection", "features": features})


def write(folder: Path, changes: Mapping[str, Any] | None = None, files: Mapping[str, str] | None = None) -> Path:
    """Write the tiny scenario with parts of the document replaced (None removes one) and files added or replaced."""
    document = {name: part for name, part in (DOCUMENT | dict(changes or {})).items() if part is not None}
    for name, text in {"units.csv": UNITS, "reps.csv": REPS, **(files or {})}.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "scenario.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def case_of(folder: Path, changes: Mapping[str, Any] | None = None, files: Mapping[str, str] | None = None) -> Case:
    """Write and prepare the tiny scenario."""
    return prepare(read(write(folder, changes, files)))


def map_case(folder: Path, drawing: str, changes: Mapping[str, Any] | None = None, **files: str) -> Case:
    """Prepare the tiny scenario on squares; keyword `edges="..."` writes edges.csv."""
    document = {"units": {"file": "units.geojson", "id": "id"}, **(changes or {})}
    texts = {f"{name}.csv": text for name, text in files.items()}
    return case_of(folder, document, {"units.geojson": squares(drawing), **texts})


def found(
    folder: Path, changes: Mapping[str, Any] | None = None, files: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """Return every finding of the tiny scenario, whether it can be used or not."""
    try:
        return case_of(folder, changes, files).findings
    except InputError as error:
        return error.findings


def the(findings: tuple[Finding, ...], code: str) -> Finding:
    """Return the only finding of a code; any other number fails with all findings shown."""
    chosen = [finding for finding in findings if finding.code == code]
    assert len(chosen) == 1, f"{len(chosen)} findings of {code} in {findings}"
    return chosen[0]
