"""Numbers as people write them, read as they were meant or refused with their row."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.findings import Finding, Level
from scenarios.tables.numbers import parse_amounts, parse_numbers


def amounts(*cells: str) -> tuple[list[float], list[tuple[str, Level, int | None]]]:
    """Return the numbers of a column and code, level and row of each finding."""
    numbers, findings = parse_amounts(pd.Series(cells, dtype=str), "t.csv", "hours")
    return numbers.tolist(), brief(findings)


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, Level, int | None]]:
    """Return code, level and row of each finding."""
    return [(finding.code, finding.level, finding.row) for finding in findings]


def test_plain_numbers_need_no_word() -> None:
    """What programs write is read without a finding."""
    assert amounts("1", "2.5", ".5", "1e3", "+7", "0") == ([1, 2.5, 0.5, 1000, 7, 0], [])


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1.234,5", "12,5", "1.234"], [1234.5, 12.5, 1234]),
        (["1,234.5", "12.5", "1,234"], [1234.5, 12.5, 1234]),
        (["1,234,567", "8"], [1234567, 8]),
        (["1.234.567", "0,5"], [1234567, 0.5]),
        (["12,34,567.5", "1"], [1234567.5, 1]),
        (["1 234,5", "1\u00a0234\u202f567,5"], [1234.5, 1234567.5]),
        (["1'234.5", "1’234"], [1234.5, 1234]),
        (["$1,234.50", "€ 7", "5 €", "USD 3", "12 CHF", "R$ 2"], [1234.5, 7, 5, 3, 12, 2]),
        (["1\u202f234,5\u00a0€", "€\u00a01\u00a0234,5"], [1234.5, 1234.5]),
        (["12 %", "5%"], [0.12, 0.05]),
    ],
)
def test_the_column_tells_how_its_numbers_are_written(cells: list[str], numbers: list[float]) -> None:
    """Decimal commas, separators, currency and percent are read as the whole column proves, and noted once."""
    read, findings = amounts(*cells)
    assert read == pytest.approx(numbers)
    assert [(code, level) for code, level, _ in findings] == [("guessed-number-format", Level.NOTE)]


@pytest.mark.parametrize(("cell", "number"), [("1,234", 1234.0), ("1.234", 1.234)])
def test_numbers_that_read_both_ways_are_noted(cell: str, number: float) -> None:
    """Where nothing in the column tells, the usual reading is taken and a note says which."""
    read, findings = amounts(cell, "5")
    assert read == [number, 5.0]
    assert ("unclear-number", Level.NOTE, 1) in findings


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "missing-value"),
        ("x", "invalid-number"),
        ("1.5k", "invalid-number"),
        ("12 34", "invalid-number"),
        ("1_000", "invalid-number"),
        ("--5", "invalid-number"),
        ("=1+1", "invalid-number"),
        ("-5", "negative-value"),
        ("(5)", "negative-value"),
        ("5-", "negative-value"),
        ("−5", "negative-value"),
        ("nan", "not-finite"),
        ("-inf", "not-finite"),
        ("1e999", "not-finite"),
        ("1,23,4", "mixed-number-formats"),
    ],
)
def test_bad_amounts_are_errors_with_their_row(cell: str, code: str) -> None:
    """No bad cell becomes a number in silence."""
    _, findings = amounts("1.5", cell, "2.5")
    assert (code, Level.ERROR, 2) in findings


def test_a_column_cannot_be_written_both_ways() -> None:
    """Decimal commas and decimal points in one column are an error at each row that loses, also without proof."""
    read, findings = amounts("1,5", "1.5", "2.5")
    assert (np.isnan(read[0]), read[1:]) == (True, [1.5, 2.5])
    assert findings == [("mixed-number-formats", Level.ERROR, 1)]
    assert [code for code, level, _ in amounts("1,234", "1.234")[1] if level is Level.ERROR] == [
        "mixed-number-formats",
        "mixed-number-formats",
    ]
    assert ("mixed-percent", Level.WARNING, 1) in amounts("5 %", "0.07")[1]


def test_ranges_and_blanks() -> None:
    """A blank may have a meaning; both ends of a range are inside it; rows are those of the file."""
    texts = pd.Series(["", "0", "1", "1.5"], index=[0, 2, 3, 7], dtype=str)
    numbers, findings = parse_numbers(texts, "t.csv", "fit", blank=0.5, low=0.0, high=1.0)
    assert numbers.tolist() == [0.5, 0.0, 1.0, 1.5]
    assert brief(findings) == [("out-of-range", Level.ERROR, 8)]
    assert len(parse_amounts(pd.Series([], dtype=str), "t.csv", "x")[0]) == 0


def styled(number: Decimal, mark: str, thousands: str) -> str:
    """Return a number with two decimals and grouped thousands."""
    return f"{number:,.2f}".replace(",", "T").replace(".", mark).replace("T", thousands)


@given(
    st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=5),
    st.sampled_from([(".", ","), (",", "."), (",", " "), (",", "\u202f"), (".", "'")]),
)
def test_every_common_style_reads_back(numbers: list[Decimal], style: tuple[str, str]) -> None:
    """Numbers written in any common style are the numbers they were."""
    read, findings = amounts(*(styled(number, *style) for number in numbers))
    assert read == pytest.approx([float(number) for number in numbers], rel=1e-12)
    assert all(level is Level.NOTE for _, level, _ in findings)
