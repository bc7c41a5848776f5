"""Columns of numbers as people write them: decimal commas, thousands separators, currency signs, percent."""

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level
from optimizer.problem import FloatArray
from scenarios.near_names import listed
from scenarios.number_text import PLAIN, UNCLEAR, Mark, Token, mark_of, token, value

_NOT_FINITE = frozenset({"nan", "inf", "infinity", "∞"})


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
    cells = texts.str.strip()
    empty = (cells == "").to_numpy(dtype=bool)
    numbers = np.full(len(cells), np.nan if blank is None else blank)
    numbers[~empty], findings = _filled(cells[~empty], label, field)
    if blank is None:
        findings += [_bad(cells, i, label, field, "missing-value", "is empty") for i in np.flatnonzero(empty)]
    findings += _out_of_range(numbers, cells, label, field, (low, high))
    return numbers, listed(findings)


def parse_amounts(
    texts: pd.Series, label: str, field: str, *, blank: float | None = None
) -> tuple[FloatArray, tuple[Finding, ...]]:
    """Read a column of amounts at or above 0, as `parse_numbers` does."""
    return parse_numbers(texts, label, field, blank=blank, low=0.0)


def _filled(cells: pd.Series, label: str, field: str) -> tuple[FloatArray, list[Finding]]:
    if cells.str.fullmatch(PLAIN).all():
        numbers = cells.to_numpy(dtype=np.float64)
        findings = _unclear_points(cells, label, field)
    else:
        numbers, findings = _written(cells, label, field)
    infinite = np.isinf(numbers)
    numbers[infinite] = np.nan
    findings += [_bad(cells, i, label, field, "not-finite", "is not finite") for i in np.flatnonzero(infinite)]
    return numbers, findings


def _unclear_points(cells: pd.Series, label: str, field: str) -> list[Finding]:
    pointed = cells[cells.str.contains(".", regex=False)]
    if not len(pointed) or not pointed.str.fullmatch(UNCLEAR).all():
        return []
    return [_unclear_note(pointed, 0, label, field, "with a decimal point")]


def _written(cells: pd.Series, label: str, field: str) -> tuple[FloatArray, list[Finding]]:
    tokens = [token(text) for text in cells]
    proven = Counter(mark for written in tokens if (mark := mark_of(written.digits)))
    mark = Mark.COMMA if proven[Mark.COMMA] > proven[Mark.POINT] else Mark.POINT
    read = [value(written, mark) for written in tokens]
    numbers = np.array([np.nan if number is None else number for number in read])
    findings = [_unreadable(cells, i, label, field, tokens[i], mark) for i, number in enumerate(read) if number is None]
    return numbers, findings + _reading_notes(cells, tokens, numbers, mark, label, field)


def _unreadable(cells: pd.Series, i: int, label: str, field: str, written: Token, mark: Mark) -> Finding:
    text = cells.iloc[i]
    if text.strip("+-").casefold() in _NOT_FINITE:
        return _bad(cells, i, label, field, "not-finite", "is not finite")
    if written.digits:
        name = "point" if mark is Mark.POINT else "comma"
        wrong = f"does not fit the other rows, which have a decimal {name}"
        return _bad(cells, i, label, field, "mixed-number-formats", wrong, "Maybe write all rows the same way.")
    return _bad(cells, i, label, field, "invalid-number", "is not a number", "Maybe write digits only.")


def _reading_notes(
    cells: pd.Series, tokens: Sequence[Token], numbers: FloatArray, mark: Mark, label: str, field: str
) -> list[Finding]:
    notes = []
    decorated = [i for i, text in enumerate(cells) if not re.fullmatch(PLAIN, text) and not np.isnan(numbers[i])]
    if decorated:
        i = decorated[0]
        message = f"{label}, {field}: {len(decorated)} numbers were read as {cells.iloc[i]!r} = {numbers[i]:.15g}."
        notes.append(_finding(Level.NOTE, cells, i, label, field, "guessed-number-format", message))
    proven = {mark_of(written.digits) for written in tokens} - {None}
    unclear = [i for i, written in enumerate(tokens) if re.fullmatch(UNCLEAR, written.digits)]
    if unclear and not proven:
        how = "with a decimal point" if "." in tokens[unclear[0]].digits else "with a comma between thousands"
        notes.append(_unclear_note(cells, unclear[0], label, field, how))
    percents = [i for i, written in enumerate(tokens) if written.percent]
    if percents and len(percents) < len(tokens):
        message = f"{label}, {field}: {len(percents)} of {len(tokens)} numbers are percentages."
        hint = "Maybe write all rows the same way."
        notes.append(_finding(Level.WARNING, cells, percents[0], label, field, "mixed-percent", message, hint))
    return notes


def _unclear_note(cells: pd.Series, i: int, label: str, field: str, how: str) -> Finding:
    message = f"{label}, {field}: {cells.iloc[i]} can be read in two ways and was read {how}."
    return _finding(Level.WARNING, cells, i, label, field, "unclear-number", message, "Maybe add decimals to one row.")


def _out_of_range(
    numbers: FloatArray, cells: pd.Series, label: str, field: str, bounds: tuple[float, float]
) -> list[Finding]:
    low, high = bounds
    findings = []
    for i in np.flatnonzero((numbers < low) | (numbers > high)):
        if low == 0 and numbers[i] < 0:
            findings.append(_bad(cells, i, label, field, "negative-value", "is negative", "Maybe write 0."))
        else:
            limit = f"at least {low:g}" if numbers[i] < low else f"at most {high:g}"
            findings.append(_bad(cells, i, label, field, "out-of-range", f"must be {limit}", "Maybe a digit is wrong."))
    return findings


def _bad(
    cells: pd.Series, i: int, label: str, field: str, code: str, wrong: str, hint: str = "Maybe write a number."
) -> Finding:
    text = cells.iloc[i]
    what = f"{field} {text!r}" if text else field
    message = f"{label}, row {cells.index[i] + 1}: {what} {wrong}."
    return _finding(Level.ERROR, cells, i, label, field, code, message, hint)


def _finding(
    level: Level, cells: pd.Series, i: int, label: str, field: str, code: str, message: str, hint: str = ""
) -> Finding:
    row = int(cells.index[i]) + 1
    return Finding(level, code, message, hint, file=label, row=row, field=field, value=str(cells.iloc[i]))
