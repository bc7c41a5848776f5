"""Who changed what, and when."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scenarios.store.people import Principal
from scenarios.store.tables.people import AuditEvent
from scenarios.store.tables.studies import StoredPlan, Study
from scenarios.store.tables.work import Job


def record(session: Session, who: Principal, action: str, subject: str, request_id: str, **detail: Any) -> None:
    """Record a change, in the transaction that makes it."""
    session.add(
        AuditEvent(
            workspace_id=who.workspace_id,
            user_id=who.user_id,
            action=action,
            subject=subject,
            detail=detail,
            request_id=request_id,
        )
    )


def list_events(session: Session, workspace_id: str, after: int, limit: int) -> list[AuditEvent]:
    """Return the changes in a workspace, oldest first."""
    query = select(AuditEvent).where(AuditEvent.workspace_id == workspace_id, AuditEvent.id > after)
    return list(session.scalars(query.order_by(AuditEvent.id).limit(limit)))


def has_event(session: Session, workspace_id: str, action: str) -> bool:
    """Return whether an action was ever done in a workspace."""
    query = select(AuditEvent.id).where(AuditEvent.workspace_id == workspace_id, AuditEvent.action == action)
    return session.scalar(query.limit(1)) is not None


def events_of(session: Session, study: Study, after: int, limit: int) -> list[AuditEvent]:
    """Return the changes of one scenario, of its plans and of its jobs, oldest first."""
    jobs = select(Job.id).where(Job.scenario_id == study.id)
    plans = select(StoredPlan.id).where(StoredPlan.scenario_id == study.id)
    is_of_it = or_(AuditEvent.subject == study.id, AuditEvent.subject.in_(jobs), AuditEvent.subject.in_(plans))
    query = select(AuditEvent).where(AuditEvent.workspace_id == study.workspace_id, AuditEvent.id > after, is_of_it)
    return list(session.scalars(query.order_by(AuditEvent.id).limit(limit)))
