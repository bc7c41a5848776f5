"""A stored scenario on new data sets, as `territory refresh` does it on files."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from scenarios.by_hand import judged, plan_from_text
from scenarios.document.file_names import rename_files
from scenarios.document.scenario import Scenario
from scenarios.export.files import PLAN, plan_tables
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from scenarios.refresh import write
from scenarios.refresh.model import Refresh
from scenarios.refresh.refresh import Wish, refresh
from scenarios.report.model import Report
from scenarios.store.database import Store
from scenarios.store.datasets import PREFIX, add_dataset, dataset_bytes
from scenarios.store.plans import plan_bytes
from scenarios.store.source import canonical, document_of, lay_out, read_document
from scenarios.store.studies import document_text
from scenarios.store.tables.studies import Study
from scenarios.store.uploads import inspect_upload

SCENARIO_FILE = "scenario.json"
Files = dict[str, bytes]


@dataclass(frozen=True, eq=False)
class Rebased:
    """A scenario on new data: its document, what changed by each new data set, and the carried plan, judged."""

    scenario: Scenario
    told: list[Refresh]
    plan: tuple[Report, Files] | None


def rebased(store: Store, study: Study, user_id: str, datasets: Sequence[str]) -> Rebased:
    """Carry a scenario with its edits and its present plan to new data sets, one after the other.

    Files of rules and links that no longer stand as they were become new data sets.

    Raises
    ------
    InputError
        Where a data set replaces no table of the scenario, or the scenario on it would not pass check.
    """
    with tempfile.TemporaryDirectory(prefix="territory-") as name:
        data = Path(name) / "data"
        data.mkdir()
        with store.transaction() as session:
            _lay_out(session, study, data, datasets)
        scenario, plan = data / SCENARIO_FILE, data / PLAN
        told = []
        for number, dataset in enumerate(datasets, start=1):
            out = Path(name) / str(number)
            told.append(_named(refresh(Wish(scenario, data / dataset, out, plan if plan.exists() else None))[0], data))
            scenario, plan = out / write.SCENARIO, out / write.PLAN
        with store.transaction() as session:
            text = _with_datasets(session, study, user_id, scenario, data)
        document, carried = _judged(store, study, text, plan)
    return Rebased(document, told, carried)


def _lay_out(session: Session, study: Study, data: Path, datasets: Sequence[str]) -> None:
    """Write a scenario with its data sets as plain files, its present plan, and the new data sets."""
    named: list[str] = list(datasets)

    def plain(name: str) -> str:
        named.append(name.removeprefix(PREFIX))
        return named[-1]

    fields = json.loads(document_text(session, study))
    rename_files(fields, plain)
    (data / SCENARIO_FILE).write_text(json.dumps(fields), encoding="utf-8")
    for name in named:
        (data / name).write_bytes(dataset_bytes(session, study.workspace_id, name))
    plan = None if study.plan_id is None else plan_bytes(session, study.plan_id, PLAN)
    if plan is not None:
        (data / PLAN).write_bytes(plan)


def _with_datasets(session: Session, study: Study, user_id: str, path: Path, data: Path) -> str:
    """Return the text of a refreshed document with data sets in place of its files."""

    def dataset(name: str) -> str:
        file = (path.parent / name).resolve()
        if file.parent == data.resolve():
            return PREFIX + file.name
        upload = inspect_upload(file.name, file.read_bytes())
        return PREFIX + add_dataset(session, study.workspace_id, user_id, upload)[0].id

    fields = document_of(read(path).scenario)
    rename_files(fields, dataset)
    return canonical(read_document(session, study.workspace_id, json.dumps(fields), is_json=True)[0])


def _judged(store: Store, study: Study, text: str, plan: Path) -> tuple[Scenario, tuple[Report, Files] | None]:
    """Return the scenario, and the report and files of the carried plan."""
    with tempfile.TemporaryDirectory(prefix="territory-") as folder:
        with store.transaction() as session:
            source = lay_out(session, study.workspace_id, text, Path(folder))
        if not plan.exists():
            return source.scenario, None
        case = prepare(source)
        laid, findings = plan_from_text(case, plan.read_bytes())
        answer, report = judged(case, laid, findings, source.text_sha256, SCENARIO_FILE)
        return source.scenario, (report, plan_tables(answer, report))


def _named(told: Refresh, data: Path) -> Refresh:
    """Return what changed with data sets called as the service calls them."""
    fields: dict[str, Any] = told.model_dump()
    known = {path.name for path in data.iterdir()} - {SCENARIO_FILE, PLAN}
    for part in (fields["before"], fields["after"], *fields["changes"]):
        last = part["file"].rsplit("/", 1)[-1]
        part["file"] = PREFIX + last if last in known else last
    fields["scenario"] = ""
    if fields["plan"]:
        fields["plan"]["file"] = PLAN
    return Refresh.model_validate(fields)
