"""Bytes kept once: compressed, under their SHA-256."""

import hashlib
import zlib
from datetime import timedelta

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from scenarios.store.errors import NotFoundError
from scenarios.store.inserts import insert_once
from scenarios.store.tables.base import now
from scenarios.store.tables.studies import Blob

LEVEL = 6
"""zlib level: maps shrink to a tenth; higher levels take much longer for little."""
FRESH = timedelta(hours=1)
"""How long ago a blob may have been put that is not marked as used again."""


def put_blob(session: Session, data: bytes) -> str:
    """Keep bytes and return their SHA-256; the same bytes take no more room."""
    digest = hashlib.sha256(data).hexdigest()
    used_at = session.scalar(select(Blob.used_at).where(Blob.sha256 == digest))
    if used_at is None or (used_at < now() - FRESH and not _mark(session, digest)):
        packed = zlib.compress(data, LEVEL)
        insert_once(session, Blob(sha256=digest, size_bytes=len(data), data=packed, used_at=now()))
    return digest


def get_blob(session: Session, sha256: str) -> bytes:
    """Return bytes; raises NotFoundError."""
    return zlib.decompress(packed_blob(session, sha256))


def packed_blob(session: Session, sha256: str) -> bytes:
    """Return bytes as they are kept, which HTTP calls the encoding `deflate`; raises NotFoundError."""
    data = session.scalar(select(Blob.data).where(Blob.sha256 == sha256))
    if data is None:
        raise NotFoundError("blob", sha256)
    return data


def _mark(session: Session, digest: str) -> bool:
    """Tell that a blob is used, so that nobody removes it meanwhile; return False where it has just been removed."""
    done = session.execute(update(Blob).where(Blob.sha256 == digest).values(used_at=now()))
    return isinstance(done, CursorResult) and done.rowcount > 0
