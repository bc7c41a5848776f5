"""Ids are text: present, unique, and not what a spreadsheet made of them."""

import pandas as pd

from scenarios.tables.damaged_ids import looks_damaged
from scenarios.tables.ids import check_ids


def column(*cells: str) -> pd.Series:
    """Return a column of ids."""
    return pd.Series(cells, dtype=str)


def test_blank_and_repeated_ids_are_errors() -> None:
    """Every blank and every repetition has its row, and the repetition names the first."""
    findings = check_ids(column("a", "", "a", "b"), "u.csv", "id")
    assert [(finding.code, finding.row) for finding in findings] == [("missing-id", 2), ("duplicate-id", 3)]
    assert "row 1" in findings[1].message


def test_damaged_ids_are_recognised() -> None:
    """Exponents and decimals of a spreadsheet are doubted; ordinary ids, also 1E5, are not."""
    findings = looks_damaged(column("1.2E+05", "1E+05", "48201.0", "1E5", "48201", "A.0"), "u.csv", "id")
    assert [(finding.code, finding.row) for finding in findings] == [
        ("exponent-id", 1),
        ("exponent-id", 2),
        ("decimal-id", 3),
    ]
    assert findings[2].hint == "Maybe 48201."
