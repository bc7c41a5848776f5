"""The files of a plan that the page of a scenario reads."""

import json
from typing import Any

from scenarios.case import Case
from scenarios.report.answer import Answer
from scenarios.workspace.alignment import alignment_json
from scenarios.workspace.cells import cells_json

CELLS = "cells.json"
ALIGNMENT = "alignment.json"
FORMAT = 1
"""Told in both files: a page that was loaded before an update says so where it does not know the newer form."""


def cells_bytes(case: Case) -> bytes:
    """Return cells.json."""
    return compact(cells_json(case))


def alignment_bytes(answer: Answer) -> bytes:
    """Return alignment.json."""
    return compact(alignment_json(answer))


def compact(data: dict[str, Any]) -> bytes:
    """Return one of these files as JSON, its format first."""
    text = json.dumps({"format": FORMAT, **data}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", errors="replace")
