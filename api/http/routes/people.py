"""Users, API keys, the audit trail, and who one is oneself."""

from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from api.http import show
from api.http.models.people import (
    AuditShown,
    KeyGiven,
    KeyMade,
    KeyShown,
    Me,
    RegionLimit,
    UserChange,
    UserGiven,
    UserShown,
)
from api.http.pages import Page, Wanted
from api.http.problems import ProblemError
from api.http.replies import Identity, Reply, once
from api.http.service import Asked
from scenarios.store.audit import list_events
from scenarios.store.people import VIEWER, add_key, add_user, find_key, find_user, list_keys, list_users
from scenarios.store.tables.base import now
from scenarios.store.tables.people import User

router = APIRouter(prefix="/v1", tags=["people"])


@router.get("/me")
def get_me(call: Asked) -> Me:
    """Tell who asks, with which role."""
    who = call.who
    limit = show.region(who.region)
    return Me(user_id=who.user_id, workspace_id=who.workspace_id, name=who.name, role=who.role, region=limit)


@router.get("/users")
def get_users(call: Asked, wanted: Wanted) -> Page[UserShown]:
    """List the users of the workspace."""
    with call.transaction() as session:
        return wanted.page(list_users(session, call.who.workspace_id, wanted.after, wanted.limit), show.user)


@router.post("/users", status_code=201, response_model=UserShown)
def create_user(call: Asked, given: UserGiven, identity: Identity) -> Response:
    """Let a person or a script in."""

    def work(session: Session) -> Reply:
        user = add_user(session, call.who.workspace_id, given.name, given.role, _kept(given.region))
        _need_viewer(user)
        call.record(session, "user.add", user.id, role=user.role)
        return Reply(show.user(user), 201)

    return once(call, identity, work)


@router.patch("/users/{user_id}")
def change_user(call: Asked, user_id: str, change: UserChange) -> UserShown:
    """Change a role, or shut somebody out; not oneself, so that an admin is left."""
    with call.transaction() as session:
        user = find_user(session, call.who.workspace_id, user_id)
        if user.id == call.who.user_id and (change.disabled or change.role not in (None, user.role)):
            raise ProblemError("own-account", "This is your own account. Maybe another admin changes it.")
        user.role = change.role or user.role
        if change.disabled is not None:
            user.disabled_at = now() if change.disabled else None
        if "region" in change.model_fields_set:
            user.region = _kept(change.region)
        _need_viewer(user)
        call.record(session, "user.change", user.id, **change.model_dump(exclude_unset=True))
        return show.user(user)


def _kept(limit: RegionLimit | None) -> dict[str, Any] | None:
    return None if limit is None else limit.model_dump()


def _need_viewer(user: User) -> None:
    """Refuse a limit for somebody who may change things: what they change is judged as a whole."""
    if user.region is not None and user.role != VIEWER:
        raise ProblemError("invalid-request", "Only a viewer is limited to a region. Maybe send region null with it.")


@router.get("/api-keys")
def get_keys(call: Asked, wanted: Wanted) -> Page[KeyShown]:
    """List the keys of the workspace, without their secrets."""
    with call.transaction() as session:
        return wanted.page(list_keys(session, call.who.workspace_id, wanted.after, wanted.limit), show.key)


@router.post("/api-keys", status_code=201)
def create_key(call: Asked, given: KeyGiven) -> KeyMade:
    """Make a key. Its token is in this answer and nowhere else, so a request that is sent again makes another key."""
    with call.transaction() as session:
        user = find_user(session, call.who.workspace_id, given.user_id)
        key, token = add_key(session, user.id, given.label)
        call.record(session, "api-key.add", key.id, user=user.id)
        return KeyMade(**show.key(key).model_dump(), token=token)


@router.delete("/api-keys/{key_id}")
def revoke_key(call: Asked, key_id: str) -> KeyShown:
    """Revoke a key for good."""
    with call.transaction() as session:
        key = find_key(session, call.who.workspace_id, key_id)
        key.revoked_at = key.revoked_at or now()
        call.record(session, "api-key.revoke", key.id)
        return show.key(key)


@router.get("/audit-events")
def get_audit_events(call: Asked, wanted: Wanted) -> Page[AuditShown]:
    """List who changed what, oldest first."""
    with call.transaction() as session:
        rows = list_events(session, call.who.workspace_id, wanted.number, wanted.limit)
        return wanted.page(rows, show.audit_event)
