"""Jobs accepted: what is checked for each kind, the job's row, and its place in the queue."""

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

from sqlalchemy.orm import Session

from api.http import show
from api.http.models.jobs import CompareGiven, FormGiven, JobGiven, SolveGiven, SweepGiven
from api.http.problems import ProblemError
from api.http.replies import Reply
from api.http.service import Call
from api.jobs.kinds import SWEEP
from geodata.findings import Finding, InputError
from optimizer.options import SolveOptions
from scenarios.export.registry import find_form
from scenarios.options import solve_options
from scenarios.reading.source import Source
from scenarios.store.errors import NotFoundError
from scenarios.store.jobs import add_job, count_active
from scenarios.store.parts import CHOICE, add_part
from scenarios.store.plans import find_plan, need_plan_id
from scenarios.store.source import check_size, written_only
from scenarios.store.studies import document_text, find_study
from scenarios.store.tables.studies import Study
from scenarios.sweep.sweep import SweepWish, point_options
from scenarios.sweep.vary import Vary, changed

S_PER_EFFORT = 60.0
"""About the seconds that one unit of effort takes."""
About = dict[str, Any]


def checked(call: Call, session: Session, given: JobGiven) -> About:
    """Return the fields of a job's row; raises what the service answers where the job cannot be accepted."""
    study = find_study(session, call.who.workspace_id, given.scenario_id)
    options = given.options.model_dump(exclude_none=True)
    about = {
        "kind": given.kind,
        "scenario_id": study.id,
        "scenario_version": study.version,
        "options": options,
        "priority": given.priority,
    }
    if isinstance(given, SweepGiven):
        return about | {"task": _sweep(call, session, study, given, options)}
    if isinstance(given, CompareGiven):
        return about | {"task": _comparison(call, session, study, given)}
    if isinstance(given, FormGiven):
        return about | {"task": _form(call, session, study, given)}
    return about | _solve(call, session, study, given, options)


def accept(call: Call, session: Session, about: Mapping[str, Any]) -> Reply:
    """Write a job's row and enqueue it, or its first part: both or neither."""
    active = count_active(session, call.who.user_id)
    if active >= call.service.settings.active_jobs:
        message = f"{active} of your jobs wait or run. Maybe wait for one of them."
        raise ProblemError("too-many-jobs", message, {"Retry-After": "30"})
    job = add_job(session, call.who.workspace_id, call.who.user_id, **about)
    call.service.queue.put(session, add_part(session, job, CHOICE, 0) if job.kind == SWEEP else job, active)
    call.record(session, "job.submit", job.id, scenario=job.scenario_id)
    return Reply(show.job(session, job), 202, {"Location": f"/v1/jobs/{job.id}"})


def _solve(call: Call, session: Session, study: Study, given: SolveGiven, options: About) -> About:
    wanted = _written(call, session, study).scenario.solve
    _need_allowed(call, _options(lambda: solve_options(wanted, options, None)))
    if given.from_plan_id is not None:
        find_plan(session, call.who.workspace_id, given.from_plan_id)
    return {"start_plan_id": given.from_plan_id}


def _comparison(call: Call, session: Session, study: Study, given: CompareGiven) -> About:
    studies = [study, *(find_study(session, call.who.workspace_id, name) for name in given.against)]
    if len({one.id for one in studies}) < len(studies):
        raise ProblemError("invalid-request", "A scenario is named twice. Maybe fork it and compare the copy.")
    return {"scenarios": [one.id for one in studies], "plans": [need_plan_id(one) for one in studies]}


def _form(call: Call, session: Session, study: Study, given: FormGiven) -> About:
    plan = find_plan(session, call.who.workspace_id, given.plan_id or need_plan_id(study))
    if plan.scenario_id != study.id:
        raise NotFoundError("plan", f"{plan.id} of scenario {study.id}")
    return {"form": find_form(given.form).name, "plan": plan.id}


def _sweep(call: Call, session: Session, study: Study, given: SweepGiven, options: About) -> About:
    varies = tuple(Vary(path, tuple(values)) for path, values in given.vary.items())
    source = _written(call, session, study)
    _need_allowed(call, _options(lambda: point_options(source, SweepWish(varies, given.proposals, options))[0]))
    most = call.service.settings.points_limit
    points = prod(len(vary.values) for vary in varies)
    if points > most:
        raise ProblemError("invalid-request", f"The grid has {points} points; this service solves {most} at most.")
    if any(value is None for vary in varies for value in vary.values):
        raise ProblemError("invalid-request", 'null is no value of a field. Maybe "none", which leaves it out.')
    unknown = [finding for vary in varies for finding in _unknown(source, vary)]
    if unknown:
        raise InputError(unknown)
    return {"vary": given.vary, "proposals": given.proposals}


def _unknown(source: Source, vary: Vary) -> Iterator[Finding]:
    """Yield what is wrong with the path of a field; a wrong value is a point that is refused, told in the result."""
    try:
        changed(source, {vary.path: vary.values[0]})
    except InputError as error:
        yield from (finding for finding in error.findings if finding.code == "unknown-field")


def _written(call: Call, session: Session, study: Study) -> Source:
    source = written_only(session, study.workspace_id, document_text(session, study))
    check_size(session, study.workspace_id, source.scenario, call.service.settings.units_limit)
    return source


def _options(make: Any) -> SolveOptions:
    """Return options, or answer that they contradict each other."""
    try:
        options: SolveOptions = make()
    except InputError as error:
        raise ProblemError("invalid-request", str(error)) from error
    return options


def _need_allowed(call: Call, wanted: SolveOptions) -> None:
    """Refuse options that take longer than the service allows."""
    most = call.service.settings.time_limit_s
    if (wanted.time_limit_s or 0.0) > most:
        raise ProblemError("invalid-request", f"time_limit_s may be {most:g} at most.")
    if (wanted.effort or 0.0) * S_PER_EFFORT > most:
        raise ProblemError("invalid-request", f"effort may be {most / S_PER_EFFORT:g} at most.")
