"""What the calls share, and what one call knows of itself."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api.http.answers import Answers
from api.http.rate import Rate
from api.jobs.queue import Queue
from api.jobs.small import SmallSolver
from api.plans.cases import Cases
from api.settings import Settings
from scenarios.store import audit
from scenarios.store.database import Store
from scenarios.store.people import Principal


@dataclass(frozen=True)
class Service:
    """A service that runs: its settings, its store and what it keeps in memory; one explanation at a time.

    `local` is who asks where authentication is off.
    """

    settings: Settings
    store: Store
    queue: Queue
    cases: Cases
    rate: Rate
    sign_in_rate: Rate
    small: SmallSolver
    local: Principal | None
    answers: Answers = field(default_factory=Answers)
    explaining: threading.Lock = field(default_factory=threading.Lock)

    def close(self) -> None:
        """Let go of everything."""
        self.small.close()
        self.queue.close()
        self.store.close()


@dataclass(frozen=True)
class Call:
    """One request of somebody who may make it."""

    service: Service
    who: Principal
    request_id: str

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session whose work is committed at the end, or undone where an error leaves it."""
        with self.service.store.transaction() as session:
            yield session

    def record(self, session: Session, action: str, subject: str, **detail: Any) -> None:
        """Record a change in the audit trail."""
        audit.record(session, self.who, action, subject, self.request_id, **detail)


def service_of(request: Request) -> Service:
    """Return the service that a request was sent to."""
    service: Service = request.app.state.service
    return service


async def _call(request: Request) -> Call:
    return Call(service_of(request), request.state.who, request.state.request_id)


Asked = Annotated[Call, Depends(_call)]
"""The present call, as a parameter of a route."""
