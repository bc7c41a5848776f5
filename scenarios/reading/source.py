"""From a scenario file to a Scenario, and back to text: the only reader of the written document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from pydantic import ValidationError

from geodata.findings import Finding, InputError, Level
from scenarios.document.errors import dotted, findings_of, path_of
from scenarios.document.scenario import Scenario
from scenarios.document.types import FileRule, local_file
from scenarios.family.lineage import read_lineage
from scenarios.reading import json_text, yaml_text
from scenarios.reading.yaml_text import Tree


@dataclass(frozen=True)
class Source:
    """A scenario as it was read.

    Attributes
    ----------
    scenario : Scenario
        The document; a variant with its base.
    folder : Path
        Folder that the file names in the document are relative to.
    text_sha256 : str
        SHA-256 of the document's bytes.
    findings : tuple of Finding
        Warnings and notes.
    bases : mapping
        SHA-256 of every document that a variant extends, by name relative to `folder`.
    tree : Tree
        What was written, and where.
    files : callable
        Decides which names of files the document may use, also once it is changed.
    """

    scenario: Scenario
    folder: Path
    text_sha256: str
    findings: tuple[Finding, ...]
    bases: Mapping[str, str] = field(default_factory=dict)
    tree: Tree = field(default_factory=lambda: Tree(None, {}))
    files: FileRule = local_file

    def placed(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings about fields of a variant with the file and line where those were written."""
        return [self._placed(finding) for finding in findings]

    def _placed(self, finding: Finding) -> Finding:
        if not self.tree.origins or finding.file or finding.row is not None or not finding.field:
            return finding
        origin = self.tree.origin(path_of(finding.field))
        return replace(finding, file=origin.file, row=origin.line, field=dotted(origin.path))


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
    lineage = read_lineage(path)
    scenario, warnings = _validated(lineage.tree)
    findings = (*lineage.findings, *warnings)
    return Source(scenario, path.resolve().parent, lineage.sha256, findings, lineage.bases, lineage.tree)


def parse(text: str, *, is_json: bool, files: FileRule = local_file) -> tuple[Scenario, tuple[Finding, ...]]:
    """Return the scenario in a text and its warnings; raises InputError with every error and warning.

    `files` decides which names of files the document may use.
    """
    return _validated(json_text.parse(text) if is_json else yaml_text.parse(text), files)


def dump(scenario: Scenario) -> str:
    """Return the scenario as YAML that reads back as the same scenario; defaults are left out."""
    written = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return str(yaml.dump(written, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120))


def dump_json(scenario: Scenario) -> str:
    """Return the scenario as JSON that reads back as the same scenario; defaults are left out."""
    return scenario.model_dump_json(by_alias=True, exclude_defaults=True, indent=2) + "\n"


def _validated(tree: Tree, files: FileRule = local_file) -> tuple[Scenario, tuple[Finding, ...]]:
    try:
        scenario = Scenario.model_validate(tree.value, context=files)
    except ValidationError as error:
        raise InputError(findings_of(error, tree)) from error
    return scenario, tuple(_doubts(scenario, tree))


def _doubts(scenario: Scenario, tree: Tree) -> list[Finding]:
    """Return warnings on what is allowed but probably not meant."""
    doubts = []
    for name, measure in scenario.measures.items():
        for band in ("tolerance", "aim"):
            share = getattr(measure, band) or 0.0
            if share > 1:
                at = tree.origin(("measures", name, band))
                place = dotted(at.path)
                message = f"{place} is a share: {share:g} means {100 * share:g} %."
                hint = f"Maybe {share / 100:g}."
                value = f"{share:g}"
                doubts.append(Finding(Level.WARNING, "large-tolerance", message, hint, at.file, at.line, place, value))
    if "potential" not in scenario.measures:
        message = "No measure `potential` is given; workload counts as potential."
        hint = "Maybe add `potential: {column: revenue}`."
        at = tree.origin(("measures",))
        doubts.append(Finding(Level.WARNING, "no-potential", message, hint, at.file, at.line, dotted(at.path)))
    return doubts
