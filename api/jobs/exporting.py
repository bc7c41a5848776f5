"""The job kind `export`: a form of a plan that takes too long to be waited for."""

from typing import Any

from sqlalchemy.orm import Session

from api.jobs.bench import Bench, Keep
from api.jobs.kept import JobKept
from api.jobs.watcher import Watcher
from api.plans.exports import exported
from scenarios.store.job_files import add_job_files
from scenarios.store.plans import find_plan
from scenarios.store.studies import find_study
from scenarios.store.tables.work import Job


def export_kind(bench: Bench, job: Job, _watcher: Watcher) -> Keep:
    """Make a form of the plan that was named or present when the job was submitted."""
    with bench.store.transaction() as session:
        plan = find_plan(session, job.workspace_id, job.task["plan"])
        study = find_study(session, job.workspace_id, plan.scenario_id)
    name, data = exported(JobKept(bench, 1), (study, plan), job.task["form"])

    def keep(session: Session) -> dict[str, Any]:
        add_job_files(session, job.id, {name: data})
        return {"summary": {"file": name, "bytes": len(data)}}

    return keep
