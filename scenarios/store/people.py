"""Workspaces, users and their keys."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios.store.errors import NotFoundError
from scenarios.store.inserts import insert_once
from scenarios.store.tables.base import Json, new_id, now
from scenarios.store.tables.people import ApiKey, User, Workspace

VIEWER, PLANNER, APPROVER, ADMIN = "viewer", "planner", "approver", "admin"
ROLES = (VIEWER, PLANNER, APPROVER, ADMIN)
"""From the least to the most; each may do all that those before it may."""
LOCAL = "local"
"""Workspace and user of a service without authentication."""
_TOKEN = re.compile(r"territory_([0-9a-f]{32})_([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True)
class Region:
    """The units that somebody may see: those that have one of the values in a column of theirs."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Principal:
    """Who asks: a user, in the one workspace that they can see; `region` is None where they see all of it."""

    user_id: str
    workspace_id: str
    name: str
    role: str
    region: Region | None = None

    def may(self, role: str) -> bool:
        """Return whether the principal has at least a role."""
        return ROLES.index(self.role) >= ROLES.index(role)


def local_principal(session: Session) -> Principal:
    """Return the only user of a service without authentication, made on first use."""
    if session.get(User, LOCAL) is None:
        insert_once(session, Workspace(id=LOCAL, name=LOCAL, created_at=now()))
        insert_once(session, User(id=LOCAL, workspace_id=LOCAL, name=LOCAL, role=ADMIN, created_at=now()))
    return Principal(LOCAL, LOCAL, LOCAL, ADMIN)


def need_workspace(session: Session, name: str) -> Workspace:
    """Return a workspace by its name, made where it is missing."""
    insert_once(session, Workspace(id=new_id(), name=name, created_at=now()))
    return session.scalars(select(Workspace).where(Workspace.name == name)).one()


def add_user(session: Session, workspace_id: str, name: str, role: str, region: Json | None = None) -> User:
    """Add a user to a workspace; a region has `field` and `values`."""
    user = User(id=new_id(), workspace_id=workspace_id, name=name, role=role, region=region)
    session.add(user)
    session.flush()
    return user


def find_user(session: Session, workspace_id: str, name: str) -> User:
    """Return a user by id; raises NotFoundError."""
    user = session.get(User, name)
    if user is None or user.workspace_id != workspace_id:
        raise NotFoundError("user", name)
    return user


def list_users(session: Session, workspace_id: str, after: str, limit: int) -> list[User]:
    """Return the users of a workspace, oldest first."""
    query = select(User).where(User.workspace_id == workspace_id, User.id > after)
    return list(session.scalars(query.order_by(User.id).limit(limit)))


def add_key(session: Session, user_id: str, label: str, expires_at: datetime | None = None) -> tuple[ApiKey, str]:
    """Give a user a key; return it and the token, which is shown once and kept nowhere. It has 256 random bits."""
    secret = secrets.token_urlsafe(32)
    key = ApiKey(
        id=secrets.token_hex(16), user_id=user_id, secret_sha256=_hash(secret), label=label, expires_at=expires_at
    )
    session.add(key)
    session.flush()
    return key, f"territory_{key.id}_{secret}"


def find_key(session: Session, workspace_id: str, name: str) -> ApiKey:
    """Return a key of the workspace; raises NotFoundError."""
    key = session.get(ApiKey, name)
    if key is None:
        raise NotFoundError("api key", name)
    find_user(session, workspace_id, key.user_id)
    return key


def list_keys(session: Session, workspace_id: str, after: str, limit: int) -> list[ApiKey]:
    """Return the keys of a workspace, in the order of their ids."""
    query = select(ApiKey).join(User, User.id == ApiKey.user_id)
    query = query.where(User.workspace_id == workspace_id, ApiKey.id > after)
    return list(session.scalars(query.order_by(ApiKey.id).limit(limit)))


def authenticate(session: Session, token: str) -> Principal | None:
    """Return who a token belongs to; None for one that is unknown, revoked or expired, or of a disabled user."""
    return principal_of(session, used_key(session, token))


def used_key(session: Session, token: str) -> ApiKey | None:
    """Return the key of a token, None where there is none."""
    parts = _TOKEN.fullmatch(token)
    key = session.get(ApiKey, parts[1]) if parts else None
    expected = key.secret_sha256 if key else ""
    same = compare_digest(_hash(parts[2]) if parts else "", expected)
    return key if same else None


def principal_of(session: Session, key: ApiKey | None) -> Principal | None:
    """Return whose key it is; None where there is none, it is revoked or expired, or its user is disabled."""
    if key is None or key.revoked_at or (key.expires_at and key.expires_at <= now()):
        return None
    user = session.get(User, key.user_id)
    if user is None or user.disabled_at:
        return None
    return Principal(user.id, user.workspace_id, user.name, user.role, region_of(user))


def region_of(user: User) -> Region | None:
    """Return the region that a user is limited to, if any."""
    given = user.region
    return None if given is None else Region(given["field"], tuple(given["values"]))


def workspace_name(session: Session, workspace_id: str) -> str:
    """Return the name of a workspace."""
    return session.scalars(select(Workspace.name).where(Workspace.id == workspace_id)).one()


def _hash(secret: str) -> str:
    # A random secret of 256 bits cannot be guessed, so a slow hash would protect nothing more.
    return hashlib.sha256(secret.encode()).hexdigest()
