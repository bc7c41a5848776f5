"""What-ifs of a sweep, and scenarios made of them."""

import json

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from api.http import show
from api.http.models.jobs import AdoptGiven, PointShown
from api.http.models.scenarios import ScenarioWhole
from api.http.replies import Identity, Reply, once
from api.http.service import Asked
from api.jobs.solving import SCENARIO_FILE
from scenarios.export.files import ALL, REPORT
from scenarios.report.model import Report
from scenarios.store.errors import ConflictError, NotFoundError
from scenarios.store.job_files import job_bytes, job_file_hashes
from scenarios.store.jobs import find_job
from scenarios.store.parts import POINT, parts_of
from scenarios.store.plans import SOLVED, add_plan_of, summary_of
from scenarios.store.source import canonical, read_document
from scenarios.store.studies import add_study, change_study
from scenarios.store.tables.work import Job
from scenarios.sweep.points import point_name

router = APIRouter(prefix="/v1/jobs/{job_id}/points", tags=["jobs"])


@router.get("")
def get_points(call: Asked, job_id: str) -> list[PointShown]:
    """List the what-ifs of a sweep, in their order, with what is known of each so far."""
    with call.transaction() as session:
        find_job(session, call.who.workspace_id, job_id)
        return [show.point(part) for part in parts_of(session, job_id, POINT)]


@router.post("/{point}/scenario", status_code=201, response_model=ScenarioWhole)
def adopt_point(call: Asked, job_id: str, point: str, given: AdoptGiven, identity: Identity) -> Response:
    """Make a scenario of a what-if of a sweep: its document, with its plan as the present one."""

    def work(session: Session) -> Reply:
        job = find_job(session, call.who.workspace_id, job_id)
        part = _solved(session, job, point)
        written = json.loads(job_bytes(session, part.id, SCENARIO_FILE) or b"{}")
        fields = {**written, "name": given.name or f"{written['name']} {point}"}
        scenario, findings = read_document(session, job.workspace_id, json.dumps(fields), is_json=True)
        study = add_study(
            session, job.workspace_id, call.who.user_id, scenario.name, canonical(scenario), job.scenario_id
        )
        report = Report.model_validate_json(job_bytes(session, part.id, REPORT) or b"")
        about = {"source": SOLVED, "summary": summary_of(report), "job_id": job.id, "created_by": call.who.user_id}
        plan = add_plan_of(session, study, job_file_hashes(session, part.id, ALL), **about)
        study = change_study(session, study, study.revision, plan_id=plan.id)
        call.record(session, "scenario.adopt", study.id, job=job.id, point=point)
        return show.whole(study, scenario, findings, 201)

    return once(call, identity, work)


def _solved(session: Session, job: Job, point: str) -> Job:
    """Return the part of a sweep that solved a point; raises NotFoundError, or ConflictError where it has no plan."""
    parts = {point_name(part.part): part for part in parts_of(session, job.id, POINT)}
    if point not in parts:
        raise NotFoundError("point", f"{point[:20]} of job {job.id}")
    if parts[point].solution_status is None:
        raise ConflictError("job-not-over", f"The point {point} is {parts[point].status} and has no plan.")
    return parts[point]
