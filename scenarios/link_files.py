"""Files about pairs: links between units (edges, bridges, barriers) and the travel matrix."""

from pathlib import Path

import pandas as pd

from geodata.findings import Finding


def read_links(path: Path, label: str, field: str) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Read links as text columns a, b; index + 1 is the row. Unknown ids are left to the caller."""
    raise NotImplementedError


def read_matrix(path: Path, label: str) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Read the travel matrix as columns unit, rep (text) and cost (float64, at or above 0); index + 1 is the row."""
    raise NotImplementedError
