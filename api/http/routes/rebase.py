"""Scenarios on new data: edits and plan are carried, and all that changed is told."""

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from api.http import show
from api.http.models.scenarios import RebaseGiven, RebaseShown, ScenarioWhole
from api.http.replies import Expected, Identity, Reply, etag, once
from api.http.service import Asked, Call
from api.plans.rebased import Rebased, rebased
from scenarios.store.datasets import PREFIX, find_dataset
from scenarios.store.plans import add_plan, summary_of
from scenarios.store.source import canonical
from scenarios.store.studies import CARRIED, change_study, find_study, need_editable, revise
from scenarios.store.tables.studies import StoredPlan, Study

router = APIRouter(prefix="/v1/scenarios/{scenario_id}", tags=["scenarios"])


@router.post("/rebase", response_model=RebaseShown)
def rebase_scenario(
    call: Asked, scenario_id: str, given: RebaseGiven, expected: Expected, identity: Identity
) -> Response:
    """Carry a scenario to new data sets: locks, territory codes and the plan by id; what no longer applies is listed.

    Each data set takes the place of the table of units or of accounts whose ids it has.
    """

    def work(session: Session) -> Reply:
        study = find_study(session, call.who.workspace_id, scenario_id)
        plan = _kept(call, session, study, expected, found)
        fresh = find_study(session, study.workspace_id, study.id)
        call.record(session, "scenario.rebase", study.id, version=fresh.version, datasets=names)
        whole = show.whole(fresh, found.scenario, ())
        assert isinstance(whole.body, ScenarioWhole)
        shown = None if plan is None else show.plan(session, plan)
        body = RebaseShown(scenario=whole.body, plan=shown, changes=[one.model_dump(mode="json") for one in found.told])
        return Reply(body, 200, {"ETag": etag(fresh.revision)})

    names = [name.removeprefix(PREFIX) for name in given.datasets]
    with call.transaction() as session:
        study = find_study(session, call.who.workspace_id, scenario_id)
        need_editable(study)
        for name in names:
            find_dataset(session, call.who.workspace_id, name)
    found = rebased(call.service.store, study, call.who.user_id, names)
    return once(call, identity, work)


def _kept(call: Call, session: Session, study: Study, expected: int, found: Rebased) -> StoredPlan | None:
    """Keep the new version of a scenario, with the carried plan as its present one."""
    study = revise(session, study, expected, call.who.user_id, canonical(found.scenario), found.scenario.name)
    if found.plan is None:
        return None
    report, files = found.plan
    about = {"source": CARRIED, "summary": summary_of(report), "created_by": call.who.user_id}
    plan = add_plan(session, study, study.version, files, **about)
    change_study(session, study, study.revision, plan_id=plan.id)
    return plan
