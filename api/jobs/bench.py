"""What a kind of job is given, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.jobs.queue import Queue
from api.jobs.watcher import Watcher
from api.settings import Settings
from scenarios.store.database import Store
from scenarios.store.tables.work import Job


@dataclass(frozen=True)
class Bench:
    """What a worker works with."""

    store: Store
    settings: Settings
    queue: Queue


Keep = Callable[[Session], dict[str, Any]]
"""Keeps what was found, in the transaction that ends the job, and returns how it ended: fields of the job's row."""
Do = Callable[[Bench, Job, Watcher], Keep]
"""Does one attempt at a kind of job; raises InputError where what was asked for cannot be used."""
