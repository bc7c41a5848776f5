"""The sweep file: a few lines of YAML or JSON that name what to vary."""

from pathlib import Path
from typing import Any

from geodata.findings import Finding, InputError, Level
from scenarios.near_names import maybe
from scenarios.reading import json_text, yaml_text
from scenarios.reading.files import read_bytes
from scenarios.sweep.proposals import MOST_PROPOSALS
from scenarios.sweep.sweep import SweepWish
from scenarios.sweep.vary import Vary

VARY, PROPOSALS = "vary", "proposals"


def read_wish(path: Path) -> SweepWish:
    """Read a sweep file: `vary` with a list of values for each path, and, or instead, `proposals`.

    Raises
    ------
    InputError
        With every finding, where it is not of that form.
    """
    data, findings = read_bytes(path, path.name)
    if data is None:
        raise InputError(findings)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path.name} is not UTF-8 text."
        raise InputError([Finding(Level.ERROR, "wrong-encoding", message, "Maybe save it as UTF-8.")]) from error
    tree = json_text.parse(text) if path.suffix.lower() == ".json" else yaml_text.parse(text)
    fields = tree.value if isinstance(tree.value, dict) else {}
    found = [
        _wrong(path.name, name, "is not a field of a sweep file", maybe(name, (VARY, PROPOSALS)), "unknown-field")
        for name in fields
        if name not in (VARY, PROPOSALS)
    ]
    lists = fields.get(VARY) or {}
    found += _wrong_lists(path.name, lists)
    if not fields:
        found.append(
            _wrong(path.name, VARY, "is missing", "Maybe add `vary:` with a path and a list.", "missing-field")
        )
    if found:
        raise InputError(found)
    varies = tuple(Vary(name, tuple(values)) for name, values in lists.items())
    return SweepWish(varies, proposals_of(fields.get(PROPOSALS) or str(MOST_PROPOSALS)))


def proposals_of(text: str) -> int:
    """Return a number of proposals; raises InputError where it is none from 1 to 7."""
    if not (isinstance(text, str) and text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_PROPOSALS):
        message = f"{PROPOSALS} must be a whole number from 1 to {MOST_PROPOSALS}, not {text}."
        hint = f"Maybe {MOST_PROPOSALS}: nobody compares more."
        raise InputError([Finding(Level.ERROR, "invalid-value", message, hint, field=PROPOSALS, value=str(text))])
    return int(text)


def _wrong_lists(file: str, lists: Any) -> list[Finding]:
    if not isinstance(lists, dict):
        return [_wrong(file, VARY, "must be fields with names", "Maybe indent `path: [values]` lines under it.")]
    return [
        _wrong(file, f"{VARY}.{path}", "must be a list with values", f"Maybe {path}: [{values or 1}].")
        for path, values in lists.items()
        if not (isinstance(values, list) and values and None not in values)
    ]


def _wrong(file: str, field: str, wrong: str, hint: str, code: str = "invalid-value") -> Finding:
    return Finding(Level.ERROR, code, f"{field} {wrong}.", hint, file, field=field)
