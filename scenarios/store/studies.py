"""Stored scenarios: versions of their documents, and their state."""

from typing import Any

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from scenarios.store.errors import ConflictError, NotFoundError, StaleError
from scenarios.store.tables.base import new_id, now
from scenarios.store.tables.studies import StoredPlan, Study, StudyVersion

DRAFT, SUBMITTED, APPROVED, REJECTED, ARCHIVED = "draft", "submitted", "approved", "rejected", "archived"
CARRIED = "carried"
"""Source of a plan that came with a fork or new data: nobody has worked on it since."""
EDITABLE = (DRAFT, REJECTED)


def add_study(
    session: Session, workspace_id: str, user_id: str, name: str, document: str, forked_from: str | None = None
) -> Study:
    """Keep a new scenario with its first version."""
    study = Study(
        id=new_id(),
        workspace_id=workspace_id,
        name=name,
        status=DRAFT,
        version=1,
        revision=1,
        forked_from=forked_from,
        created_by=user_id,
    )
    session.add(study)
    session.flush()
    session.add(StudyVersion(scenario_id=study.id, version=1, document=document, created_by=user_id))
    return study


def find_study(session: Session, workspace_id: str, name: str) -> Study:
    """Return a scenario; raises NotFoundError."""
    study = session.get(Study, name, populate_existing=True)
    if study is None or study.workspace_id != workspace_id:
        raise NotFoundError("scenario", name)
    return study


def list_studies(session: Session, workspace_id: str, after: str, limit: int) -> list[Study]:
    """Return scenarios made after the one with the id `after`, oldest first."""
    query = select(Study).where(Study.workspace_id == workspace_id, Study.id > after)
    return list(session.scalars(query.order_by(Study.id).limit(limit)))


def document_text(session: Session, study: Study, version: int | None = None) -> str:
    """Return a version of the document, the present one by default; raises NotFoundError."""
    wanted = study.version if version is None else version
    text = session.scalar(
        select(StudyVersion.document).where(StudyVersion.scenario_id == study.id, StudyVersion.version == wanted)
    )
    if text is None:
        raise NotFoundError("version", f"{wanted} of scenario {study.id}")
    return text


def revise(session: Session, study: Study, revision: int, user_id: str, document: str, name: str) -> Study:
    """Add a version of the document; raises StaleError, or ConflictError where the scenario is closed."""
    need_editable(study)
    version = study.version + 1
    changed = change_study(session, study, revision, version=version, name=name)
    session.add(StudyVersion(scenario_id=study.id, version=version, document=document, created_by=user_id))
    return changed


def change_study(session: Session, study: Study, revision: int, **values: Any) -> Study:
    """Change a scenario that is still at this revision; raises StaleError where it is not."""
    done = session.execute(
        update(Study)
        .where(Study.id == study.id, Study.revision == revision)
        .values(revision=revision + 1, updated_at=now(), **values)
        .execution_options(synchronize_session=False)
    )
    fresh = find_study(session, study.workspace_id, study.id)
    if isinstance(done, CursorResult) and done.rowcount == 0:
        raise StaleError(fresh.revision)
    return fresh


def need_editable(study: Study) -> None:
    """Raise ConflictError unless the scenario may be edited."""
    if study.status not in EDITABLE:
        message = f"The scenario is {study.status}. Maybe fork it and edit the copy."
        raise ConflictError("scenario-closed", message)


def show_first_plan(session: Session, scenario_id: str, plan_id: str) -> None:
    """Make a plan the present one of a scenario without one of its own; one that people work on is never replaced."""
    carried = select(StoredPlan.id).where(StoredPlan.id == Study.plan_id, StoredPlan.source == CARRIED)
    session.execute(
        update(Study)
        .where(Study.id == scenario_id, or_(Study.plan_id.is_(None), carried.exists()))
        .values(plan_id=plan_id, revision=Study.revision + 1, updated_at=now())
        .execution_options(synchronize_session=False)
    )
