"""From rows of the store to what the calls answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from api.http.models.jobs import IncumbentShown, JobShown, PointShown
from api.http.models.people import AuditShown, KeyShown, RegionLimit, UserShown
from api.http.models.plans import ChangeShown, MoveShown, PlanShown
from api.http.models.review import CommentShown, HistoryShown
from api.http.models.scenarios import (
    DatasetListed,
    DatasetShown,
    DatasetUse,
    FindingShown,
    LatestJob,
    ScenarioListed,
    ScenarioShown,
    ScenarioWhole,
)
from api.http.replies import Reply, etag
from geodata.findings import Finding
from scenarios.document.scenario import Scenario
from scenarios.store.jobs import count_ahead
from scenarios.store.people import Region, region_of
from scenarios.store.plans import file_names
from scenarios.store.source import document_of
from scenarios.store.tables.people import ApiKey, AuditEvent, User
from scenarios.store.tables.review import Comment
from scenarios.store.tables.studies import Dataset, Move, StoredPlan, Study
from scenarios.store.tables.work import Incumbent, Job
from scenarios.sweep.points import point_name


def findings(found: Iterable[Finding]) -> list[FindingShown]:
    """Return findings; half characters in what people sent, which UTF-8 has no bytes for, become question marks."""
    return [FindingShown.model_validate(sayable(asdict(finding))) for finding in found]


def sayable(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields whose texts can be sent as UTF-8."""
    return {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in fields.items()
    }


def dataset(row: Dataset) -> DatasetShown:
    """Return a data set."""
    return DatasetShown(
        id=row.id,
        name=row.name,
        sha256=row.given_sha256,
        kind="map" if row.kind == "map" else "table",
        rows=row.rows,
        columns=row.columns["names"],
        findings=[FindingShown.model_validate(finding) for finding in row.findings],
        created_at=row.created_at,
    )


def dataset_listed(row: Dataset, users: Sequence[Study]) -> DatasetListed:
    """Return a data set with the scenarios that name it."""
    uses = [DatasetUse(id=user.id, name=user.name) for user in users]
    return DatasetListed(**dataset(row).model_dump(), scenarios=uses)


def scenario(row: Study) -> ScenarioShown:
    """Return a scenario without its document."""
    return ScenarioShown.model_validate({name: getattr(row, name) for name in ScenarioShown.model_fields})


def listed(row: Study, plan: StoredPlan | None, job: Job | None) -> ScenarioListed:
    """Return a scenario as it stands in a list, with its present plan and last job."""
    last = None if job is None else LatestJob(**{name: getattr(job, name) for name in LatestJob.model_fields})
    return ScenarioListed(**scenario(row).model_dump(), summary=None if plan is None else plan.summary, job=last)


def whole(study: Study, written: Scenario, found: Iterable[Finding], status: int = 200) -> Reply:
    """Return a scenario with its document."""
    body = ScenarioWhole(**scenario(study).model_dump(), document=document_of(written), findings=findings(found))
    return Reply(body, status, {"ETag": etag(study.revision), "Location": f"/v1/scenarios/{study.id}"})


def plan(session: Session, row: StoredPlan) -> PlanShown:
    """Return a plan with the names of its files."""
    fields = {name: getattr(row, name) for name in PlanShown.model_fields if name != "files"}
    return PlanShown.model_validate({**fields, "files": file_names(session, row.id)})


def move(row: Move) -> MoveShown:
    """Return a move."""
    changes = [ChangeShown.model_validate(change) for change in row.changes]
    return step(row).model_copy(update={"changes": changes})


def step(row: Move) -> MoveShown:
    """Return a move without its changes, which may be many."""
    fields = {name: getattr(row, name) for name in MoveShown.model_fields if name != "changes"}
    return MoveShown.model_validate({**fields, "changes": []})


def job(session: Session, row: Job) -> JobShown:
    """Return a job with its place among those that wait."""
    fields = {name: getattr(row, name) for name in JobShown.model_fields if name not in ("from_plan_id", "ahead")}
    return JobShown.model_validate({**fields, "from_plan_id": row.start_plan_id, "ahead": count_ahead(session, row)})


def point(row: Job) -> PointShown:
    """Return a point of a sweep."""
    about = {"point": point_name(row.part), "why": row.task["why"], "values": row.task["values"]}
    return PointShown.model_validate({**about, "status": row.status, "summary": row.summary, "error": row.error})


def incumbent(row: Incumbent) -> IncumbentShown:
    """Return a best plan so far."""
    return IncumbentShown.model_validate({name: getattr(row, name) for name in IncumbentShown.model_fields})


def user(row: User) -> UserShown:
    """Return a user."""
    fields = {name: getattr(row, name) for name in UserShown.model_fields if name not in ("disabled", "region")}
    limit = region(region_of(row))
    return UserShown.model_validate({**fields, "disabled": row.disabled_at is not None, "region": limit})


def region(limit: Region | None) -> RegionLimit | None:
    """Return what somebody is limited to."""
    return None if limit is None else RegionLimit(field=limit.field, values=list(limit.values))


def key(row: ApiKey) -> KeyShown:
    """Return a key without its secret."""
    fields = {name: getattr(row, name) for name in KeyShown.model_fields if name != "revoked"}
    return KeyShown.model_validate({**fields, "revoked": row.revoked_at is not None})


def audit_event(row: AuditEvent) -> AuditShown:
    """Return a change."""
    return AuditShown.model_validate({name: getattr(row, name) for name in AuditShown.model_fields})


def comment(row: Comment, names: Mapping[str, str]) -> CommentShown:
    """Return a comment; `names` are those of users by their ids."""
    people = {"author": names.get(row.created_by, ""), "resolver": names.get(row.resolved_by or "")}
    fields = {name: getattr(row, name) for name in CommentShown.model_fields if name not in people}
    return CommentShown.model_validate(fields | people)


def history(row: AuditEvent, names: Mapping[str, str]) -> HistoryShown:
    """Return a change of a scenario, with the name of who made it."""
    fields = {name: getattr(row, name) for name in HistoryShown.model_fields if name != "user"}
    return HistoryShown.model_validate({**fields, "user": names.get(row.user_id, "")})
