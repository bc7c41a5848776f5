"""What a column of somebody's file probably holds, from its header and its cells."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from geodata.findings import has_errors
from optimizer.problem import FloatArray
from scenarios.accounts.keys import Keys
from scenarios.tables.numbers import parse_numbers

Test = Callable[["Profile"], bool]
"""Whether a column can play a part."""
_HARDLY_BLANK = 0.9
"""Share of filled cells from which a column plays a part; `check` tells of the blank ones."""
_DAMAGED = 0.99
"""What a damaged value counts, so that a column of undamaged ones is preferred."""


@dataclass(frozen=True, eq=False)
class Profile:
    """A column and what its cells are.

    Attributes
    ----------
    name : str
        The header.
    cells : Series of str
    numbers : (n,) float64 or None
        The cells as numbers, NaN where blank; None where some are no numbers or all are blank.
    values : frozenset of str
        The distinct cells that are not blank.
    filled : float
        Share of the cells that are not blank.
    unique : bool
        No value is repeated.
    """

    name: str
    cells: pd.Series
    numbers: FloatArray | None
    values: frozenset[str]
    filled: float
    unique: bool


def profiles(frame: pd.DataFrame) -> list[Profile]:
    """Return the columns of a table of texts, in its order."""
    return [_profile(str(name), frame[name]) for name in frame.columns]


def _profile(name: str, cells: pd.Series) -> Profile:
    given = cells[cells != ""]
    numbers, findings = parse_numbers(cells, "", name, blank=float("nan"))
    is_number = len(given) > 0 and not has_errors(findings)
    values = frozenset(str(text) for text in given)
    return Profile(
        name, cells, numbers if is_number else None, values, len(given) / max(len(cells), 1), len(values) == len(given)
    )


def likely(columns: Sequence[Profile], hints: Iterable[str], test: Test) -> Profile | None:
    """Return the column whose header is a hint, or else contains one, and which passes the test; None without one.

    Earlier hints win over later ones, and a whole header over a part of one.
    """
    wanted = [header_words(hint) for hint in hints]
    usable = [(column, header_words(column.name)) for column in columns if test(column)]
    for fits in (_is, _contains):
        for hint in wanted:
            for column, words in usable:
                if fits(words, hint):
                    return column
    return None


def header_words(name: str) -> tuple[str, ...]:
    """Return the words of a header: "BillingPostalCode" and "billing_postal code" have the same three."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return tuple(word for word in re.split(r"[\W_]+", spaced.casefold()) if word)


def _is(words: tuple[str, ...], hint: tuple[str, ...]) -> bool:
    return "".join(words) == "".join(hint)


def _contains(words: tuple[str, ...], hint: tuple[str, ...]) -> bool:
    return any(words[i : i + len(hint)] == hint for i in range(len(words)))


def anything(_column: Profile) -> bool:
    """Return True: any column will do."""
    return True


def is_id(column: Profile) -> bool:
    """Return whether every row has its own value."""
    return column.filled == 1 and column.unique


def is_amount(column: Profile) -> bool:
    """Return whether the column holds amounts at or above 0, not all of them 0, and hardly a blank."""
    if column.numbers is None or column.filled < _HARDLY_BLANK:
        return False
    return not (column.numbers < 0).any() and bool((column.numbers > 0).any())


def is_degrees(limit: float) -> Test:
    """Return a test for coordinates within -limit..limit, with hardly a blank."""

    def test(column: Profile) -> bool:
        if column.numbers is None or column.filled < _HARDLY_BLANK:
            return False
        return not (abs(column.numbers) > limit).any()

    return test


def overlap(column: Profile, known: frozenset[str]) -> float:
    """Return the share of the column's distinct values that are known.

    Where most rows have a value of their own, those that a spreadsheet changed are recognised too; small numbers that
    repeat are no ids.
    """
    if len(column.values) > 0.5 * len(column.cells):
        return recognised(column, known)
    return len(column.values & known) / len(column.values) if column.values else 0.0


def recognised(column: Profile, known: frozenset[str]) -> float:
    """Return the share of the column's distinct values that are known, also where a spreadsheet changed them."""
    if not column.values or not known:
        return 0.0
    share = len(column.values & known) / len(column.values)
    keys = Keys(known)
    damaged = sum(keys.find(value)[0] != "" for value in column.values - known)
    return share + _DAMAGED * damaged / len(column.values)
