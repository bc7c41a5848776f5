"""Jobs: work that is accepted at once and done by a worker."""

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session
from starlette.responses import StreamingResponse

from api.http import show
from api.http.events import event_stream
from api.http.models.jobs import IncumbentShown, JobGiven, JobShown
from api.http.models.plans import PlanShown
from api.http.pages import Page, Wanted
from api.http.problems import ProblemError
from api.http.replies import Identity, Reply, once
from api.http.service import Asked, Call
from geodata.findings import InputError
from scenarios.document.scenario import Solve
from scenarios.options import solve_options
from scenarios.store.errors import ConflictError
from scenarios.store.incumbents import list_incumbents
from scenarios.store.jobs import CANCEL, ENDED, STOP, add_job, ask, count_active, find_job, list_jobs
from scenarios.store.plans import find_plan
from scenarios.store.source import read_document
from scenarios.store.studies import document_text, find_study
from scenarios.store.tables.work import Job

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])
S_PER_EFFORT = 60.0
"""About the seconds that one unit of effort takes."""
EVENTS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}


@router.post("", status_code=202, response_model=JobShown)
def submit_job(call: Asked, given: JobGiven, identity: Identity) -> Response:
    """Accept a job: what is accepted is done, whatever crashes meanwhile."""
    options = given.options.model_dump(exclude_none=True)

    def work(session: Session) -> Reply:
        study = find_study(session, call.who.workspace_id, given.scenario_id)
        text = document_text(session, study)
        _need_allowed(call, read_document(session, study.workspace_id, text, is_json=True)[0].solve, options)
        if given.from_plan_id is not None:
            find_plan(session, call.who.workspace_id, given.from_plan_id)
        about = {"kind": given.kind, "scenario_id": study.id, "scenario_version": study.version}
        return _accept(
            call, session, **about, start_plan_id=given.from_plan_id, options=options, priority=given.priority
        )

    return once(call, identity, work)


@router.get("")
def get_jobs(call: Asked, wanted: Wanted) -> Page[JobShown]:
    """List the jobs of the workspace, oldest first."""
    with call.transaction() as session:
        return wanted.page(list_jobs(session, call.who.workspace_id, wanted.after, wanted.limit), show.job)


@router.get("/{job_id}")
def get_job(call: Asked, job_id: str) -> JobShown:
    """Return a job."""
    with call.transaction() as session:
        return show.job(find_job(session, call.who.workspace_id, job_id))


@router.post("/{job_id}/stop", status_code=202)
def stop_job(call: Asked, job_id: str) -> JobShown:
    """End the solve and keep its best plan; a job that waits is cancelled."""
    return _ask(call, job_id, STOP)


@router.post("/{job_id}/cancel", status_code=202)
def cancel_job(call: Asked, job_id: str) -> JobShown:
    """End the job and keep nothing."""
    return _ask(call, job_id, CANCEL)


@router.post("/{job_id}/retry", status_code=202, response_model=JobShown)
def retry_job(call: Asked, job_id: str, identity: Identity) -> Response:
    """Do a job that has ended once more, as a new job."""

    def work(session: Session) -> Reply:
        job = find_job(session, call.who.workspace_id, job_id)
        if job.status not in ENDED:
            raise ConflictError("job-not-over", f"The job is {job.status}. Maybe wait for its end.")
        same = {name: getattr(job, name) for name in ("kind", "scenario_id", "scenario_version", "start_plan_id")}
        return _accept(call, session, **same, options=job.options, priority=job.priority, retry_of=job.id)

    return once(call, identity, work)


@router.get("/{job_id}/events", response_class=StreamingResponse, responses=EVENTS)
def get_events(call: Asked, job_id: str, request: Request) -> StreamingResponse:
    """Stream what happens, as server-sent events; goes on after Last-Event-ID and ends with `end`."""
    with call.transaction() as session:
        find_job(session, call.who.workspace_id, job_id)
    last = request.headers.get("last-event-id", "")
    after = int(last) if last.isascii() and last.isdecimal() and len(last) < 19 else 0
    return StreamingResponse(event_stream(call.service, job_id, after), media_type="text/event-stream")


@router.get("/{job_id}/incumbents")
def get_incumbents(call: Asked, job_id: str, wanted: Wanted) -> Page[IncumbentShown]:
    """List the best plans that were found on the way."""
    with call.transaction() as session:
        find_job(session, call.who.workspace_id, job_id)
        return wanted.page(list_incumbents(session, job_id, wanted.number, wanted.limit), show.incumbent)


@router.get("/{job_id}/result")
def get_result(call: Asked, job_id: str) -> PlanShown:
    """Return the plan that a job found."""
    with call.transaction() as session:
        job = find_job(session, call.who.workspace_id, job_id)
        if job.plan_id is None:
            raise ConflictError("job-not-over", f"The job is {job.status} and has no plan.")
        return show.plan(session, find_plan(session, call.who.workspace_id, job.plan_id))


def _accept(call: Call, session: Session, **about: object) -> Reply:
    """Write a job's row and enqueue it, both or neither."""
    active = count_active(session, call.who.user_id)
    if active >= call.service.settings.active_jobs:
        message = f"{active} of your jobs wait or run. Maybe wait for one of them."
        raise ProblemError("too-many-jobs", message, {"Retry-After": "30"})
    job: Job = add_job(session, call.who.workspace_id, call.who.user_id, **about)
    call.service.queue.put(session, job, active)
    call.record(session, "job.submit", job.id, scenario=job.scenario_id)
    return Reply(show.job(job), 202, {"Location": f"/v1/jobs/{job.id}"})


def _ask(call: Call, job_id: str, wish: str) -> JobShown:
    with call.transaction() as session:
        job = ask(session, find_job(session, call.who.workspace_id, job_id), wish)
        call.record(session, f"job.{wish}", job_id)
        return show.job(job)


def _need_allowed(call: Call, solve: Solve, options: dict[str, float]) -> None:
    """Refuse options that contradict each other or take longer than the service allows."""
    try:
        wanted = solve_options(solve, options, None)
    except InputError as error:
        raise ProblemError("invalid-request", str(error)) from error
    most = call.service.settings.time_limit_s
    if (wanted.time_limit_s or 0.0) > most:
        raise ProblemError("invalid-request", f"time_limit_s may be {most:g} at most.")
    if (wanted.effort or 0.0) * S_PER_EFFORT > most:
        raise ProblemError("invalid-request", f"effort may be {most / S_PER_EFFORT:g} at most.")
