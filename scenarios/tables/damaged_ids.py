"""Ids as a spreadsheet leaves them: 1234.0, 1.2E+05."""

import pandas as pd

from geodata.findings import Finding, Level
from scenarios.near_names import listed
from scenarios.tables.columns import Column

_EXPONENT = r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]+"
_DECIMAL = r"[0-9]+\.0+"
_FIVE_DIGITS = ("zip", "zcta", "fips", "geoid", "post", "plz")
"""Words in the headers of codes that have five digits, some of them leading zeros."""


def looks_damaged(ids: pd.Series, label: str, field: str) -> tuple[Finding, ...]:
    """Return a warning for each id that a spreadsheet cut to an exponent, and one for all that it made decimal."""
    column = Column(ids, label, field)
    wrong = "looks like an id that a spreadsheet cut to an exponent"
    hint = "Maybe export the column again as text."
    findings = [column.bad(i, "exponent-id", wrong, hint, Level.WARNING) for i in _matching(ids, _EXPONENT)]
    decimal = _matching(ids, _DECIMAL)
    if decimal:
        plain = ids.iloc[decimal[0]].partition(".")[0]
        others = f", as do {len(decimal) - 1} others" if len(decimal) > 1 else ""
        wrong = f"looks like an id that was read as a decimal number{others}"
        findings.append(column.bad(decimal[0], "decimal-id", wrong, f"Maybe {plain}.", Level.WARNING))
    return listed(findings)


def with_digits(ids: pd.Series, digits: int | None, label: str, field: str) -> tuple[pd.Series, tuple[Finding, ...]]:
    """Return the ids with lost zeros put back in front, up to `digits`, and without decimals; None changes nothing.

    Ids of more digits, and those with other signs, stay as they are.
    """
    if digits is None:
        return ids, ()
    is_number = ids.str.fullmatch(rf"[0-9]+|{_DECIMAL}")
    padded = ids.where(~is_number, ids.str.split(".").str[0].str.zfill(digits))
    changed = [i for i, differs in enumerate((padded != ids).tolist()) if differs]
    if not changed:
        return ids, ()
    first = changed[0]
    text = f"{len(changed)} ids got {digits} digits, e.g. {ids.iloc[first]} became {padded.iloc[first]}"
    return padded, (Column(ids, label, field).note(first, "padded-id", text),)


def digits_offered(ids: pd.Series, field: str) -> int | None:
    """Return how many digits ids had before a spreadsheet changed them, by their kind; None where they look right."""
    filled = ids[ids != ""]
    if filled.empty or not filled.str.fullmatch(rf"[0-9]+|{_DECIMAL}").all():
        return None
    lengths = filled.str.split(".").str[0].str.len()
    is_code = any(word in field.casefold() for word in _FIVE_DIGITS) and lengths.max() <= 5
    if filled.str.fullmatch(_DECIMAL).any():
        return 5 if is_code else int(lengths.max())
    return 5 if is_code and 2 < lengths.min() < 5 else None


def _matching(ids: pd.Series, pattern: str) -> list[int]:
    return [position for position, matches in enumerate(ids.str.fullmatch(pattern)) if matches]
