"""Files that jobs have made."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios.store.blobs import get_blob, put_blob
from scenarios.store.inserts import insert_once
from scenarios.store.tables.work import JobFile


def add_job_files(session: Session, job_id: str, files: Mapping[str, bytes]) -> None:
    """Keep files of a job by their names."""
    for name, data in files.items():
        insert_once(session, JobFile(job_id=job_id, name=name, sha256=put_blob(session, data)))


def job_bytes(session: Session, job_id: str, name: str) -> bytes | None:
    """Return a file of a job, None where it made none of this name."""
    digest = session.scalar(select(JobFile.sha256).where(JobFile.job_id == job_id, JobFile.name == name))
    return None if digest is None else get_blob(session, digest)


def job_file_hashes(session: Session, job_id: str, names: Collection[str]) -> dict[str, str]:
    """Return the SHA-256 of those files of a job that it has made, by name."""
    query = select(JobFile.name, JobFile.sha256).where(JobFile.job_id == job_id, JobFile.name.in_(names))
    return {row[0]: row[1] for row in session.execute(query)}


def job_file_names(session: Session, job_id: str) -> list[str]:
    """Return the names of a job's files, in alphabetical order."""
    return list(session.scalars(select(JobFile.name).where(JobFile.job_id == job_id).order_by(JobFile.name)))
