"""A made-up country of 4 x 6 square counties with three reps, one more leaving, and skills: small enough to count by hand."""

import csv
import json
from pathlib import Path
from typing import Any

import yaml

ROWS, COLUMNS = 4, 6
WEST, SOUTH, SIDE = -100.0, 31.0, 0.25

REPS = [
    ("id", "name", "lat", "lon", "capacity", "status", "retail", "health"),
    ("R1", "Ann Ägir", "31.5", "-99.6", "1", "active", "1", "0.7"),
    ("R2", "Bo", "31.4", "-99.1", "1", "active", "0.5", "1"),
    ("R3", "Cy", "31.6", "-98.7", "0.5", "vacant", "0.9", "0.3"),
    ("R9", "Di", "31.9", "-99.0", "1", "leaving", "1", "1"),
]


def write_grid(folder: Path, **changes: Any) -> Path:
    """Write the scenario's files into a folder and return its document; `changes` replace whole sections of it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "counties.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features()}))
    with (folder / "reps.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(REPS)
    document: dict[str, Any] = {
        "schema_version": 1,
        "name": "Grid",
        "plan": {"year": 2027, "from": "2027-01-01", "currency": "USD"},
        "units": {"file": "counties.geojson", "id": "fips", "name": "county", "current": "owner"},
        "measures": {
            "workload": {"column": "hours", "tolerance": 0.3, "aim": 0.02},
            "potential": {"column": "revenue", "tolerance": 0.5},
        },
        "reps": {"file": "reps.csv"},
        "skills": [{"column": "industry"}],
        "rules": {"lock": [{"unit": "01", "rep": "R1", "reason": "strategic"}]},
        "solve": {"effort": 0.05, "gap": 0.0, "workers": 1},
    }
    path = folder / "scenario.yaml"
    path.write_text(yaml.safe_dump(document | changes, sort_keys=False), encoding="utf-8")
    return path


def features() -> list[dict[str, Any]]:
    """Return the counties, numbered line by line from the south-west, ids with a leading zero."""
    return [feature(row, column) for row in range(ROWS) for column in range(COLUMNS)]


def feature(row: int, column: int) -> dict[str, Any]:
    """Return one county."""
    number = row * COLUMNS + column + 1
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    east, north = west + SIDE, south + SIDE
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    properties = {
        "fips": f"{number:02d}",
        "county": f"County {number}",
        "hours": 20 + (7 * number) % 11,
        "revenue": 1000.25 + 137.5 * ((5 * number) % 7),
        "industry": "retail" if (row + column) % 3 else "health",
        "owner": owner(row, column),
    }
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def owner(row: int, column: int) -> str:
    """Return today's rep: three blocks, a corner of somebody who leaves, and one county of nobody."""
    if row == ROWS - 1 and column == COLUMNS - 1:
        return ""
    if row == ROWS - 1 and column > 2:
        return "R9"
    return ("R1", "R1", "R1", "R2", "R3", "R3")[column]
