"""The queue of jobs: the only module that knows DBOS.

DBOS keeps what waits and hands each piece of work to one worker; the rows of jobs are ours. A piece of work is
enqueued in the transaction that writes its row, so that neither exists without the other.
"""

import logging
from collections.abc import Callable

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer
from sqlalchemy.orm import Session

from scenarios.store.database import Store
from scenarios.store.tables.work import Job

QUEUE, WORKFLOW, NAME = "territory-jobs", "run_job", "territory"
VERSION = "1"
"""Of the work as DBOS sees it: fixed, so that a new release goes on with the jobs of the one before."""
POLL_S = 0.5
MOST = 999_999
SERIALIZER = DBOSPortableJSONSerializer()


class Queue:
    """The side that gives work out."""

    def __init__(self, store: Store) -> None:
        self._client = DBOSClient(system_database_engine=store.engine, serializer=SERIALIZER, application_name=NAME)

    def put(self, session: Session, job: Job, others: int) -> None:
        """Enqueue a job in the transaction of its row; `others` are the active jobs its user has already.

        Within a priority the first jobs of all users come before the second ones, and so on: nobody waits behind
        somebody else's hundred.
        """
        place = job.priority * (MOST + 1) + min(others, MOST)
        self._client.enqueue_in_transaction(
            session,
            {
                "workflow_name": WORKFLOW,
                "queue_name": QUEUE,
                "workflow_id": job.id,
                "app_version": VERSION,
                "priority": place,
                "application_name": NAME,
            },
            job.id,
        )

    def takers(self) -> dict[str, str]:
        """Return the workers that have taken work and not ended it, by the ids of the jobs."""
        taken = self._client.list_workflows(status="PENDING", queue_name=QUEUE, load_input=False, load_output=False)
        return {item.workflow_id: item.executor_id or "" for item in taken}

    def put_back(self, job_id: str) -> None:
        """Give a job that a dead worker left to the next one."""
        self._client.resume_workflow(job_id, queue_name=QUEUE)

    def close(self) -> None:
        """Stop using the database; its engine stays open."""
        self._client.destroy()


def create_tables(store: Store) -> None:
    """Create or bring up to date the tables of the queue."""
    logging.getLogger("dbos").setLevel(logging.ERROR)
    DBOS.migrate(store.url)


def take_work(store: Store, worker_id: str, run: Callable[[str], None]) -> None:
    """Start to take jobs in this process, one at a time; `run` is called with a job's id, in a thread."""

    @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)
    def run_job(job_id: str) -> None:
        run(job_id)

    DBOS(
        config={
            "name": NAME,
            "system_database_url": store.url,
            "application_version": VERSION,
            "executor_id": worker_id,
            "serializer": SERIALIZER,
            "run_migrations": False,
            "log_level": "ERROR",
        }
    )
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=POLL_S, on_conflict="always_update")
