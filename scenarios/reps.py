"""reps.csv to Rep rows."""

from collections.abc import Collection
from pathlib import Path

from geodata.findings import Finding
from scenarios.case import Rep
from scenarios.document import Reps


def read_reps(reps: Reps, folder: Path, skill_values: Collection[str]) -> tuple[tuple[Rep, ...], tuple[Finding, ...]]:
    """Read the list of reps; empty where `reps` has no file.

    `skill_values` are the values of the units' skill columns: a column of that name holds each rep's fit, 0..1. A value
    without a column is left to the caller (Rep.skills lacks it).
    """
    raise NotImplementedError
