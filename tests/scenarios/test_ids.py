"""Ids are text: present, unique, and not what a spreadsheet made of them."""

import pandas as pd

from scenarios.tables.damaged_ids import digits_offered, looks_damaged, with_digits
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


def test_ids_get_their_digits_back() -> None:
    """One number in the scenario undoes what a spreadsheet did; other ids stay, and nothing is changed unasked."""
    ids = column("1001", "1003.0", "01005", "A7", "123456", "")
    repaired, findings = with_digits(ids, 5, "u.csv", "fips")
    assert repaired.tolist() == ["01001", "01003", "01005", "A7", "123456", ""]
    assert [(finding.code, finding.row, finding.value) for finding in findings] == [("padded-id", 1, "1001")]
    assert with_digits(ids, None, "u.csv", "fips")[0].equals(ids)
    given = (
        ("zip", "2139 10001"),
        ("zip", "10001 02139"),
        ("no", "12.0 7.0"),
        ("no", "1 12"),
        ("zip", "2139.0 10001.0"),
    )
    assert [digits_offered(column(*ids.split()), name) for name, ids in given] == [5, None, 2, None, 5]


def test_decimals_are_told_once() -> None:
    """A column of a thousand such ids is one finding with the row of the first."""
    findings = looks_damaged(column("7.0", "48201.0", "12"), "u.csv", "id")
    assert len(findings) == 1 and findings[0].hint == "Maybe 7." and "1 others" in findings[0].message
