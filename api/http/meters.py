"""Metrics for Prometheus: requests as this process sees them, jobs as the database has them."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select

from api.http.service import Service
from scenarios.store.jobs import ACTIVE, ENDED
from scenarios.store.tables.work import Job
from scenarios.store.workers import alive

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Meters:
    """The metrics of one app."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        names = ("method", "path")
        self._requests = Counter(
            "territory_requests", "Requests answered.", (*names, "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "territory_request_seconds", "Seconds to an answer.", names, buckets=BUCKETS_S, registry=self._registry
        )
        self._jobs = Gauge("territory_jobs", "Jobs in the database.", ("status",), registry=self._registry)
        self._workers = Gauge("territory_workers", "Workers that are alive.", registry=self._registry)

    def count(self, method: str, path: str, status: int, seconds: float) -> None:
        """Count a request; `path` is that of its route, so that ids make no new series."""
        self._requests.labels(method, path, status).inc()
        self._seconds.labels(method, path).observe(seconds)

    def text(self, service: Service) -> tuple[bytes, str]:
        """Return all metrics and their media type."""
        with service.store.transaction() as session:
            rows = session.execute(
                select(Job.status, func.count()).where(Job.parent_id.is_(None)).group_by(Job.status)
            ).all()
            counted = {row[0]: row[1] for row in rows}
            self._workers.set(len(alive(session)))
        for status in (*ACTIVE, *ENDED):
            self._jobs.labels(status).set(counted.get(status, 0))
        return generate_latest(self._registry), CONTENT_TYPE_LATEST
