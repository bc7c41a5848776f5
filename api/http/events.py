"""What happens to a job, as server-sent events: the id is the event's row, so that nothing is lost or told twice."""

import json
from collections.abc import AsyncIterator, Callable
from time import monotonic

import anyio.to_thread

from api.http.service import Service
from scenarios.store.jobs import events_after, is_over
from scenarios.store.tables.work import JobEvent

LOOK_S = 0.3
HEARTBEAT_S = 15.0
BATCH = 200
END = "end"


async def event_stream(service: Service, job_id: str, after: int, is_allowed: Callable[[], bool]) -> AsyncIterator[str]:
    """Yield the events of a job after one of them until its end, and a comment at every heartbeat.

    The stream breaks off at the heartbeat at which the reader is no longer allowed to read it.
    """

    def read() -> tuple[list[JobEvent], bool]:
        with service.store.transaction() as session:
            over = is_over(session, job_id)
            return events_after(session, job_id, after, BATCH), over

    beat_at = monotonic() + HEARTBEAT_S
    while True:
        events, over = await anyio.to_thread.run_sync(read)
        for event in events:
            after = event.id
            yield _frame(event)
            if event.kind == END:
                return
        if over and not events:  # the reader has had the end already, or it has been forgotten
            yield f"event: {END}\ndata: {{}}\n\n"
            return
        if monotonic() > beat_at:
            if not await anyio.to_thread.run_sync(is_allowed):
                return
            beat_at = monotonic() + HEARTBEAT_S
            yield ": still there\n\n"
        if not events:
            await anyio.sleep(LOOK_S)


def _frame(event: JobEvent) -> str:
    data = json.dumps({**event.data, "at": event.created_at.isoformat()}, separators=(",", ":"))
    return f"id: {event.id}\nevent: {event.kind}\ndata: {data}\n\n"
