"""Answers kept by the key of their request, so that a request that is sent again does nothing again."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scenarios.store.errors import ConflictError
from scenarios.store.tables.base import now
from scenarios.store.tables.people import IdempotencyKey

KEPT = timedelta(hours=48)


def kept_answer(session: Session, user_id: str, key: str, request_sha256: str) -> IdempotencyKey | None:
    """Return the answer given before; raises ConflictError where the key was used for another request."""
    row = session.get(IdempotencyKey, (user_id, key))
    if row is not None and row.request_sha256 != request_sha256:
        message = "The Idempotency-Key was used for another request. Maybe make a new key for each request."
        raise ConflictError("idempotency-reuse", message)
    return row


def forget_answers(session: Session) -> None:
    """Remove answers that are older than anybody may ask for."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < now() - KEPT))
