"""Answers to changes: their ETags and places, and the same answer again to a request that is sent again."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.http.problems import ProblemError
from api.http.service import Call
from scenarios.store.inserts import insert_once
from scenarios.store.once import kept_answer
from scenarios.store.tables.base import now
from scenarios.store.tables.people import IdempotencyKey

KEY = re.compile(r"[\x21-\x7e]{1,200}")
JSON = "application/json"


@dataclass(frozen=True)
class Reply:
    """An answer that has been decided."""

    body: BaseModel | None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """Return it as a response."""
        content = b"" if self.body is None else self.body.model_dump_json().encode()
        return Response(content, self.status, self.headers, media_type=JSON if content else None)


@dataclass(frozen=True)
class Identified:
    """What makes two requests the same one: their key and a hash of all that they ask for."""

    key: str | None
    sha256: str


class _RacedError(RuntimeError):
    """The same request was answered at the same moment."""


async def _identity(
    request: Request,
    idempotency_key: Annotated[
        str | None, Header(max_length=200, description="The same key and request give the same answer for 48 hours.")
    ] = None,
) -> Identified:
    if idempotency_key is not None and not KEY.fullmatch(idempotency_key):
        raise ProblemError("invalid-request", "The Idempotency-Key is not 1 to 200 visible ASCII characters.")
    asked = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return Identified(idempotency_key, sha256(asked + await request.body()).hexdigest())


Identity = Annotated[Identified, Depends(_identity)]
"""The identity of a request, as a parameter of a route."""


def once(call: Call, identity: Identified, work: Callable[[Session], Reply]) -> Response:
    """Do the work of a request in one transaction, and only once for its key."""
    if identity.key is None:
        with call.transaction() as session:
            return work(session).response()
    try:
        return _once(call, identity, identity.key, work)
    except _RacedError:
        return _once(call, identity, identity.key, work)


def _once(call: Call, identity: Identified, key: str, work: Callable[[Session], Reply]) -> Response:
    with call.transaction() as session:
        kept = kept_answer(session, call.who.user_id, key, identity.sha256)
        if kept is not None:
            return Response(kept.body, kept.status, {**kept.headers, "Idempotent-Replay": "true"}, JSON)
        reply = work(session)
        response = reply.response()
        row = IdempotencyKey(
            user_id=call.who.user_id,
            key=key,
            request_sha256=identity.sha256,
            status=reply.status,
            headers=reply.headers,
            body=response.body,
            created_at=now(),
        )
        if not insert_once(session, row):
            raise _RacedError
        return response


def etag(revision: int) -> str:
    """Return the ETag of a revision."""
    return f'"{revision}"'


async def _expected(
    if_match: Annotated[str | None, Header(description="The ETag that was read, in quotes.", max_length=100)] = None,
) -> int:
    if if_match is None:
        raise ProblemError("precondition-required", 'Maybe add the header If-Match with the ETag, e.g. If-Match: "3".')
    found = re.fullmatch(r'"(\d{1,9})"', if_match.strip(), re.ASCII)
    return int(found[1]) if found else -1


Expected = Annotated[int, Depends(_expected)]
"""The revision that If-Match names, as a parameter of a route; -1 for an ETag that never was."""
