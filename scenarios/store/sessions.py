"""People who signed in with a key in their browser: the cookie's token stands for the key until it expires."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from scenarios.store.people import Principal, principal_of, used_key
from scenarios.store.tables.base import now
from scenarios.store.tables.people import ApiKey, BrowserSession

NOTED = timedelta(minutes=1)
"""How exactly it is kept when somebody was last seen: a write at every request would cost more than it tells."""


@dataclass(frozen=True)
class Lifetime:
    """How long a session lasts without a request, and at most."""

    idle: timedelta
    most: timedelta


def sign_in(session: Session, api_key: str) -> tuple[Principal, str] | None:
    """Begin a session; return who signed in and the token for their cookie, None for a key that is not valid."""
    key = used_key(session, api_key)
    who = principal_of(session, key)
    if key is None or who is None:
        return None
    token = secrets.token_urlsafe(32)
    session.add(BrowserSession(token_sha256=_hash(token), key_id=key.id))
    return who, token


def signed_in(session: Session, token: str, lifetime: Lifetime) -> tuple[Principal | None, bool]:
    """Return who a cookie's token belongs to, and whether it is time to note that they were seen.

    Nobody, where the session, its key or its user is no longer valid.
    """
    row = session.get(BrowserSession, _hash(token)) if token else None
    moment = now()
    if row is None or moment >= min(row.seen_at + lifetime.idle, row.created_at + lifetime.most):
        return None, False
    return principal_of(session, session.get(ApiKey, row.key_id)), moment >= row.seen_at + NOTED


def note_seen(session: Session, token: str) -> None:
    """Note that somebody is still there."""
    session.execute(update(BrowserSession).where(BrowserSession.token_sha256 == _hash(token)).values(seen_at=now()))


def sign_out(session: Session, token: str) -> None:
    """End a session."""
    session.execute(delete(BrowserSession).where(BrowserSession.token_sha256 == _hash(token)))


def csrf_token(token: str) -> str:
    """Return what a page must repeat to change something: made of the cookie's token, which no script can read."""
    return hmac.new(token.encode(), b"csrf", sha256).hexdigest()


def forget_sessions(session: Session, lifetime: Lifetime) -> None:
    """Remove sessions that have expired."""
    old = or_(BrowserSession.seen_at < now() - lifetime.idle, BrowserSession.created_at < now() - lifetime.most)
    session.execute(delete(BrowserSession).where(old))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
