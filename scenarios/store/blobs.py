"""Bytes kept once: compressed, under their SHA-256."""

import hashlib
import zlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios.store.errors import NotFoundError
from scenarios.store.inserts import insert_once
from scenarios.store.tables.studies import Blob

LEVEL = 6
"""zlib level: maps shrink to a tenth; higher levels take much longer for little."""


def put_blob(session: Session, data: bytes) -> str:
    """Keep bytes and return their SHA-256; the same bytes take no more room."""
    digest = hashlib.sha256(data).hexdigest()
    if session.scalar(select(Blob.sha256).where(Blob.sha256 == digest)) is None:
        insert_once(session, Blob(sha256=digest, size_bytes=len(data), data=zlib.compress(data, LEVEL)))
    return digest


def get_blob(session: Session, sha256: str) -> bytes:
    """Return bytes; raises NotFoundError."""
    data = session.scalar(select(Blob.data).where(Blob.sha256 == sha256))
    if data is None:
        raise NotFoundError("blob", sha256)
    return zlib.decompress(data)
