"""Two solved grid plans to compare, and hand-made neighbours of theirs."""

import csv
import io
from pathlib import Path
from typing import Any

from tests.scenarios.grid import solve_grid


def solved(folder: Path, **changes: Any) -> Path:
    """Solve the grid scenario with some sections replaced and return the folder of its results."""
    folder.mkdir()
    solve_grid(folder, **changes)
    return folder / "out"


def swapped(plan: Path, out: Path, pairs: dict[str, str]) -> Path:
    """Write a plan file in which units have other reps."""
    rows = list(csv.DictReader(io.StringIO(plan.read_text(encoding="utf-8-sig"), newline="")))
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("unit", "rep", "share"))
        writer.writerows((row["unit"], pairs.get(row["unit"], row["rep"]), row["share"]) for row in rows)
    return out
