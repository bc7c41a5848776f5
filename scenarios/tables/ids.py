"""Columns of ids: present, unique, undamaged."""

import numpy as np
import pandas as pd

from geodata.findings import Finding
from scenarios.near_names import listed
from scenarios.tables.columns import Column
from scenarios.tables.damaged_ids import looks_damaged


def check_ids(ids: pd.Series, label: str, field: str) -> tuple[Finding, ...]:
    """Return errors for blank and repeated ids and warnings for ids that look damaged."""
    column = Column(ids, label, field)
    findings = [*missing_ids(ids, label, field)]
    first_row: dict[str, int] = {}
    for position, text in enumerate(ids):
        if not text:
            continue
        if text in first_row:
            wrong = f"is in row {first_row[text]} too"
            findings.append(column.bad(position, "duplicate-id", wrong, "Maybe remove or rename one of the rows."))
        first_row.setdefault(text, column.row(position))
    return (*listed(findings), *looks_damaged(ids, label, field))


def missing_ids(ids: pd.Series, label: str, field: str) -> tuple[Finding, ...]:
    """Return an error for each blank id."""
    column = Column(ids, label, field)
    blank = np.flatnonzero((ids == "").to_numpy(dtype=bool)).tolist()
    return listed(column.bad(position, "missing-id", "is empty", "Maybe remove the row.") for position in blank)
