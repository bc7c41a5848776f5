"""Ids as a spreadsheet leaves them: 1234.0, 1.2E+05, lost leading zeros."""

from collections.abc import Collection

import pandas as pd

from geodata.findings import Finding, Level
from scenarios.columns import Column
from scenarios.near_names import listed

_EXPONENT = r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]+"
_DECIMAL = r"[0-9]+\.0+"


def looks_damaged(ids: pd.Series, label: str, field: str) -> tuple[Finding, ...]:
    """Return a warning for each id that a spreadsheet turned into a number and back."""
    column = Column(ids, label, field)
    findings = []
    for position in _matching(ids, _EXPONENT):
        wrong = "looks like an id that a spreadsheet cut to an exponent"
        hint = "Maybe export the column again as text."
        findings.append(column.bad(position, "exponent-id", wrong, hint, Level.WARNING))
    for position in _matching(ids, _DECIMAL):
        wrong = "looks like an id that was read as a decimal number"
        hint = f"Maybe {ids.iloc[position].partition('.')[0]}."
        findings.append(column.bad(position, "decimal-id", wrong, hint, Level.WARNING))
    return listed(findings)


def repaired(ids: pd.Series, known: Collection[str], label: str, field: str) -> tuple[pd.Series, tuple[Finding, ...]]:
    """Return the ids, those that are known only with zeros in front or without .0 written so.

    `known` holds the ids they refer to. Each repair is a warning; an id that is known as it stands, fits two known ids
    or none stays as it is.
    """
    names = frozenset(known)
    widths = sorted({len(name) for name in names})
    column = Column(ids, label, field)
    mended = ids.copy()
    findings = []
    for position, text in enumerate(ids):
        if not text or text in names:
            continue
        bare = text.partition(".")[0] if set(text.partition(".")[2]) <= {"0"} else text
        fits = {bare.zfill(width) for width in widths} & names if bare.isascii() and bare.isdecimal() else set()
        if len(fits) == 1:
            meant = fits.pop()
            mended.iloc[position] = meant
            wrong = f"is not known, but {meant} is and was taken"
            findings.append(column.bad(position, "repaired-id", wrong, "Maybe keep ids as text.", Level.WARNING))
    return mended, listed(findings)


def _matching(ids: pd.Series, pattern: str) -> list[int]:
    return [position for position, matches in enumerate(ids.str.fullmatch(pattern)) if matches]
