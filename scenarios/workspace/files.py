"""The files of a plan that the page of a scenario reads."""

import json

from scenarios.case import Case
from scenarios.report.answer import Answer
from scenarios.workspace.alignment import alignment_json
from scenarios.workspace.cells import cells_json

CELLS = "cells.json"
ALIGNMENT = "alignment.json"


def cells_bytes(case: Case) -> bytes:
    """Return cells.json."""
    return _compact(cells_json(case))


def alignment_bytes(answer: Answer) -> bytes:
    """Return alignment.json."""
    return _compact(alignment_json(answer))


def _compact(data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", errors="replace")
