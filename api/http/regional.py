"""What viewers limited to a region see of the answers that they may have."""

from collections.abc import Collection
from dataclasses import replace

from api.http.models.plans import MoveShown, PlanShown
from api.http.models.scenarios import ScenarioWhole
from api.http.problems import ProblemError
from api.http.replies import Reply
from api.http.service import Call
from api.plans.files import made_file
from geodata.findings import InputError
from scenarios.document.rules import PairRule
from scenarios.export.files import GEOJSON, PLAN
from scenarios.export.within import features_within, rows_within, units_within
from scenarios.store.errors import NotFoundError
from scenarios.store.tables.studies import StoredPlan, Study
from scenarios.workspace.files import ALIGNMENT, CELLS
from scenarios.workspace.within import alignment_within, cells_within

FILTERS = {PLAN: rows_within, GEOJSON: features_within}
"""Files of a plan that are shown in part, by what is left out of them."""
SHOWN = (*FILTERS, CELLS, ALIGNMENT)
"""All files of a plan that are shown in part; the others are not shown."""
PARTS = ("schema_version", "name", "plan", "measures", "goals", "limits")
"""Parts of a document that name no unit."""


def seen_units(call: Call, study: Study, version: int) -> frozenset[str] | None:
    """Return the units that somebody sees of a version of a scenario; None where they see all of them."""
    region = call.who.region
    if region is None:
        return None
    try:
        units = units_within(call.service.cases.get(study, version).case, region.field, region.values)
    except InputError as error:
        raise ProblemError("region", "The scenario cannot be read, so its regions are not known.") from error
    if units is None:
        raise ProblemError("region", f"The units of this scenario have no column {region.field}.")
    return units


def seen_file(call: Call, study: Study, plan: StoredPlan, name: str) -> bytes:
    """Return what somebody sees of a file of a plan; raises NotFoundError."""
    units = seen_units(call, study, plan.scenario_version)
    if units is None:
        return made_file(call.service, study, plan, name)
    if name not in SHOWN:
        raise NotFoundError("file", f"{name[:100]} for viewers limited to a region")
    if name in FILTERS:
        return FILTERS[name](made_file(call.service, study, plan, name), units)
    case = call.service.cases.get(study, plan.scenario_version).case
    if name == CELLS:
        return cells_within(case, units)
    return alignment_within(made_file(call.service, study, plan, name), case, units)


def seen_plan(call: Call, plan: PlanShown) -> PlanShown:
    """Return what somebody sees of a plan: its figures are those of all units."""
    if call.who.region is None:
        return plan
    return plan.model_copy(update={"summary": {"status": plan.summary["status"]}, "files": sorted(SHOWN)})


def seen_scenario(call: Call, reply: Reply) -> Reply:
    """Return what somebody sees of a scenario: rules and findings name units."""
    body = reply.body
    if call.who.region is None or not isinstance(body, ScenarioWhole):
        return reply
    document = {name: part for name, part in body.document.items() if name in PARTS}
    return replace(reply, body=body.model_copy(update={"document": document, "findings": []}))


def seen_move(move: MoveShown, units: Collection[str] | None) -> MoveShown:
    """Return what somebody who sees these units sees of a move."""
    if units is None:
        return move
    return move.model_copy(update={"changes": [change for change in move.changes if change.unit in units]})


def is_seen(call: Call, rule: PairRule, units: Collection[str] | None) -> bool:
    """Return whether a lock is of units that somebody sees only."""
    region = call.who.region
    if region is None or units is None:
        return True
    of_region = rule.where is not None and rule.where.get(region.field) in region.values
    return of_region or (rule.unit is not None and rule.unit in units)
