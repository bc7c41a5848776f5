"""A made-up country of 4 x 6 square counties, three reps and one who leaves: small enough to count by hand."""

import csv
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from optimizer.solve import solve
from scenarios.export.files import plan_files
from scenarios.export.folder import write_files
from scenarios.options import solve_options
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from scenarios.report.answer import Answer, solved_answer
from scenarios.report.build import build_report
from scenarios.report.model import Report
from scenarios.report.provenance import Run

ROWS, COLUMNS = 4, 6
WEST, SOUTH, SIDE = -100.0, 31.0, 0.25

STARTED = datetime(2026, 11, 1, tzinfo=UTC)
REPS = [
    ("id", "name", "lat", "lon", "capacity", "status", "retail", "health"),
    ("R1", "Ann Ägir", "31.5", "-99.6", "1", "active", "1", "0.7"),
    ("R2", "Bo", "31.4", "-99.1", "1", "active", "0.5", "1"),
    ("R3", "Cy", "31.6", "-98.7", "0.5", "vacant", "0.9", "0.3"),
    ("R9", "Di", "31.9", "-99.0", "1", "leaving", "1", "1"),
]


def write_grid(folder: Path, *, cells: Mapping[str, Mapping[str, Any]] | None = None, **changes: Any) -> Path:
    """Write the scenario's files into a folder and return its document.

    `cells` replaces properties of counties by id, `changes` whole sections of the document.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counties = features()
    for county in counties:
        county["properties"].update((cells or {}).get(county["properties"]["fips"], {}))
    (folder / "counties.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": counties}))
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
        "solve": {"effort": 0.5, "gap": 0.0, "workers": 1},
    }
    path = folder / "scenario.yaml"
    path.write_text(yaml.safe_dump(document | changes, sort_keys=False), encoding="utf-8")
    return path


def solve_grid(folder: Path, **changes: Any) -> tuple[Answer, Report]:
    """Write the grid scenario, solve it and write its results into `folder / "out"`."""
    path = write_grid(folder, **changes)
    source = read(path)
    case = prepare(source)
    options = solve_options(case.scenario.solve, {}, None)
    answer = solved_answer(case, solve(case.problem, options))
    run = Run("solve", STARTED, 1.5, f"../{path.name}", source.text_sha256, options)
    report = build_report(answer, run)
    (folder / "out").mkdir()
    write_files(folder / "out", plan_files(answer, report))
    return answer, report


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
