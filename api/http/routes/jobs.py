"""Jobs: work that is accepted at once and done by a worker."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy.orm import Session
from starlette.responses import StreamingResponse

from api.http import show
from api.http.authorise import is_still
from api.http.events import event_stream
from api.http.files import MEDIA_TYPES, file_response
from api.http.models.base import Id
from api.http.models.jobs import IncumbentPlan, IncumbentShown, JobGiven, JobShown
from api.http.models.plans import PlanShown
from api.http.pages import Page, Wanted
from api.http.replies import Identity, Reply, once
from api.http.service import Asked, Call
from api.http.submit import accept, checked
from api.jobs.kinds import COMPARE, SWEEP
from api.plans.compared import StoredComparison
from scenarios.export.comparison.forms import JSON as COMPARISON_JSON
from scenarios.export.sweep_files import JSON as SWEEP_JSON
from scenarios.report.holders import holders
from scenarios.store.errors import ConflictError, NotFoundError
from scenarios.store.incumbents import find_incumbent, list_incumbents
from scenarios.store.job_files import job_bytes, job_file_names
from scenarios.store.jobs import CANCEL, ENDED, STOP, ask, find_job, list_jobs
from scenarios.store.parts import bring_on
from scenarios.store.plans import find_plan
from scenarios.store.studies import find_study
from scenarios.sweep.model import SweepReport

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])
REPEATED = ("kind", "scenario_id", "scenario_version", "start_plan_id", "task", "options", "priority")
"""Fields of a job that a retry asks for again."""
RESULTS = {SWEEP: SWEEP_JSON, COMPARE: COMPARISON_JSON}
"""The file that holds the result, by the kind."""
EVENTS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}


@router.post("", status_code=202, response_model=JobShown)
def submit_job(call: Asked, given: JobGiven, identity: Identity) -> Response:
    """Accept a job: what is accepted is done, whatever crashes meanwhile."""
    return once(call, identity, lambda session: accept(call, session, checked(call, session, given)))


@router.get("")
def get_jobs(
    call: Asked,
    wanted: Wanted,
    scenario_id: Annotated[Id | None, Query(description="Of this scenario only.")] = None,
    order: Annotated[Literal["oldest", "newest"], Query(description="What comes first.")] = "oldest",
) -> Page[JobShown]:
    """List the jobs of the workspace."""
    with call.transaction() as session:
        place = call.who.workspace_id, wanted.after, wanted.limit
        rows = list_jobs(session, *place, scenario_id=scenario_id, newest=order == "newest")
        return wanted.page(rows, lambda row: show.job(session, row))


@router.get("/{job_id}")
def get_job(call: Asked, job_id: str) -> JobShown:
    """Return a job."""
    with call.transaction() as session:
        return show.job(session, find_job(session, call.who.workspace_id, job_id))


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
        return accept(call, session, {name: getattr(job, name) for name in REPEATED} | {"retry_of": job.id})

    return once(call, identity, work)


@router.get("/{job_id}/events", response_class=StreamingResponse, responses=EVENTS)
def get_events(call: Asked, job_id: str, request: Request) -> StreamingResponse:
    """Stream what happens, as server-sent events; goes on after Last-Event-ID and ends with `end`."""
    with call.transaction() as session:
        find_job(session, call.who.workspace_id, job_id)
    last = request.headers.get("last-event-id", "")
    after = int(last) if last.isascii() and last.isdecimal() and len(last) < 19 else 0
    stream = event_stream(call.service, job_id, after, lambda: is_still(request, call.who))
    return StreamingResponse(stream, media_type="text/event-stream")


@router.get("/{job_id}/incumbents")
def get_incumbents(call: Asked, job_id: str, wanted: Wanted) -> Page[IncumbentShown]:
    """List the best plans that were found on the way."""
    with call.transaction() as session:
        find_job(session, call.who.workspace_id, job_id)
        return wanted.page(list_incumbents(session, job_id, wanted.number, wanted.limit), show.incumbent)


@router.get("/{job_id}/incumbents/{number}")
def get_incumbent(
    call: Asked, job_id: str, number: Annotated[Literal["last"] | int, Path(description="Its id, or `last`.")]
) -> IncumbentPlan:
    """Return a best plan so far with who has what, while the job still runs."""
    with call.transaction() as session:
        job = find_job(session, call.who.workspace_id, job_id)
        study = find_study(session, call.who.workspace_id, job.scenario_id)
        row, plan = find_incumbent(session, job_id, None if number == "last" else number)
        shown = show.incumbent(row).model_dump()
    case = call.service.cases.get(study, job.scenario_version).case
    if len(plan.owner) != len(case.row_of):
        raise ConflictError("job-not-over", "The plan is of another form. Maybe wait for the end of the job.")
    codes = [seat.code for seat in case.seats]
    owner = holders(case, plan).tolist()
    return IncumbentPlan(**shown, scenario_version=job.scenario_version, territories=codes, owner=owner)


@router.get("/{job_id}/result", response_model=PlanShown | SweepReport | StoredComparison)
def get_result(call: Asked, job_id: str) -> Response:
    """Return what a job found: a plan; sweep.json of a sweep; comparison.json of a comparison."""
    with call.transaction() as session:
        job = find_job(session, call.who.workspace_id, job_id)
        if job.plan_id is not None:
            return Reply(show.plan(session, find_plan(session, call.who.workspace_id, job.plan_id))).response()
        data = job_bytes(session, job.id, RESULTS.get(job.kind, ""))
    if data is None:
        raise ConflictError("job-not-over", f"The job is {job.status} and has no result.")
    return Response(data, media_type=MEDIA_TYPES["json"])


@router.get("/{job_id}/files/{name}", response_class=Response)
def get_job_file(call: Asked, job_id: str, name: str) -> Response:
    """Return a file that a job has made: the tables, pictures and pages of a sweep or a comparison."""
    with call.transaction() as session:
        find_job(session, call.who.workspace_id, job_id)
        data = job_bytes(session, job_id, name)
        if data is None:
            known = ", ".join(job_file_names(session, job_id)) or "none yet"
            raise NotFoundError("file", f"{name[:100]} of job {job_id}. Maybe one of: {known}")
    return file_response(name, data)


def _ask(call: Call, job_id: str, wish: str) -> JobShown:
    with call.transaction() as session:
        job = ask(session, find_job(session, call.who.workspace_id, job_id), wish)
        for part in bring_on(session, job, None) if job.kind == SWEEP else ():
            call.service.queue.put(session, part, 0)
        call.record(session, f"job.{wish}", job_id)
        return show.job(session, find_job(session, call.who.workspace_id, job_id))
