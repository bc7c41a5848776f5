"""What is forgotten, and when: nothing that people made, only what helped on the way."""

from datetime import timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from scenarios.store.incumbents import forget_incumbents
from scenarios.store.jobs import forget_events
from scenarios.store.once import forget_answers
from scenarios.store.sessions import Lifetime, forget_sessions
from scenarios.store.tables.base import Base, now
from scenarios.store.tables.studies import Blob
from scenarios.store.workers import forget_dead

UNUSED = timedelta(days=1)
"""How long ago a blob was put that nothing names: whoever put it may be about to name it."""
BATCH = 1000
BLOBS = Base.metadata.tables[Blob.__tablename__]


def forget_old(session: Session, kept_days: int, lifetime: Lifetime) -> None:
    """Remove all that has served its time; `kept_days` is for what happened during jobs that have ended."""
    forget_answers(session)
    forget_sessions(session, lifetime)
    forget_dead(session)
    forget_events(session, kept_days)
    forget_incumbents(session, kept_days)
    forget_blobs(session)


def forget_blobs(session: Session) -> None:
    """Remove bytes that no row names any more, some at a time."""
    old = Blob.used_at < now() - UNUSED
    named = [
        key.parent for table in Base.metadata.tables.values() for key in table.foreign_keys if key.references(BLOBS)
    ]
    unnamed = select(Blob.sha256).where(old, *(~exists().where(column == Blob.sha256) for column in named)).limit(BATCH)
    # The age is asked again where somebody marks the blob as used at this moment.
    session.execute(delete(Blob).where(Blob.sha256.in_(unnamed), old).execution_options(synchronize_session=False))
