"""A scenario document as YAML with a comment beside each line that was guessed."""

import json
import re
from collections.abc import Mapping
from typing import Any

Path = tuple[str, ...]

_BARE = re.compile(r"[A-Za-z_./][A-Za-z0-9_./ -]*(?<! )", re.ASCII)
_LOOKS_ELSE = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"})


def commented(document: Mapping[str, Any], comments: Mapping[Path, str]) -> str:
    """Return the document in block style, with the comment of a path behind its line."""
    return "\n".join(_lines(document, comments, ())) + "\n"


def _lines(fields: Mapping[str, Any], comments: Mapping[Path, str], above: Path) -> list[str]:
    lines = []
    for name, value in fields.items():
        path = (*above, name)
        start = f"{'  ' * len(above)}{scalar(name)}:"
        comment = f"    # {_printable(comments[path])}" if path in comments else ""
        if isinstance(value, Mapping) and value:
            lines += [start + comment, *_lines(value, comments, path)]
        else:
            lines.append(f"{start} {_inline(value)}{comment}")
        if not above and (isinstance(value, Mapping) or name == "name"):
            lines.append("")
    return lines


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(name)}: {_inline(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(inner) for inner in value) + "]"
    return scalar(value)


def _printable(comment: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in comment)


def scalar(value: Any) -> str:
    """Return a value as YAML: numbers and simple words bare, everything else in quotes."""
    if not isinstance(value, str):
        return json.dumps(value)
    if _BARE.fullmatch(value) and value.casefold() not in _LOOKS_ELSE:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in escaped) + '"'
