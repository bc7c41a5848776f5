"""Ids as a spreadsheet leaves them: 1234.0, 1.2E+05."""

import pandas as pd

from geodata.findings import Finding, Level
from scenarios.near_names import listed
from scenarios.tables.columns import Column

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


def _matching(ids: pd.Series, pattern: str) -> list[int]:
    return [position for position, matches in enumerate(ids.str.fullmatch(pattern)) if matches]
