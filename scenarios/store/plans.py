"""Judged plans and their files."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios.report.model import Report
from scenarios.report.summary import banded, in_band_count, mean_travel_km
from scenarios.store.blobs import get_blob, put_blob
from scenarios.store.errors import ConflictError, NotFoundError
from scenarios.store.inserts import insert_once
from scenarios.store.tables.base import new_id
from scenarios.store.tables.studies import PlanFile, StoredPlan, Study

SOLVED, GIVEN, MOVED = "solved", "given", "moved"


def add_plan(session: Session, study: Study, version: int, plan: Mapping[str, bytes], **about: Any) -> StoredPlan:
    """Keep a plan as its files; `about` holds source, summary, created_by and, for a solved one, job_id."""
    row = StoredPlan(id=new_id(), scenario_id=study.id, scenario_version=version, **about)
    session.add(row)
    session.flush()
    for name, data in plan.items():
        add_file(session, row.id, name, data)
    return row


def add_plan_of(session: Session, study: Study, hashes: Mapping[str, str], **about: Any) -> StoredPlan:
    """Keep a plan of a scenario's first version whose files are kept already, by their names and SHA-256."""
    row = add_plan(session, study, 1, {}, **about)
    session.add_all(PlanFile(plan_id=row.id, name=name, sha256=sha256) for name, sha256 in hashes.items())
    return row


def add_file(session: Session, plan_id: str, name: str, data: bytes) -> None:
    """Keep a further file of a plan."""
    insert_once(session, PlanFile(plan_id=plan_id, name=name, sha256=put_blob(session, data)))


def find_plan(session: Session, workspace_id: str, name: str) -> StoredPlan:
    """Return a plan; raises NotFoundError."""
    plan = session.get(StoredPlan, name)
    if plan is not None:
        study = session.get(Study, plan.scenario_id)
        if study is not None and study.workspace_id == workspace_id:
            return plan
    raise NotFoundError("plan", name)


def need_plan_id(study: Study) -> str:
    """Return the id of a scenario's present plan; raises ConflictError where it has none."""
    if study.plan_id is None:
        raise ConflictError("no-plan", f"The scenario {study.id} has no plan yet. Maybe solve it: POST /v1/jobs.")
    return study.plan_id


def present_plan(session: Session, workspace_id: str, scenario_id: str) -> tuple[int, str]:
    """Return a scenario's revision and the id of its present plan; raises NotFoundError, or ConflictError for none."""
    query = select(Study.revision, Study.plan_id).where(Study.id == scenario_id, Study.workspace_id == workspace_id)
    row = session.execute(query).first()
    if row is None:
        raise NotFoundError("scenario", scenario_id)
    if row[1] is None:
        raise ConflictError("no-plan", f"The scenario {scenario_id} has no plan yet. Maybe solve it: POST /v1/jobs.")
    return row[0], row[1]


def list_plans(session: Session, scenario_id: str, after: str, limit: int) -> list[StoredPlan]:
    """Return plans of a scenario made after the one with the id `after`, oldest first."""
    query = select(StoredPlan).where(StoredPlan.scenario_id == scenario_id, StoredPlan.id > after)
    return list(session.scalars(query.order_by(StoredPlan.id).limit(limit)))


def present_plans(session: Session, studies: Sequence[Study]) -> dict[str, StoredPlan]:
    """Return the present plan of each scenario that has one, by the scenario's id."""
    wanted = [study.plan_id for study in studies if study.plan_id is not None]
    plans = session.scalars(select(StoredPlan).where(StoredPlan.id.in_(wanted)))
    return {plan.scenario_id: plan for plan in plans}


def plan_bytes(session: Session, plan_id: str, name: str) -> bytes | None:
    """Return a file of a plan, None where it has not been made."""
    digest = file_digest(session, plan_id, name)
    return None if digest is None else get_blob(session, digest)


def file_digest(session: Session, plan_id: str, name: str) -> str | None:
    """Return the SHA-256 of a file of a plan, None where it has not been made."""
    return session.scalar(select(PlanFile.sha256).where(PlanFile.plan_id == plan_id, PlanFile.name == name))


def share_file(session: Session, from_plan_id: str, to_plan_id: str, name: str) -> None:
    """Give a plan a file that another one has, where it has been made: nothing is copied."""
    digest = file_digest(session, from_plan_id, name)
    if digest is not None:
        insert_once(session, PlanFile(plan_id=to_plan_id, name=name, sha256=digest))


def summary_of(report: Report) -> dict[str, Any]:
    """Return what a list of plans shows of one."""
    changes = report.changes
    return {
        "status": report.status.value,
        "value": report.value,
        "bound": report.bound,
        "gap": report.gap,
        "violation": report.violation,
        "broken": len(report.broken),
        "goals": {goal.name: goal.amount for goal in report.goals},
        "moved_units": None if changes is None else changes.moved_units,
        "moved_potential_percent": None if changes is None else changes.moved_potential_percent,
        "territories": len(report.territories),
        "banded": len(banded(report.territories)),
        "in_band": in_band_count(report.territories),
        "mean_km": mean_travel_km(report.territories),
    }


def file_names(session: Session, plan_id: str) -> list[str]:
    """Return the names of the files that a plan has, in alphabetical order."""
    return list(session.scalars(select(PlanFile.name).where(PlanFile.plan_id == plan_id).order_by(PlanFile.name)))
