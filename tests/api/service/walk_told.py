"""What was sent and answered on a walk through the API, made short and the same on every walk."""

import json
import re
from typing import Any

import httpx2

MOST_ITEMS, MOST_LETTERS, DIGITS = 2, 400, 6
ID = re.compile(r"\b[0-9a-f]{32}\b")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?")
SECRET = re.compile(r"territory_[\w-]{30,}")
JSON, ZIP = "application/json", "application/zip"


class Told:
    """The first request and answer of each call: body, media type and body of the answer; no archives."""

    def __init__(self) -> None:
        self.calls: dict[str, dict[str, Any]] = {}

    def keep(self, call: str, given: Any, answer: httpx2.Response) -> None:
        """Keep a call that is new."""
        if call in self.calls:
            return
        told: dict[str, Any] = {} if given is None else {"request": _sent(given)}
        kind = answer.headers.get("content-type", ZIP).partition(";")[0]
        if kind != ZIP:
            told |= {"type": kind, "answer": _short(answer.json() if kind == JSON else _text(answer))}
        self.calls[call] = told


def tidy(told: Told) -> dict[str, dict[str, Any]]:
    """Return the examples with plain ids, times and keys: nothing in them is anybody's secret."""
    ids: dict[str, str] = {}
    text = json.dumps(told.calls, ensure_ascii=False)
    text = ID.sub(lambda found: ids.setdefault(found[0], f"{len(ids) + 1:032x}"), text)
    text = SECRET.sub("territory_0123456789", TIME.sub("2027-01-04T09:00:00Z", text))
    return dict(sorted(json.loads(text).items()))


def _sent(given: Any) -> Any:
    if not isinstance(given, tuple):
        return given
    name, data = given[:2]
    return {"files": [name]} if name.endswith(".xlsx") else {"file": data.decode()}


def _text(answer: httpx2.Response) -> str:
    """Return a file as a text; one that is none by its first letters."""
    return answer.content.decode("utf-8-sig", "ignore").replace("\x00", "")


def _short(value: Any) -> Any:
    """Return an answer with the first items of its lists, and figures and texts that fit on a line."""
    if isinstance(value, dict):
        return {name: _short(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_short(part) for part in value[:MOST_ITEMS]]
    if isinstance(value, float):
        return round(value, DIGITS)
    return f"{value[:MOST_LETTERS]}..." if isinstance(value, str) and len(value) > MOST_LETTERS else value
