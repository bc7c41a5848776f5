"""From rows of cells to a clean text table: headers, ragged and blank rows, invisible characters."""

import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from geodata.findings import Finding, Level
from scenarios.near_names import listed

INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Control characters, text-direction marks and zero-width blanks: never part of an id or a name."""


TITLE_ROWS = 10
"""A header is looked for in so many rows."""


def to_frame(rows: Sequence[Sequence[str]], label: str) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the rows below the first as a frame with its index as in `Table`, and what was wrong.

    Ragged rows and bad headers are errors; blank rows are left out, blanks around cells and invisible characters taken
    away, each with a finding.
    """
    if not rows or all(not cell.strip() for row in rows for cell in row):
        return pd.DataFrame(), (_error("empty-file", f"{label} is empty.", "Maybe the wrong file is named.", label),)
    rows, findings = _below_title(rows, label)
    headers = [INVISIBLE.sub("", cell).strip() for cell in _without_empty_end(rows[0])]
    findings += _header_findings(headers, label)
    body = [_without_empty_end(row, len(headers)) for row in rows[1:]]
    filled = [number for number, row in enumerate(body) if any(cell.strip() for cell in row)]
    if not filled:
        hint = "Maybe the rows are on another sheet or were not exported."
        findings.append(_error("no-rows", f"{label} has a header but no rows.", hint, label))
    findings += _blank_rows(filled, label)
    whole = [number for number in filled if len(body[number]) == len(headers)]
    ragged = [number for number in filled if len(body[number]) != len(headers)]
    findings += [_ragged(body[number], number, len(headers), label) for number in ragged]
    columns = list(zip(*(body[number] for number in whole), strict=True)) or [()] * len(headers)
    named = {header: cells for header, cells in zip(headers, columns, strict=True) if header}
    frame = pd.DataFrame({header: pd.Series(list(cells), index=whole, dtype=str) for header, cells in named.items()})
    return clean(frame, label, findings)


def _below_title(rows: Sequence[Sequence[str]], label: str) -> tuple[Sequence[Sequence[str]], list[Finding]]:
    """Return the rows from the header on: a title, a line or blanks above a table of several columns are left out."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:TITLE_ROWS]]
    header = next((i for i, n in enumerate(filled) if n > 1), 0)
    if header == 0:
        return rows, []
    said = next((cell.strip() for row in rows[:header] for cell in row if cell.strip()), "")
    message = f"{label}: {header} rows above the header were left out; rows are counted below it."
    return rows[header:], [Finding(Level.NOTE, "title-rows", message, file=label, value=said[:80])]


def clean(frame: pd.DataFrame, label: str, findings: list[Finding]) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the frame without blanks around cells and invisible characters, and the findings with those added."""
    cleaned = {}
    for name in frame.columns:
        visible, invisible = _visible(frame[name], label, str(name))
        stripped, blanks = _stripped(visible, label, str(name))
        cleaned[name] = stripped
        findings = [*findings, *invisible, *blanks]
    return pd.DataFrame(cleaned, index=frame.index), listed(findings)


def _visible(texts: pd.Series, label: str, name: str) -> tuple[pd.Series, list[Finding]]:
    rows = texts.index[texts.str.contains(INVISIBLE, regex=True)]
    findings = [
        Finding(
            Level.WARNING,
            "control-character",
            f"{label} has an invisible character in {name}, row {row + 1}; it was taken away.",
            "Maybe type the cell again.",
            file=label,
            row=int(row) + 1,
            field=name,
            value=str(texts[row]).encode("unicode_escape").decode(),
        )
        for row in rows
    ]
    return (texts.str.replace(INVISIBLE, "", regex=True) if len(rows) else texts), findings


def _stripped(texts: pd.Series, label: str, name: str) -> tuple[pd.Series, list[Finding]]:
    stripped = texts.str.strip()
    changed = texts.index[stripped != texts]
    if not len(changed):
        return texts, []
    row = int(changed[0])
    message = f"{label}: blanks around {len(changed)} cells of {name} were taken away, first in row {row + 1}."
    note = Finding(Level.NOTE, "blanks", message, file=label, row=row + 1, field=name, value=str(texts[row]))
    return stripped, [note]


def _without_empty_end(row: Sequence[str], length: int = 0) -> list[str]:
    """Return the row without empty cells at its end, down to `length`."""
    cells = list(row)
    while len(cells) > length and not cells[-1].strip():
        cells.pop()
    return cells


def _header_findings(headers: Sequence[str], label: str) -> list[Finding]:
    findings = []
    for name, times in Counter(headers).items():
        if name and times > 1:
            message = f"{label} has {times} columns named {name}."
            findings.append(_error("duplicate-column", message, "Maybe rename one of them.", label, name))
    if "" in headers:
        position = headers.index("") + 1
        message = f"{label} has no header over column {position}; it was left out."
        hint = "Maybe add a header or remove the column."
        findings.append(Finding(Level.WARNING, "unnamed-column", message, hint, file=label))
    return findings


def _blank_rows(filled: Sequence[int], label: str) -> list[Finding]:
    gaps = [place for place, number in enumerate(filled) if place != number]
    if not gaps:
        return []
    first = gaps[0] + 1
    message = f"{label}: {filled[-1] + 1 - len(filled)} blank rows were left out, the first is row {first}."
    return [Finding(Level.NOTE, "blank-rows", message, file=label, row=first)]


def _ragged(row: Sequence[str], number: int, width: int, label: str) -> Finding:
    message = f"{label}, row {number + 1} has {len(row)} cells under {width} headers."
    hint = "Maybe a delimiter stands inside a value that needs quotation marks."
    text = " | ".join(row)[:80]
    return Finding(Level.ERROR, "ragged-row", message, hint, file=label, row=number + 1, value=text)


def _error(code: str, message: str, hint: str, label: str, field: str = "") -> Finding:
    return Finding(Level.ERROR, code, message, hint, file=label, field=field, value=field)
