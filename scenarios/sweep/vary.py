"""Parameters of the document that a sweep varies, named by their dotted path."""

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from geodata.findings import Finding, InputError, Level
from scenarios.document.errors import findings_of
from scenarios.document.scenario import Scenario
from scenarios.reading.source import Source
from scenarios.reading.yaml_text import Tree

EVERY = "*"
"""In a path: every name that the document has there, as in `measures.*.tolerance`."""
NONE = "none"
"""A value that leaves the field out."""
_KEEPS_NONE = ("neighbours.bridges",)
"""Fields in which `none` is a word of the document."""


@dataclass(frozen=True)
class Vary:
    """A parameter and the values it takes.

    `values` are texts as in a scenario file, or whole parts of the document.
    """

    path: str
    values: tuple[Any, ...]


def parse_vary(option: str) -> Vary:
    """Read `path=value,value`; raises InputError where it is not of that form."""
    path, sign, texts = option.partition("=")
    values = tuple(dict.fromkeys(text.strip() for text in texts.split(",") if text.strip()))
    if not (sign and path.strip() and values):
        message = f"{option} does not say what to vary."
        hint = "Maybe write --vary measures.workload.tolerance=0.05,0.1."
        raise InputError([Finding(Level.ERROR, "invalid-value", message, hint, field="--vary", value=option)])
    return Vary(path.strip(), values)


def changed(source: Source, values: Mapping[str, Any]) -> Source:
    """Return the source with fields of its scenario replaced; raises InputError where one cannot be so."""
    fields = source.scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for path, value in values.items():
        for way in _ways(fields, path):
            _put(fields, way, value, path)
    try:
        return replace(source, scenario=Scenario.model_validate(fields, context=source.files))
    except ValidationError as error:
        raise InputError(findings_of(error, Tree(None, {}))) from error


def told(value: Any) -> str:
    """Return a value of a parameter as people read it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _ways(fields: Mapping[str, Any], path: str) -> Iterator[list[str]]:
    """Yield the path with every `*` replaced by each name that stands there."""
    ways: list[list[str]] = [[]]
    for name in path.split("."):
        ways = [[*way, step] for way in ways for step in (_names(fields, way) if name == EVERY else [name])]
    if not ways:
        message = f"{path} names nothing in the scenario."
        raise InputError([Finding(Level.ERROR, "unknown-field", message, "Maybe name the field.", field=path)])
    yield from ways


def _names(fields: Mapping[str, Any], way: Sequence[str]) -> list[str]:
    part: Any = fields
    for name in way:
        part = part.get(name, {}) if isinstance(part, Mapping) else {}
    return list(part) if isinstance(part, Mapping) else []


def _put(fields: dict[str, Any], way: Sequence[str], value: Any, path: str) -> None:
    part = fields
    for name in way[:-1]:
        inner = part.setdefault(name, {})
        if not isinstance(inner, dict):
            message = f"{name} in {path} holds no fields, so nothing inside it can be varied."
            hint = f"Maybe vary {path.partition('.' + name)[0]}.{name} itself."
            raise InputError([Finding(Level.ERROR, "unknown-field", message, hint, field=path)])
        part = inner
    if value == NONE and ".".join(way) not in _KEEPS_NONE:
        part.pop(way[-1], None)
    else:
        part[way[-1]] = copy.deepcopy(value)
