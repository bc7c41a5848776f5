"""What pydantic refuses, said in our own words and with its place in the document."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from geodata.findings import Finding, Level
from scenarios.document.fields import likely_path
from scenarios.document.types import AS_LIST, AS_MAPPING, AS_TEXT
from scenarios.near_names import maybe
from scenarios.reading.yaml_text import Path, Tree

Says = Callable[[Mapping[str, Any], str], tuple[str, str]]
"""From an error's context and the offending text to what is wrong and the hint."""

_SHAPES = {AS_LIST: "a list", AS_MAPPING: "fields", AS_TEXT: "text"}


def findings_of(error: ValidationError, tree: Tree, whole: str = "The scenario") -> list[Finding]:
    """Return one finding for each error, in the order of the document's lines; `whole` names what was read."""
    findings = [_finding(details, tree, whole) for details in error.errors(include_url=False)]
    return sorted(findings, key=lambda finding: (finding.file, finding.row or 0))


def dotted(path: Path) -> str:
    """Return a path as people read it, e.g. rules.lock[0].rep."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def path_of(field: str) -> Path:
    """Return the path that people read as `field`: the reverse of `dotted`, for names without dots and brackets."""
    return tuple(int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", field))


def _finding(details: ErrorDetails, tree: Tree, whole: str) -> Finding:
    path = tuple(part for part in details["loc"] if part not in _SHAPES)
    origin = tree.origin(path)
    field = dotted(origin.path)
    given = details["input"]
    value = given if isinstance(given, str) else ""
    code, (wrong, hint) = _said(details, path, value)
    message = f"{field or whole} {wrong}" + ("" if wrong.endswith(".") else ".")
    return Finding(Level.ERROR, code, message, hint, origin.file, origin.line, field, value)


def _said(details: ErrorDetails, path: Path, value: str) -> tuple[str, tuple[str, str]]:
    kind = details["type"]
    if kind == "missing":
        return "missing-field", ("is missing", f"Maybe add `{path[-1]}:` with a value.")
    if kind == "extra_forbidden":
        likely = likely_path(str(path[-1]), path[:-1])
        return "unknown-field", ("is not a field of the scenario document", f"Maybe {likely}.")
    if kind in _WORDS:
        return "invalid-value", _WORDS[kind](details.get("ctx", {}), value)
    wrong, _, hint = details["msg"].partition(" Maybe ")
    if "-" in kind:
        return kind, (wrong, f"Maybe {hint}")
    return "invalid-value", ("is not valid here", "Maybe compare it with the scenario reference.")


def _choices(context: Mapping[str, Any], value: str) -> tuple[str, str]:
    choices = re.findall(r"'([^']*)'", str(context["expected"]))
    return f"must be one of {', '.join(choices)}" + (f", not {value!r}" if value else ""), maybe(value, choices)


def _shapes(context: Mapping[str, Any], _value: str) -> tuple[str, str]:
    wanted = " or ".join(_SHAPES[tag] for tag in re.findall(r"<\w+>", str(context["expected_tags"])))
    return f"must be {wanted}", f"Maybe write it as {wanted}."


def _number(_context: Mapping[str, Any], value: str) -> tuple[str, str]:
    percent = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*%\s*", value)
    if percent:
        return f"is not a number: {value!r}", f"Maybe {float(percent[1]) / 100:g}."
    comma = re.fullmatch(r"\s*(-?\d+),(\d+)\s*", value)
    if comma:
        return f"is not a number: {value!r}", f"Maybe {comma[1]}.{comma[2]}."
    return (f"is not a number: {value!r}" if value else "must be a number"), "Maybe write digits only, e.g. 0.05."


def _whole(_context: Mapping[str, Any], value: str) -> tuple[str, str]:
    return f"must be a whole number{f', not {value!r}' if value else ''}", "Maybe write digits only, e.g. 20."


def _bound(words: str, key: str) -> Says:
    def says(context: Mapping[str, Any], value: str) -> tuple[str, str]:
        limit = f"{words} {context[key]:g}"
        return f"must be {limit}, not {value}", f"Maybe write a number {limit}."

    return says


def _must_be(what: str, hint: str) -> Says:
    def says(_context: Mapping[str, Any], _value: str) -> tuple[str, str]:
        return f"must be {what}", hint

    return says


def _too_few(context: Mapping[str, Any], _value: str) -> tuple[str, str]:
    return f"needs at least {context['min_length']} entries", "Maybe add more, or leave the field out."


_FIELDS = _must_be("fields with names", "Maybe indent `name: value` lines under it.")
_LIST = _must_be("a list", "Maybe start each entry with a dash.")
_TEXT = _must_be("text", "Maybe write one value.")
_BLANK = _must_be("more than empty text", "Maybe write a value or leave the field out.")
_DATE = _must_be("a date", "Maybe write year-month-day, e.g. 2027-01-31.")

_WORDS: Mapping[str, Says] = {
    "literal_error": _choices,
    "union_tag_invalid": _shapes,
    "union_tag_not_found": _must_be("a list, fields or text", "Maybe write a value or leave the field out."),
    "float_parsing": _number,
    "float_type": _number,
    "finite_number": _must_be("a finite number", "Maybe leave the field out for no limit."),
    "int_parsing": _whole,
    "int_type": _whole,
    "int_from_float": _whole,
    "int_parsing_size": _whole,
    "bool_parsing": _must_be("true or false", "Maybe true."),
    "bool_type": _must_be("true or false", "Maybe true."),
    "greater_than": _bound("above", "gt"),
    "greater_than_equal": _bound("at least", "ge"),
    "less_than": _bound("below", "lt"),
    "less_than_equal": _bound("at most", "le"),
    "string_type": _TEXT,
    "string_too_short": _BLANK,
    "string_unicode": _must_be("text without broken characters", "Maybe type it again."),
    "list_type": _LIST,
    "dict_type": _FIELDS,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "too_short": _too_few,
    "date_from_datetime_parsing": _DATE,
    "date_parsing": _DATE,
    "date_type": _DATE,
}
