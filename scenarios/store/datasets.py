"""Files of a workspace, which scenarios name as `dataset:<id>`."""

import hashlib
import re
import tempfile
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios.document.types import mistake
from scenarios.prepare.unit_rows import read_rows
from scenarios.store.blobs import get_blob, put_blob
from scenarios.store.errors import NotFoundError
from scenarios.store.inserts import insert_once
from scenarios.store.tables.base import now
from scenarios.store.tables.studies import Dataset, Study, StudyVersion
from scenarios.store.uploads import Upload

PREFIX = "dataset:"
DIGITS = 32
"""Digits of the SHA-256 in an id: 128 bits."""
_NAME = re.compile(rf"{PREFIX}[0-9a-f]{{{DIGITS}}}\.[a-z]{{1,12}}", re.ASCII)


def dataset_only(name: str) -> None:
    """Let a document name data sets only: the rule of the service."""
    if not _NAME.fullmatch(name):
        raise mistake("not-a-dataset", "is no data set. Maybe send the file first and write dataset: and its id.")


def add_dataset(session: Session, workspace_id: str, user_id: str, upload: Upload) -> tuple[Dataset, bool]:
    """Keep an upload; return it and whether it is new to the workspace. The same content is the same data set."""
    digest = hashlib.sha256(upload.data).hexdigest()
    row = Dataset(
        workspace_id=workspace_id,
        id=f"{digest[:DIGITS]}{upload.ending}",
        name=upload.name,
        sha256=put_blob(session, upload.data),
        given_sha256=upload.sha256,
        kind=upload.kind,
        rows=upload.rows,
        columns={"names": list(upload.columns)},
        findings=[asdict(finding) for finding in upload.findings],
        created_at=now(),
        created_by=user_id,
    )
    is_new = insert_once(session, row)
    return find_dataset(session, workspace_id, row.id), is_new


def find_dataset(session: Session, workspace_id: str, name: str) -> Dataset:
    """Return a data set; raises NotFoundError."""
    row = session.get(Dataset, (workspace_id, name))
    if row is None:
        raise NotFoundError("dataset", name)
    return row


def dataset_bytes(session: Session, workspace_id: str, name: str) -> bytes:
    """Return the content of a data set; raises NotFoundError."""
    return get_blob(session, find_dataset(session, workspace_id, name).sha256)


def dataset_rows(session: Session, workspace_id: str, name: str, limit: int) -> list[list[str]]:
    """Return the first rows of a data set as texts, its columns in their order; raises NotFoundError."""
    data = dataset_bytes(session, workspace_id, name)
    with tempfile.TemporaryDirectory(prefix="territory-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        frame = read_rows(path, name)[0].frame
    return [[str(cell) for cell in row] for row in frame.iloc[:limit].itertuples(index=False)]


def dataset_uses(session: Session, workspace_id: str) -> dict[str, list[Study]]:
    """Return the scenarios whose present document names a data set, by its id; archived ones included."""
    query = (
        select(Study, StudyVersion.document)
        .join(StudyVersion, (StudyVersion.scenario_id == Study.id) & (StudyVersion.version == Study.version))
        .where(Study.workspace_id == workspace_id)
        .order_by(Study.id)
    )
    uses: dict[str, list[Study]] = {}
    for study, document in session.execute(query):
        for found in dict.fromkeys(_NAME.findall(document)):
            uses.setdefault(found.removeprefix(PREFIX), []).append(study)
    return uses


def list_datasets(session: Session, workspace_id: str, after: str, limit: int) -> list[Dataset]:
    """Return data sets with ids above `after`, in the order of their ids."""
    query = select(Dataset).where(Dataset.workspace_id == workspace_id, Dataset.id > after)
    return list(session.scalars(query.order_by(Dataset.id).limit(limit)))
