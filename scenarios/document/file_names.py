"""Which fields of the scenario document name files."""

from collections.abc import Callable, Mapping
from typing import Any

EACH = "[]"
"""In a path: every item of a list."""
FILE_FIELDS: tuple[tuple[str, ...], ...] = (
    ("units", "file"),
    ("units", "geography", "file"),
    ("accounts", "file"),
    ("neighbours", "file"),
    ("neighbours", "barriers"),
    ("neighbours", "bridges"),
    ("travel", "file"),
    ("reps", "file"),
    ("economics", "response", EACH, "file"),
    *(("rules", kind) for kind in ("lock", "forbid", "together", "apart")),
)
"""Paths of all fields that may name a file."""
NO_FILES: Mapping[tuple[str, ...], tuple[str, ...]] = {("neighbours", "bridges"): ("none", "nearest")}
"""Words that stand where a file name may stand."""


def rename_files(fields: Any, told: Callable[[str], str]) -> None:
    """Replace every file name in the fields of a document, which may be unfinished or wrong, by what `told` returns."""
    for path in FILE_FIELDS:
        for part in _parts(fields, path[:-1]):
            file = part.get(path[-1]) if isinstance(part, dict) else None
            if isinstance(part, dict) and isinstance(file, str) and file not in NO_FILES.get(path, ()):
                part[path[-1]] = told(file)


def _parts(fields: Any, path: tuple[str, ...]) -> list[Any]:
    """Return every part of the document at a path."""
    parts = [fields]
    for name in path:
        if name == EACH:
            parts = [item for part in parts if isinstance(part, list) for item in part]
        else:
            parts = [part.get(name) for part in parts if isinstance(part, dict)]
    return parts
