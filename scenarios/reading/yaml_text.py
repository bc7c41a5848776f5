"""YAML text to plain lists, mappings and texts, with the line of everything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from geodata.findings import Finding, InputError, Level

Path = tuple[str | int, ...]
"""Way from the document's top to a value: field names and list positions."""

MAX_DEPTH = 30
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True)
class Origin:
    """Where a part of a document was written: `file` is "" for the document itself; `line` counts from 1."""

    file: str
    path: Path
    line: int | None


@dataclass(frozen=True)
class Tree:
    """A written document.

    Attributes
    ----------
    value : Any
        Dicts, lists, texts and None.
    lines : mapping
        The line each path starts at, 1 = first.
    origins : mapping
        Where a path was really written, in a document that was put together of several; empty for a plain one.
    """

    value: Any
    lines: Mapping[Path, int]
    origins: Mapping[Path, Origin] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """Return the line of the path or of the nearest part above it that has one."""
        return self.origin(path).line

    def origin(self, path: Path) -> Origin:
        """Return where the path, or the nearest part above it that stands anywhere, was written."""
        known, above = (self.origins or self.lines), path
        while above and above not in known:
            above = above[:-1]
        if not self.origins:
            return Origin("", path, self.lines.get(above))
        found = self.origins.get(above, Origin("", above, None))
        return Origin(found.file, (*found.path, *path[len(above) :]), found.line)


@dataclass
class _Reading:
    events: Iterator[Any]
    lines: dict[Path, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def refuse(self, event: Any, code: str, message: str, hint: str, value: str = "") -> None:
        line = event.start_mark.line + 1
        self.findings.append(Finding(Level.ERROR, code, f"{message} (line {line}).", hint, row=line, value=value))


def parse(text: str) -> Tree:
    """Return the document; raises InputError for anything but one plain document without aliases, anchors and tags."""
    reading = _Reading(iter(yaml.parse(text, yaml.CSafeLoader)))
    try:
        value = _document(reading)
    except yaml.YAMLError as error:
        raise InputError([*reading.findings, _syntax(error)]) from error
    if reading.findings:
        raise InputError(reading.findings)
    return Tree(value, reading.lines)


def _document(reading: _Reading) -> Any:
    value: Any = None
    documents = 0
    for event in reading.events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                hint = "Maybe keep one scenario a file and remove the line `---`."
                reading.refuse(event, "several-documents", "A second document starts", hint)
        elif isinstance(event, yaml.NodeEvent):
            node = _node(reading, event, ())
            value = node if documents == 1 else value
    return value


def _node(reading: _Reading, event: Any, path: Path) -> Any:
    reading.lines.setdefault(path, event.start_mark.line + 1)
    _refuse_magic(reading, event)
    if len(path) > MAX_DEPTH:
        line = event.start_mark.line + 1
        message = f"The scenario nests deeper than {MAX_DEPTH} levels (line {line})."
        hint = "Maybe a bracket or an indentation is wrong."
        raise InputError([*reading.findings, Finding(Level.ERROR, "too-deep", message, hint, row=line)])
    if isinstance(event, yaml.ScalarEvent):
        return None if not event.style and event.value in _NULLS else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(reading, path)
    return _mapping(reading, path) if isinstance(event, yaml.MappingStartEvent) else None


def _sequence(reading: _Reading, path: Path) -> list[Any]:
    items: list[Any] = []
    for event in reading.events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        items.append(_node(reading, event, (*path, len(items))))
    return items


def _mapping(reading: _Reading, path: Path) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for event in reading.events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        name = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if not isinstance(event, yaml.ScalarEvent):
            reading.refuse(event, "invalid-key", "A field name is not text", "Maybe a colon is missing or too many.")
            _node(reading, event, (*path, "?"))
        _refuse_magic(reading, event)
        repeated = name in fields
        if repeated:
            first = reading.lines[(*path, name)]
            message = f"{name} stands twice, first in line {first}"
            reading.refuse(event, "duplicate-field", message, "Maybe remove one of the two.", name)
        reading.lines.setdefault((*path, name), event.start_mark.line + 1)
        value = _node(reading, next(reading.events), (*path, name))
        fields.setdefault(name, value)
    return fields


def _refuse_magic(reading: _Reading, event: Any) -> None:
    if isinstance(event, yaml.AliasEvent):
        reading.refuse(event, "yaml-alias", "An alias is used", "Maybe write the value out.", f"*{event.anchor}")
        return
    if event.anchor:
        reading.refuse(event, "yaml-anchor", "An anchor is used", "Maybe remove it.", f"&{event.anchor}")
    if event.tag and event.tag != "!":
        reading.refuse(event, "yaml-tag", "A type tag is used", "Maybe remove it.", event.tag)


def _syntax(error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    place = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    hint = "Maybe an indentation, a colon or a quotation mark is wrong."
    message = f"The scenario is not valid YAML{place}: {problem}."
    return Finding(Level.ERROR, "syntax", message, hint, row=mark.line + 1 if mark else None)
