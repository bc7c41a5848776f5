"""JSON text to plain lists, mappings and texts, with the line of everything."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NoReturn

from geodata.findings import Finding, InputError, Level
from scenarios.reading import yaml_text
from scenarios.reading.yaml_text import MAX_DEPTH, Path, Tree

_STRING_OR_TAB = re.compile(r'"(?:[^"\\]|\\.)*"|\t')


class _DuplicateError(ValueError):
    """A field stands twice."""


class _NotANumberError(ValueError):
    """NaN or an infinity stands in the document."""


def parse(text: str) -> Tree:
    """Return the document with its numbers and booleans as texts; raises InputError."""
    try:
        raw = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=_refuse_constant, object_pairs_hook=_fields
        )
        return Tree(_as_text(raw, 0), _Lines(text))
    except json.JSONDecodeError as error:
        hint = "Maybe a comma, a bracket or a quotation mark is missing."
        message = f"The scenario is not valid JSON in line {error.lineno}, column {error.colno}: {error.msg}."
        raise InputError([Finding(Level.ERROR, "syntax", message, hint, row=error.lineno)]) from error
    except _DuplicateError as error:
        message = f"{error} stands twice in the same object."
        hint = "Maybe remove one of the two."
        raise InputError([Finding(Level.ERROR, "duplicate-field", message, hint, value=str(error))]) from error
    except _NotANumberError as error:
        message, hint = f"{error} is no number in JSON.", "Maybe leave the field out."
        raise InputError([Finding(Level.ERROR, "invalid-value", message, hint, value=str(error))]) from error
    except RecursionError as error:
        message, hint = f"The scenario nests deeper than {MAX_DEPTH} levels.", "Maybe a bracket is wrong."
        raise InputError([Finding(Level.ERROR, "too-deep", message, hint)]) from error


def _fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            raise _DuplicateError(name)
        fields[name] = value
    return fields


def _refuse_constant(name: str) -> NoReturn:
    raise _NotANumberError(name)


def _as_text(value: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        return {name: _as_text(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner, depth + 1) for inner in value]
    return str(value).lower() if isinstance(value, bool) else value


class _Lines(Mapping[Path, int]):
    """The line of every path, looked for once somebody asks: it takes longer than all else, and few documents err."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _found(self) -> Mapping[Path, int]:
        """The lines: JSON is YAML once tabs are blanks and strings are escaped as YAML has it."""
        try:
            return yaml_text.parse(_STRING_OR_TAB.sub(_as_yaml, self._text)).lines
        except InputError:
            return {}

    def __getitem__(self, path: Path) -> int:
        return self._found[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _as_yaml(found: re.Match[str]) -> str:
    if found[0] == "\t":
        return " "
    return f'"{"".join(map(_escaped, json.loads(found[0])))}"'


def _escaped(sign: str) -> str:
    if sign.isascii() and sign.isprintable() and sign not in '"\\':
        return sign
    is_half = "\ud800" <= sign <= "\udfff"
    return f"\\U{0xFFFD if is_half else ord(sign):08x}"
