"""Before a scenario is kept: guess it from data, check it."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.http import show
from api.http.models.drafts import CheckedDocument, DraftGiven, DraftShown
from api.http.routes.scenarios import DOCUMENT_BODY, Written
from api.http.service import Asked, Call
from api.http.show_draft import draft
from api.jobs.solving import limits
from geodata.findings import Finding, InputError, has_errors
from scenarios.case import Case
from scenarios.document.errors import path_of
from scenarios.document.scenario import Scenario
from scenarios.prepare.prepare import prepare
from scenarios.reading import json_text, yaml_text
from scenarios.reading.source import dump
from scenarios.reading.yaml_text import Tree
from scenarios.store.drafts import draft_of
from scenarios.store.source import canonical, document_of, lay_out, read_document

router = APIRouter(prefix="/v1", tags=["drafts"])


@router.post("/scenario-drafts")
def guess_scenario(call: Asked, given: DraftGiven) -> DraftShown:
    """Guess a scenario from data sets: which is what, and which column plays which part. Nothing is kept."""
    roles = {dataset.id: dataset.role for dataset in given.datasets}
    with call.transaction() as session:
        made = draft_of(session, call.who.workspace_id, roles, given.mapped, given.name)
        return draft(session, call.who.workspace_id, made)


@router.post("/scenario-checks", openapi_extra=DOCUMENT_BODY)
def check_document(
    call: Asked,
    written: Written,
    reads: Annotated[Literal["all", "form"], Query(description="form: the document only, not its data.")] = "all",
) -> CheckedDocument:
    """Say of a document, in JSON or YAML, what `territory check` says of a file. Nothing is kept."""
    text, is_json = written
    try:
        with call.transaction() as session:
            scenario, findings = read_document(session, call.who.workspace_id, text, is_json=is_json)
    except InputError as error:
        return _checked(None, None, error.findings)
    if reads == "form":
        return _checked(scenario, None, findings)
    tree = (json_text if is_json else yaml_text).parse(text)
    case, found = _tried(call, scenario)
    known = {_what(finding) for finding in findings}
    placed = [_lined(finding, tree) for finding in found if _what(finding) not in known]
    return _checked(scenario, case, [*findings, *placed])


def _checked(scenario: Scenario | None, case: Case | None, findings: Sequence[Finding]) -> CheckedDocument:
    return CheckedDocument(
        usable=case is not None and not has_errors(findings),
        units=None if case is None else len(case.units),
        territories=None if case is None else case.problem.n_reps,
        totals={} if case is None else _totals(case),
        findings=show.findings(findings),
        document=None if scenario is None else document_of(scenario),
        text=None if scenario is None else dump(scenario),
    )


def _tried(call: Call, scenario: Scenario) -> tuple[Case | None, Sequence[Finding]]:
    """Prepare a scenario; no case, and the errors, where that is not possible."""
    try:
        case = _prepared(call, scenario)
        limits(call.service.settings.units_limit, call.service.settings.territories_limit)(case)
    except InputError as error:
        return None, error.findings
    return case, case.findings


def _prepared(call: Call, scenario: Scenario) -> Case:
    with tempfile.TemporaryDirectory(prefix="territory-") as folder:
        with call.transaction() as session:
            source = lay_out(session, call.who.workspace_id, canonical(scenario), Path(folder))
        return prepare(source)


def _totals(case: Case) -> dict[str, float]:
    return dict(zip(case.problem.measures, case.amounts.sum(axis=1).tolist(), strict=True))


def _what(finding: Finding) -> tuple[str, str, str, str]:
    return finding.code, finding.file, finding.field, finding.message


def _lined(finding: Finding, tree: Tree) -> Finding:
    """Return a finding about a field with the line of the document that the field stands in."""
    if finding.file or finding.row is not None or not finding.field:
        return finding
    return replace(finding, row=tree.origin(path_of(finding.field)).line)
