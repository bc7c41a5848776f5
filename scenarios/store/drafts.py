"""Drafts of scenarios, guessed from data sets under the names that people gave them."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sqlalchemy.orm import Session

from geodata.findings import Finding, InputError
from scenarios.document.file_names import rename_files
from scenarios.init.columns import Profile
from scenarios.init.files import GivenFile, Role, assign_roles, read_given
from scenarios.init.guess import Draft, draft
from scenarios.store.datasets import PREFIX, dataset_bytes, find_dataset
from scenarios.team.columns import recognised_columns

MOST_LETTERS = 80
"""Of the name of a file, beside its ending."""


@dataclass(frozen=True, eq=False)
class DraftFile:
    """A data set of a draft: the part it plays, and its columns."""

    dataset_id: str
    role: Role
    is_map: bool
    columns: Sequence[Profile]


@dataclass(frozen=True, eq=False)
class DataDraft:
    """A draft whose files are data sets.

    Attributes
    ----------
    draft : Draft
        It names files as `dataset:<id>`.
    files : tuple of DraftFile
    """

    draft: Draft
    files: tuple[DraftFile, ...]


def draft_of(
    session: Session, workspace_id: str, roles: Mapping[str, Role | None], mapped: Mapping[str, str], name: str
) -> DataDraft:
    """Guess a scenario from data sets.

    Parameters
    ----------
    roles
        The part that each data set plays, by its id; None where it is to be guessed.
    mapped
        Columns by dotted field, e.g. {"units.id": "GEOID"}.

    Raises
    ------
    InputError
        Where a data set cannot be read any more.
    """
    with tempfile.TemporaryDirectory(prefix="territory-") as folder:
        ids = _lay_out(session, workspace_id, list(roles), Path(folder))
        files, found = read_given([Path(folder) / label for label in ids], Path(folder))
    given = {label: role for label, dataset_id in ids.items() if (role := roles[dataset_id]) is not None}
    try:
        assigned = assign_roles(files, found, given)
    except InputError as error:
        made = Draft({"schema_version": 1, "name": name}, (), error.findings)
        return DataDraft(
            _renamed(made, ids), tuple(_file(file, ids, given.get(file.label, "unused")) for file in files)
        )
    made = draft(assigned, mapped, name)
    if assigned.reps is not None:
        headers = [column.name for column in assigned.reps.columns]
        made.document["reps"]["columns"] = recognised_columns(headers, made.document["reps"].get("columns", {}))
    return DataDraft(_renamed(made, ids), tuple(_file(file, ids, assigned.role_of(file)) for file in files))


def _lay_out(session: Session, workspace_id: str, ids: Sequence[str], folder: Path) -> dict[str, str]:
    """Write data sets under plain forms of their names; return their ids by those."""
    placed: dict[str, str] = {}
    for dataset_id in ids:
        row = find_dataset(session, workspace_id, dataset_id)
        stem = re.sub(r"[^\w-]+", "-", PurePosixPath(row.name).stem, flags=re.ASCII)[:MOST_LETTERS].strip("-") or "data"
        ending = PurePosixPath(dataset_id).suffix
        label = f"{stem}{ending}"
        if label in placed:
            label = f"{stem}-{len(placed) + 1}{ending}"
        (folder / label).write_bytes(dataset_bytes(session, workspace_id, dataset_id))
        placed[label] = dataset_id
    return placed


def _renamed(made: Draft, ids: Mapping[str, str]) -> Draft:
    """Return a draft that names data sets; `ids` by the labels of their files."""
    rename_files(made.document, lambda label: f"{PREFIX}{ids[label]}")
    return replace(made, findings=tuple(_placed(finding, ids) for finding in made.findings))


def _placed(finding: Finding, ids: Mapping[str, str]) -> Finding:
    return replace(finding, file=f"{PREFIX}{ids[finding.file]}") if finding.file in ids else finding


def _file(file: GivenFile, ids: Mapping[str, str], role: Role) -> DraftFile:
    return DraftFile(ids[file.label], role, file.is_map, file.columns)
