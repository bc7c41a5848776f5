"""The job kind `compare`: plans side by side, in every form."""

from typing import Any

from sqlalchemy.orm import Session

from api.jobs.bench import Bench, Keep
from api.jobs.kept import JobKept
from api.jobs.watcher import Watcher
from api.plans.compared import compared
from scenarios.export.comparison.book import comparison_book
from scenarios.export.comparison.forms import csv_files
from scenarios.export.comparison.page import comparison_page
from scenarios.store.job_files import add_job_files
from scenarios.store.plans import find_plan
from scenarios.store.studies import find_study
from scenarios.store.tables.work import Job

BOOK, PAGE = "comparison.xlsx", "comparison.html"


def compare_kind(bench: Bench, job: Job, _watcher: Watcher) -> Keep:
    """Hold the plans that were the present ones when the job was submitted against each other."""
    with bench.store.transaction() as session:
        plans = [find_plan(session, job.workspace_id, name) for name in job.task["plans"]]
        chosen = [(find_study(session, job.workspace_id, plan.scenario_id), plan) for plan in plans]
    found = compared(JobKept(bench, len(chosen)), chosen)
    comparison = found.comparison
    files = {
        **csv_files(comparison),
        BOOK: comparison_book(comparison),
        PAGE: comparison_page(comparison, found.sides).encode(),
    }

    def keep(session: Session) -> dict[str, Any]:
        add_job_files(session, job.id, files)
        return {"summary": comparison.verdict.model_dump()}

    return keep
