"""From a scenario file to a Scenario, and back to text: the only reader of the written document."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from geodata.findings import Finding, InputError, Level
from scenarios.document.errors import findings_of
from scenarios.document.scenario import Scenario
from scenarios.reading import json_text, yaml_text
from scenarios.reading.files import bad_encoding, marked_encoding, read_bytes

MAX_DOCUMENT_BYTES = 20_000_000
"""Largest scenario document that is read; larger rules belong in CSV files."""


@dataclass(frozen=True)
class Source:
    """A scenario as it was read.

    Attributes
    ----------
    scenario : Scenario
        The document.
    folder : Path
        Folder that the file names in the document are relative to.
    text_sha256 : str
        SHA-256 of the document's bytes.
    findings : tuple of Finding
        Warnings and notes.
    """

    scenario: Scenario
    folder: Path
    text_sha256: str
    findings: tuple[Finding, ...]


class _Dumper(yaml.SafeDumper):
    """Keeps the Unicode line breaks, which PyYAML would fold in single quotes, by quoting them doubly."""

    def represent_scalar(self, tag: str, value: str, style: str | None = None) -> yaml.ScalarNode:
        breaks = isinstance(value, str) and any(sign in value for sign in "\x85\u2028\u2029")
        return super().represent_scalar(tag, value, '"' if breaks else style)


def read(path: Path) -> Source:
    """Read a scenario: JSON where the name ends in .json, else YAML.

    Raises
    ------
    InputError
        With every finding at once: fields, values and structure; the syntax first, since the rest needs it.
    """
    data, findings = read_bytes(path, path.name, MAX_DOCUMENT_BYTES)
    if data is None:
        raise InputError(findings)
    text = _decoded(data)
    scenario, warnings = parse(text, is_json=path.suffix.lower() == ".json")
    return Source(scenario, path.resolve().parent, hashlib.sha256(data).hexdigest(), warnings)


def parse(text: str, *, is_json: bool) -> tuple[Scenario, tuple[Finding, ...]]:
    """Return the scenario in a text and its warnings; raises InputError with every error and warning."""
    tree = json_text.parse(text) if is_json else yaml_text.parse(text)
    try:
        scenario = Scenario.model_validate(tree.value)
    except ValidationError as error:
        raise InputError(findings_of(error, tree)) from error
    return scenario, tuple(_doubts(scenario, tree))


def dump(scenario: Scenario) -> str:
    """Return the scenario as YAML that reads back as the same scenario; defaults are left out."""
    written = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return str(yaml.dump(written, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120))


def dump_json(scenario: Scenario) -> str:
    """Return the scenario as JSON that reads back as the same scenario; defaults are left out."""
    return scenario.model_dump_json(by_alias=True, exclude_defaults=True, indent=2) + "\n"


def _decoded(data: bytes) -> str:
    encoding, body = marked_encoding(data)
    try:
        return body.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        raise InputError([bad_encoding("", error, body)]) from error


def _doubts(scenario: Scenario, tree: yaml_text.Tree) -> list[Finding]:
    """Return warnings on what is allowed but probably not meant."""
    doubts = []
    for name, measure in scenario.measures.items():
        for band in ("tolerance", "aim"):
            share = getattr(measure, band) or 0.0
            if share > 1:
                field = f"measures.{name}.{band}"
                message = f"{field} is a share: {share:g} means {100 * share:g} %."
                row = tree.line(("measures", name, band))
                hint = f"Maybe {share / 100:g}."
                doubts.append(
                    Finding(Level.WARNING, "large-tolerance", message, hint, row=row, field=field, value=f"{share:g}")
                )
    if "potential" not in scenario.measures:
        message = "No measure `potential` is given; workload counts as potential."
        hint = "Maybe add `potential: {column: revenue}`."
        row = tree.line(("measures",))
        doubts.append(Finding(Level.WARNING, "no-potential", message, hint, row=row, field="measures"))
    return doubts
