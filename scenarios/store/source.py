"""A stored document as a Source: its data sets laid out in a folder under the names that it uses."""

import hashlib
import json
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from geodata.findings import Finding, InputError, Level
from scenarios.document.scenario import Scenario
from scenarios.reading.source import Source, parse
from scenarios.store.blobs import get_blob
from scenarios.store.datasets import PREFIX, dataset_only, find_dataset
from scenarios.store.errors import NotFoundError
from scenarios.store.tables.studies import Dataset


def read_document(
    session: Session, workspace_id: str, text: str, *, is_json: bool
) -> tuple[Scenario, tuple[Finding, ...]]:
    """Return the scenario in a text and its warnings; raises InputError, also where a data set is missing."""
    scenario, named, findings = _parsed(text, is_json=is_json)
    for name in named:
        _dataset(session, workspace_id, name)
    return scenario, findings


def written_only(session: Session, workspace_id: str, text: str) -> Source:
    """Return a stored document as a Source whose data sets are there, but not laid out."""
    scenario, findings = read_document(session, workspace_id, text, is_json=True)
    return Source(scenario, Path(), hashlib.sha256(text.encode()).hexdigest(), findings, files=dataset_only)


def lay_out(session: Session, workspace_id: str, text: str, folder: Path) -> Source:
    """Write the data sets of a stored document into a folder, so that all that reads files finds them there."""
    scenario, named, findings = _parsed(text, is_json=True)
    for name in named:
        (folder / name).write_bytes(get_blob(session, _dataset(session, workspace_id, name).sha256))
    return Source(scenario, folder, hashlib.sha256(text.encode()).hexdigest(), findings, files=dataset_only)


def check_size(session: Session, workspace_id: str, scenario: Scenario, units_limit: int) -> None:
    """Raise InputError where the units' data set has more rows than units are taken, before any of them is read."""
    name = None if scenario.units is None else scenario.units.file
    if name is None:
        return
    rows = find_dataset(session, workspace_id, name.removeprefix(PREFIX)).rows
    if rows > units_limit:
        message = f"{name} has {rows:,} rows; this service takes {units_limit:,} units."
        hint = "Maybe split it, or ask for a higher limit."
        raise InputError([Finding(Level.ERROR, "too-large", message, hint, name, field="units.file", value=str(rows))])


def canonical(scenario: Scenario) -> str:
    """Return the document as it is stored: JSON without defaults."""
    return json.dumps(document_of(scenario), ensure_ascii=False, separators=(",", ":"))


def document_of(scenario: Scenario) -> dict[str, Any]:
    """Return the document as plain values, defaults left out."""
    fields: dict[str, Any] = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return fields


def _parsed(text: str, *, is_json: bool) -> tuple[Scenario, list[str], tuple[Finding, ...]]:
    named: dict[str, None] = {}

    def note(name: str) -> None:
        dataset_only(name)
        named[name] = None

    scenario, findings = parse(text, is_json=is_json, files=note)
    return scenario, list(named), findings


def _dataset(session: Session, workspace_id: str, name: str) -> Dataset:
    """Return the data set that a document names; raises InputError."""
    try:
        return find_dataset(session, workspace_id, name.removeprefix(PREFIX))
    except NotFoundError as error:
        hint = "Maybe send the file again: POST /v1/datasets."
        raise InputError([Finding(Level.ERROR, "missing-file", str(error), hint, file=name, value=name)]) from error
