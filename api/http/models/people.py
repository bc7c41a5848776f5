"""Users, keys and the audit trail."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, SecretStr

from api.http.models.base import Given, Id, Line, Name, Role, Shown, Text


class RegionLimit(Given):
    """Units that a viewer sees, and no others."""

    field: Text = Field(description="A column of the units.")
    values: Annotated[list[Text], Field(min_length=1, max_length=1000)]


class UserGiven(Given):
    """A person or script that is let in."""

    name: Name
    role: Role
    region: RegionLimit | None = Field(None, description="Of a viewer: what they are limited to.")


class UserChange(Given):
    """A change of a user."""

    role: Role | None = None
    disabled: bool | None = None
    region: RegionLimit | None = Field(None, description="null lifts the limit.")


class UserShown(Shown):
    """A user of the workspace."""

    id: str
    name: str
    role: Role
    disabled: bool
    region: RegionLimit | None
    created_at: datetime


class KeyGiven(Given):
    """A key to be made."""

    user_id: Id
    label: Line = ""


class KeyShown(Shown):
    """A key; its secret is never shown again."""

    id: str
    user_id: str
    label: str
    created_at: datetime
    revoked: bool


class KeyMade(KeyShown):
    """A new key, with its token this once."""

    token: str


class SessionGiven(Given):
    """A key to sign in with."""

    api_key: SecretStr


class SessionShown(Shown):
    """Who is signed in."""

    user: str
    role: Role
    region: RegionLimit | None
    workspace: str
    csrf_token: str = Field(description="For the header X-CSRF-Token of calls that change something.")


class AuditShown(Shown):
    """One change."""

    id: int
    user_id: str
    action: str
    subject: str
    detail: dict[str, Any]
    request_id: str
    created_at: datetime


class Me(Shown):
    """Who asks."""

    user_id: str
    workspace_id: str
    name: str
    role: Role
    region: RegionLimit | None
