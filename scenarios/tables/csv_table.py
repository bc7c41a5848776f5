"""CSV text of any common delimiter and encoding to rows of cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from geodata.findings import Finding, Level
from scenarios.reading.files import bad_encoding, marked_encoding, unreadable

DELIMITERS = (",", ";", "\t", "|")
LIST_FREE = (",", "\t")
"""Delimiters that never separate the parts of one cell."""
_SAMPLE_ROWS = 50
NAMES = {";": "semicolon", "\t": "tab", "|": "bar"}


def csv_rows(data: bytes, label: str) -> tuple[list[list[str]], list[Finding]]:
    """Return all rows, the header first, and what was guessed; no rows and an error where it is no CSV."""
    text, findings = decoded(data, label)
    if text is None:
        return [], findings
    directive = re.match(r"sep=(.)\r?\n", text)
    if directive:
        text = text[directive.end() :]
    delimiter = directive[1] if directive else likely_delimiter(text)
    if delimiter != "," and not directive:
        name = NAMES[delimiter]
        findings.append(Finding(Level.NOTE, "guessed-delimiter", f"{label} is separated by {name}s.", file=label))
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        message = f"{label}, row {len(rows)}: {error}."
        hint = "Maybe a quotation mark is missing or stands inside a value without being doubled."
        findings.append(Finding(Level.ERROR, "broken-quotes", message, hint, file=label, row=max(len(rows), 1)))
        return [], findings
    return rows, findings


def decoded(data: bytes, label: str) -> tuple[str | None, list[Finding]]:
    """Return the text: by its byte order mark, as UTF-8, or as a guess that is noted."""
    marked, body = marked_encoding(data)
    guess = marked or _unmarked_encoding(body)
    try:
        text = body.decode(guess)
    except UnicodeDecodeError as error:
        return None, [bad_encoding(label, error, body)]
    findings = [] if marked or guess == "utf-8" else [_guessed(body, guess, label)]
    if "\x00" in text:
        return None, [unreadable(label, "it is not a text file", "Maybe its ending is wrong.")]
    if "\ufffd" in text:
        line = text[: text.index("\ufffd")].count("\n") + 1
        message = f"{label} holds replacement characters: letters were lost in an earlier export, first in line {line}."
        hint = "Maybe export it again as UTF-8."
        findings.append(Finding(Level.WARNING, "lost-characters", message, hint, file=label, row=max(line - 1, 1)))
    return text, findings


def likely_delimiter(text: str) -> str:
    """Return the delimiter under which most rows have the same number of cells above 1, and the most of them.

    Below a single word semicolons and bars separate no columns: the word names the one column, whose cells hold lists.
    """
    first, _, _ = text.lstrip().partition("\n")
    candidates = LIST_FREE if re.fullmatch(r"\w+", first.strip()) else DELIMITERS

    def evidence(delimiter: str) -> tuple[float, int]:
        widths = _widths(text, delimiter)
        usual = Counter(width for width in widths if width > 1).most_common(1)
        return (usual[0][1] / len(widths), usual[0][0]) if usual else (0.0, 0)

    return max(candidates, key=evidence)


def _widths(text: str, delimiter: str) -> Sequence[int]:
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if row:
                widths.append(len(row))
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    return widths


def _unmarked_encoding(data: bytes) -> str:
    head = data[:2000]
    for encoding, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(head) > 3 and head[start::2].count(0) > len(head) // 4:
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _guessed(data: bytes, encoding: str, label: str) -> Finding:
    lines = data.decode(encoding).splitlines()
    strange = next((line for line in lines if not line.isascii()), lines[0])
    message = f"{label} is not UTF-8 and was read as {encoding}."
    return Finding(Level.NOTE, "guessed-encoding", message, file=label, value=strange[:80])
