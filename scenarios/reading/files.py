"""Bytes of a local file and the text in them, or a finding why not."""

import codecs
from pathlib import Path

from geodata.findings import Finding, Level
from scenarios.near_names import maybe

MAX_BYTES = 500_000_000
"""Largest table that is read."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_bytes(path: Path, label: str, max_bytes: int = MAX_BYTES) -> tuple[bytes | None, tuple[Finding, ...]]:
    """Return the file's bytes, or None and a `missing-file`, `unreadable-file` or `too-large` error."""
    try:
        if not path.is_file():
            return None, (_missing(path, label),)
        size = path.stat().st_size
        if size > max_bytes:
            return None, (too_large(label, f"{size:,} bytes", f"{max_bytes:,} bytes"),)
        return path.read_bytes(), ()
    except (OSError, ValueError) as error:
        return None, (unreadable(label, str(error), "Maybe check its name and that it may be read."),)


def unreadable(label: str, why: str, hint: str) -> Finding:
    """Return the error of a file that cannot be understood."""
    return Finding(Level.ERROR, "unreadable-file", f"{label} cannot be read: {why}.", hint, file=label)


def too_large(label: str, amount: str, limit: str) -> Finding:
    """Return the error of a file above a size limit."""
    message = f"{label} holds {amount}; at most {limit} are read."
    return Finding(Level.ERROR, "too-large", message, "Maybe leave out rows or columns.", file=label, value=amount)


def _missing(path: Path, label: str) -> Finding:
    folder = path.parent
    if path.is_dir():
        return unreadable(label, "it is a folder", "Maybe name a file in it.")
    names = sorted(entry.name for entry in folder.iterdir() if entry.is_file()) if folder.is_dir() else []
    hint = maybe(path.name, names) if names else "Maybe its folder is missing; names are relative to the scenario."
    return Finding(Level.ERROR, "missing-file", f"There is no file {label}.", hint, file=label, value=str(label))


def marked_encoding(data: bytes) -> tuple[str | None, bytes]:
    """Return the encoding that a byte order mark names and the bytes after the mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return None, data


def bad_encoding(label: str, error: UnicodeDecodeError, data: bytes) -> Finding:
    """Return the error of bytes that are not text in the encoding they claim."""
    line = data[: error.start].count(b"\n") + 1
    message = f"{label or 'The scenario'} is not {error.encoding} text: byte {error.start + 1} in line {line}."
    hint = "Maybe save it again as UTF-8."
    value = data[error.start : error.start + 1].hex()
    return Finding(Level.ERROR, "wrong-encoding", message, hint, file=label, row=line, value=f"0x{value}")
