"""Copies of scenarios, with their present plans."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios.store.plans import add_plan_of
from scenarios.store.studies import CARRIED, add_study, document_text
from scenarios.store.tables.studies import PlanFile, StoredPlan, Study, StudyVersion


def fork_study(session: Session, origin: Study, user_id: str) -> Study:
    """Copy a scenario into a new draft.

    Its present plan comes with it, and the document that the plan was made for as the first version; where that is not
    the present document, the present one is the second version.
    """
    plan = None if origin.plan_id is None else session.get(StoredPlan, origin.plan_id)
    first = origin.version if plan is None else plan.scenario_version
    text = document_text(session, origin, first)
    fork = add_study(session, origin.workspace_id, user_id, origin.name, text, origin.id)
    if first != origin.version:
        fork.version = 2
        text = document_text(session, origin)
        session.add(StudyVersion(scenario_id=fork.id, version=2, document=text, created_by=user_id))
    if plan is not None:
        fork.plan_id = _carried(session, plan, fork, user_id).id
    session.flush()
    return fork


def _carried(session: Session, plan: StoredPlan, fork: Study, user_id: str) -> StoredPlan:
    query = select(PlanFile.name, PlanFile.sha256).where(PlanFile.plan_id == plan.id)
    hashes = {row[0]: row[1] for row in session.execute(query)}
    about = {"source": CARRIED, "summary": plan.summary, "job_id": plan.job_id, "created_by": user_id}
    return add_plan_of(session, fork, hashes, **about)
