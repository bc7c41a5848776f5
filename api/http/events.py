"""What happens to a job, as server-sent events: the id is the event's row, so that nothing is lost or told twice."""

import json
from collections.abc import AsyncIterator
from time import monotonic

import anyio.to_thread

from api.http.service import Service
from scenarios.store.jobs import events_after, is_over
from scenarios.store.tables.work import JobEvent

LOOK_S = 0.3
HEARTBEAT_S = 15.0
BATCH = 200
END = "end"


async def event_stream(service: Service, job_id: str, after: int) -> AsyncIterator[str]:
    """Yield the events of a job after one of them until its end, and a comment where nothing happens for long."""

    def read() -> tuple[list[JobEvent], bool]:
        with service.store.transaction() as session:
            over = is_over(session, job_id)
            return events_after(session, job_id, after, BATCH), over

    told_at = monotonic()
    while True:
        events, over = await anyio.to_thread.run_sync(read)
        for event in events:
            after, told_at = event.id, monotonic()
            yield _frame(event)
            if event.kind == END:
                return
        if over and not events:  # the reader has had the end already, or it has been forgotten
            yield f"event: {END}\ndata: {{}}\n\n"
            return
        if monotonic() - told_at > HEARTBEAT_S:
            told_at = monotonic()
            yield ": still there\n\n"
        if not events:
            await anyio.sleep(LOOK_S)


def _frame(event: JobEvent) -> str:
    data = json.dumps({**event.data, "at": event.created_at.isoformat()}, separators=(",", ":"))
    return f"id: {event.id}\nevent: {event.kind}\ndata: {data}\n\n"
