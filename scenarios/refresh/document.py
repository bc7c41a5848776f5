"""The refreshed scenario document: the new data file, carried rules, and file names told from the new folder."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.document.file_names import rename_files
from scenarios.document.scenario import Scenario
from scenarios.reading.rule_files import RuleLists
from scenarios.refresh.links import FIELDS
from scenarios.refresh.travel import TRAVEL

UNITS, ACCOUNTS = "units", "accounts"
RULES = ("lock", "forbid", "together", "apart")

Fields = dict[str, Any]


@dataclass(frozen=True)
class NewFile:
    """The new data file and what of the scenario it replaces.

    Attributes
    ----------
    path : Path
    section : str
        UNITS or ACCOUNTS.
    sheet : str or None
        Sheet of a workbook; None for the scenario's own.
    keeps_shapes : bool
        Whether it has no places, so that those of the earlier map serve.
    """

    path: Path
    section: str
    sheet: str | None = None
    keeps_shapes: bool = False


def with_new_file(scenario: Scenario, folder: Path, new: NewFile) -> Scenario:
    """Return the scenario with the new file in it; other file names as they are, relative to `folder`."""
    fields = _fields(scenario)
    section: Fields = fields[new.section]
    if new.keeps_shapes:
        section["geography"] = {"file": section["file"], "id": section["id"], "key": section["id"]}
    section["file"] = relative(new.path, folder)
    if new.sheet is not None:
        section["sheet"] = new.sheet
    elif new.path.suffix.lower() not in (".xlsx", ".xlsm"):
        section.pop("sheet", None)
    return Scenario.model_validate(fields)


def with_rules(scenario: Scenario, rules: RuleLists, files: Mapping[str, str]) -> Scenario:
    """Return the scenario with these rules, inline but for the kinds that stand in one of `files`."""
    fields = _fields(scenario)
    fields["rules"] = {
        kind: files.get(kind, [_fields(placed.rule) for placed in getattr(rules, kind)])
        for kind in RULES
        if kind in files or getattr(rules, kind)
    }
    return Scenario.model_validate(fields)


def moved(scenario: Scenario, before: Path, after: Path, own: Mapping[str, str | None]) -> Scenario:
    """Return the scenario with file names told from folder `after` instead of `before`.

    `own` names the files of links and travel, by kind, that stand in `after`; None where no link is left.
    """
    fields = _fields(scenario)
    rename_files(fields, lambda file: relative(before / file, after, as_written=file))
    if TRAVEL in own:
        fields[TRAVEL]["file"] = own[TRAVEL]
    links = {FIELDS[kind]: name for kind, name in own.items() if kind != TRAVEL}
    if links:
        kept = fields["neighbours"] | links
        fields["neighbours"] = {field: name for field, name in kept.items() if name is not None}
    return Scenario.model_validate(fields)


def relative(path: Path, folder: Path, as_written: str = "") -> str:
    """Return a path as it is told from a folder; an absolute one that was written so stays."""
    if as_written and Path(as_written).is_absolute():
        return as_written
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()


def _fields(part: Any) -> Fields:
    fields: Fields = part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return fields
