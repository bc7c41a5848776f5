"""Work without a clock gives the same bytes, whatever else differs between two runs."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from api.cli.app import app
from api.cli.exits import Exit

COMMAND = [sys.executable, "-c", "from api.cli import main; main()", "solve"]
ROWS, COLUMNS, REPS = 16, 20, 40
"""Large enough for two workers with a region each (see `optimizer/local_search/regions`)."""


def test_two_workers_write_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    """With an effort, hashes of another seed and threads that end in another order must not show in any file."""
    scenario = _scenario(tmp_path)
    options = [str(scenario), "--quiet", "--accept-nearest", "--out"]
    assert CliRunner().invoke(app, ["solve", *options, str(tmp_path / "one")]).exit_code == Exit.DONE
    elsewhere = {**os.environ, "PYTHONHASHSEED": "1"}
    subprocess.run([*COMMAND, *options, str(tmp_path / "two")], check=True, env=elsewhere, timeout=300)
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names >= {"plan.csv", "plan.geojson", "map.html", "plan.xlsx", "certificate.json", "report.json"}
    for file in sorted(names - {"report.json"}):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file
    one, two = (json.loads((tmp_path / name / "report.json").read_text(encoding="utf-8")) for name in ("one", "two"))
    assert one.pop("timing") and two.pop("timing") and one == two
    assert one["provenance"]["reproducible"]


def test_a_clock_is_told_of(tmp_path: Path) -> None:
    """Who gives a time limit learns on the screen and in the report that another run may differ."""
    command = ["solve", str(_scenario(tmp_path)), "--out", str(tmp_path / "out"), "--time-limit", "0.5", "--no-map"]
    run = CliRunner().invoke(app, [*command, "--accept-nearest"])
    assert "Another run may give another plan" in " ".join(run.output.split())
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert not report["provenance"]["reproducible"]


def _scenario(folder: Path) -> Path:
    """Write a grid of points with uneven loads, and reps along its diagonals."""
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("unit", "lat", "lon", "hours", "revenue"))
        for i in range(ROWS * COLUMNS):
            lat, lon = 40.0 + 0.1 * (i // COLUMNS), -100.0 + 0.1 * (i % COLUMNS)
            table.writerow((f"U{i:03}", f"{lat:.1f}", f"{lon:.1f}", 10 + i * 7 % 13, 100 + i * 31 % 97))
    with (folder / "reps.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("id", "lat", "lon"))
        for j in range(REPS):
            table.writerow(
                (f"R{j:02}", f"{40.0 + 0.1 * (j * 5 % ROWS):.1f}", f"{-100.0 + 0.1 * (j * 3 % COLUMNS):.1f}")
            )
    path = folder / "scenario.json"
    measures = {
        "workload": {"column": "hours", "tolerance": 0.15},
        "potential": {"column": "revenue", "tolerance": 0.2},
    }
    document = {
        "schema_version": 1,
        "name": "Grid",
        "units": {"file": "units.csv", "id": "unit"},
        "measures": measures,
        "reps": {"file": "reps.csv"},
        "solve": {"effort": 0.005, "gap": 0, "workers": 2},
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
