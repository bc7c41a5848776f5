"""Columns of numbers as people write them: decimal commas, thousands separators, currency signs, percent."""

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level
from optimizer.problem import BoolArray, FloatArray
from scenarios.near_names import listed
from scenarios.tables.columns import Column
from scenarios.tables.number_text import PLAIN, UNCLEAR, Mark, Token, mark_of, token, value

_NOT_FINITE = frozenset({"nan", "inf", "infinity", "∞"})
_SAME_WAY = "Maybe write all rows the same way."


def parse_numbers(
    texts: pd.Series,
    label: str,
    field: str,
    *,
    blank: float | None = None,
    low: float = -math.inf,
    high: float = math.inf,
) -> tuple[FloatArray, tuple[Finding, ...]]:
    """Read a column of numbers within low..high, both inclusive.

    Parameters
    ----------
    texts : Series of str
        The cells; index + 1 is the row in findings.
    label, field : str
        File and column for findings.
    blank : float or None
        Stands for empty cells; None makes each an error.

    Returns
    -------
    array : (n,) float64
        NaN where a cell could not be read, with an error finding each.
    findings : tuple of Finding
        Errors, and notes on how unclear cells were read.
    """
    column = Column(texts.str.strip(), label, field)
    empty = (column.cells == "").to_numpy(dtype=bool)
    numbers = np.full(len(texts), np.nan if blank is None else blank)
    numbers[~empty], findings = _filled(Column(column.cells[~empty], label, field))
    if blank is None:
        findings += [column.bad(i, "missing-value", "is empty", "Maybe write a number.") for i in _where(empty)]
    findings += _out_of_range(column, numbers, low, high)
    return numbers, listed(findings)


def parse_amounts(
    texts: pd.Series, label: str, field: str, *, blank: float | None = None
) -> tuple[FloatArray, tuple[Finding, ...]]:
    """Read a column of amounts at or above 0, as `parse_numbers` does."""
    return parse_numbers(texts, label, field, blank=blank, low=0.0)


def _filled(column: Column) -> tuple[FloatArray, list[Finding]]:
    if column.cells.str.fullmatch(PLAIN).all():
        numbers = np.array(column.cells.to_numpy(dtype=np.float64))
        findings = _unclear_points(column)
    else:
        numbers, findings = _written(column)
    infinite = np.isinf(numbers)
    numbers[infinite] = np.nan
    findings += [column.bad(i, "not-finite", "is not finite", "Maybe a digit is wrong.") for i in _where(infinite)]
    return numbers, findings


def _unclear_points(column: Column) -> list[Finding]:
    pointed = column.cells.str.contains(".", regex=False).to_numpy(dtype=bool)
    if not pointed.any() or not column.cells[pointed].str.fullmatch(UNCLEAR).all():
        return []
    return [_unclear_note(column, _where(pointed)[0])]


def _written(column: Column) -> tuple[FloatArray, list[Finding]]:
    tokens = [token(text) for text in column.cells]
    proven = Counter(mark for written in tokens if (mark := mark_of(written.digits)))
    mark = Mark.COMMA if proven[Mark.COMMA] > proven[Mark.POINT] else Mark.POINT
    read = [value(written, mark) for written in tokens]
    numbers = np.array([np.nan if number is None else number for number in read])
    findings = [_unreadable(column, i, tokens[i], mark) for i, number in enumerate(read) if number is None]
    unclear = [i for i, written in enumerate(tokens) if re.fullmatch(UNCLEAR, written.digits)]
    if unclear and not proven:
        findings += _unclear(column, tokens, unclear)
    return numbers, findings + _decorated(column, numbers) + _percents(column, tokens)


def _unreadable(column: Column, i: int, written: Token, mark: Mark) -> Finding:
    if column.cells.iloc[i].strip("+-").casefold() in _NOT_FINITE:
        return column.bad(i, "not-finite", "is not finite", "Maybe write a number.")
    if written.digits:
        name = "point" if mark is Mark.POINT else "comma"
        wrong = f"does not fit the other rows, which are read with a decimal {name}"
        return column.bad(i, "mixed-number-formats", wrong, _SAME_WAY)
    return column.bad(i, "invalid-number", "is not a number", "Maybe write digits only.")


def _unclear(column: Column, tokens: Sequence[Token], unclear: Sequence[int]) -> list[Finding]:
    """Return what to say where no number of the column proves how those such as 1,234 are meant."""
    marks = {"," if "," in tokens[i].digits else "." for i in unclear}
    if len(marks) == 1:
        return [_unclear_note(column, unclear[0])]
    wrong = "can be read in two ways, and other rows have the other mark"
    return [column.bad(i, "mixed-number-formats", wrong, _SAME_WAY) for i in unclear]


def _unclear_note(column: Column, i: int) -> Finding:
    text = column.cells.iloc[i]
    how = "a comma between thousands" if "," in text else "a decimal point"
    return column.note(i, "unclear-number", f"{text!r} can be read in two ways and was read with {how}")


def _decorated(column: Column, numbers: FloatArray) -> list[Finding]:
    found = [i for i, text in enumerate(column.cells) if not re.fullmatch(PLAIN, text) and not np.isnan(numbers[i])]
    if not found:
        return []
    text = f"{column.cells.iloc[found[0]]!r} was read as {numbers[found[0]]:.15g}, and {len(found) - 1} others alike"
    return [column.note(found[0], "guessed-number-format", text)]


def _percents(column: Column, tokens: Sequence[Token]) -> list[Finding]:
    found = [i for i, written in enumerate(tokens) if written.percent]
    if not found or len(found) == len(tokens):
        return []
    wrong = f"is a percentage, as are {len(found)} of {len(tokens)} rows; the others are not"
    return [column.bad(found[0], "mixed-percent", wrong, _SAME_WAY, Level.WARNING)]


def _out_of_range(column: Column, numbers: FloatArray, low: float, high: float) -> list[Finding]:
    findings = []
    for i in _where((numbers < low) | (numbers > high)):
        if low == 0 and numbers[i] < 0:
            findings.append(column.bad(i, "negative-value", "is negative", "Maybe write 0."))
        else:
            limit = f"at least {low:g}" if numbers[i] < low else f"at most {high:g}"
            findings.append(column.bad(i, "out-of-range", f"must be {limit}", "Maybe a digit is wrong."))
    return findings


def _where(chosen: BoolArray) -> list[int]:
    return [int(i) for i in np.flatnonzero(chosen)]
