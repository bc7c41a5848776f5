"""A scenario document and all that it extends, read and put together."""

import os
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from geodata.findings import Finding, InputError, Level
from scenarios.document.errors import findings_of
from scenarios.document.file_names import rename_files
from scenarios.document.variant import CHANGES, EXTENDS, OWN_FIELDS, Variant
from scenarios.family.overlay import overlay
from scenarios.near_names import maybe
from scenarios.reading import json_text, yaml_text
from scenarios.reading.files import bad_encoding, marked_encoding, read_bytes
from scenarios.reading.yaml_text import Origin, Tree

MAX_DOCUMENT_BYTES = 20_000_000
"""Largest scenario document that is read; larger rules belong in CSV files."""
MAX_GENERATIONS = 20
"""Longest chain of scenarios that extend each other."""


@dataclass(frozen=True)
class Lineage:
    """A whole document, put together of a variant and what it extends.

    Attributes
    ----------
    tree : Tree
        The document; file names in it are relative to its own folder.
    sha256 : str
        SHA-256 of the document's own bytes.
    bases : mapping
        SHA-256 of every document it extends, by name relative to its folder.
    findings : tuple of Finding
        Warnings on how it was put together.
    """

    tree: Tree
    sha256: str
    bases: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


def read_lineage(path: Path) -> Lineage:
    """Read a document and everything it extends; raises InputError with every finding of the first wrong file."""
    return _read(path, path.name, ())


def _read(path: Path, label: str, descendants: tuple[Path, ...]) -> Lineage:
    data, findings = read_bytes(path, label, MAX_DOCUMENT_BYTES)
    if data is None:
        raise InputError(findings)
    text = _decoded(data)
    tree = json_text.parse(text) if path.suffix.lower() == ".json" else yaml_text.parse(text)
    digest = sha256(data).hexdigest()
    if not isinstance(tree.value, dict) or EXTENDS not in tree.value:
        return Lineage(tree, digest, {})
    variant = _variant(tree)
    base = _base(path, variant.extends, tree, (*descendants, path.resolve()))
    name = _relative(variant.extends, path.parent, path.parent)
    moved = _moved(base.tree, (path.parent / variant.extends).parent, path.parent)
    bases = {_relative(other, (path.parent / name).parent, path.parent): its for other, its in base.bases.items()}
    findings = (*base.findings, *_goals_from_nothing(base.tree, tree))
    return Lineage(overlay(moved, name, tree), digest, {name: base.sha256, **bases}, findings)


def _variant(tree: Tree) -> Variant:
    try:
        variant = Variant.model_validate(tree.value)
    except ValidationError as error:
        raise InputError([_own_field(found) for found in findings_of(error, tree, "The variant")]) from error
    wrong = [name for name in variant.changes if name in OWN_FIELDS]
    if wrong:
        raise InputError([_misplaced(name, tree) for name in wrong])
    return variant


def _own_field(found: Finding) -> Finding:
    """Return a finding with the hint that a variant has fields of its own."""
    return replace(found, hint=maybe(found.field, OWN_FIELDS)) if found.code == "unknown-field" else found


def _base(path: Path, extends: str, tree: Tree, descendants: tuple[Path, ...]) -> Lineage:
    """Read what a document extends; mistakes in it are told with its file name."""
    base, at = path.parent / extends, tree.origin((EXTENDS,))
    if base.resolve() in descendants:
        names = " -> ".join(other.name for other in (*descendants, base))
        raise InputError([_refused("extends-cycle", f"Scenarios extend each other in a circle: {names}.", extends, at)])
    if len(descendants) > MAX_GENERATIONS:
        message = f"More than {MAX_GENERATIONS} scenarios extend each other."
        raise InputError([_refused("extends-too-long", message, extends, at)])
    if not base.is_file():
        raise InputError([replace(f, file="", row=at.line, field=EXTENDS) for f in read_bytes(base, extends)[1]])
    try:
        return _read(base, extends, descendants)
    except InputError as error:
        raise InputError([_from_base(found, extends) for found in error.findings]) from error


def _from_base(found: Finding, extends: str) -> Finding:
    """Return a finding of a base document as its descendant tells it."""
    known = found.file == extends or found.code == "extends-cycle"
    return found if known else replace(found, file=_relative(found.file, Path(extends).parent, Path()) or extends)


def _moved(tree: Tree, before: Path, after: Path) -> Tree:
    """Return a base with its file names, and those of its own bases, told from another folder."""
    if before.resolve() == after.resolve():
        return tree
    value = deepcopy(tree.value)
    rename_files(value, lambda file: _relative(file, before, after))
    origins = {
        path: Origin(_relative(origin.file, before, after), origin.path, origin.line)
        for path, origin in tree.origins.items()
    }
    return Tree(value, tree.lines, origins)


def _relative(file: str, before: Path, after: Path) -> str:
    """Return a file name, written relative to one folder, as it is told from another; addresses are left alone."""
    if not file or Path(file).is_absolute() or ":" in file:
        return file
    return Path(os.path.relpath((before / file).resolve(), after.resolve())).as_posix()


def _goals_from_nothing(base: Tree, variant: Tree) -> tuple[Finding, ...]:
    """Return a warning where a variant names some goals of a base that has none written."""
    changes = variant.value.get(CHANGES) or {}
    if not isinstance(base.value, dict) or base.value.get("goals") or not changes.get("goals"):
        return ()
    message = "The base leaves its goals to their defaults; here the goals that are not named weigh 0."
    hint = "Maybe name every goal that counts."
    line = variant.line((CHANGES, "goals"))
    return (Finding(Level.WARNING, "goals-from-nothing", message, hint, row=line, field="changes.goals"),)


def _misplaced(name: str, tree: Tree) -> Finding:
    message = f"changes.{name} is not a difference: {name} stands at the top of a variant."
    hint = f"Maybe write `{name}` beside `changes`."
    return Finding(Level.ERROR, "unknown-field", message, hint, row=tree.line((CHANGES, name)), field=f"changes.{name}")


def _refused(code: str, message: str, value: str, at: Origin) -> Finding:
    hint = "Maybe one of them should extend another scenario."
    return Finding(Level.ERROR, code, message, hint, row=at.line, field=EXTENDS, value=value)


def _decoded(data: bytes) -> str:
    encoding, body = marked_encoding(data)
    try:
        return body.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        raise InputError([bad_encoding("", error, body)]) from error
