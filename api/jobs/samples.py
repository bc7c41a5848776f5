"""The bundled scenarios in a workspace: sent, written and solved as anybody's would be, on the first start only."""

import json
import re
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from sqlalchemy.orm import Session

from api.jobs.queue import Queue
from scenarios.document.file_names import rename_files
from scenarios.reading.source import parse
from scenarios.store.audit import has_event, record
from scenarios.store.database import Store
from scenarios.store.datasets import PREFIX, add_dataset
from scenarios.store.errors import NotFoundError
from scenarios.store.jobs import add_job
from scenarios.store.people import Principal, local_principal
from scenarios.store.source import canonical, document_of, read_document
from scenarios.store.studies import add_study
from scenarios.store.tables.studies import Study
from scenarios.store.uploads import Upload, inspect_upload

TIME_LIMITS_S = {"texas": 15.0, "france": 8.0, "texas-accounts": 15.0, "us-counties": 60.0, "midwest-segments": 20.0}
"""Seconds to solve each of them, in the order in which they are solved: short, for somebody is looking."""
LOADED = "demo.load"
DOCUMENT, README = "scenario.yaml", "README.md"


@dataclass(frozen=True)
class Sample:
    """A bundled scenario."""

    name: str
    title: str
    about: str


def samples() -> list[Sample]:
    """Return the bundled scenarios, in the order in which the demo solves them."""
    with as_file(files("scenarios") / "samples") as folder:
        return [_sample(folder / name) for name in TIME_LIMITS_S]


def load_samples(store: Store, queue: Queue) -> bool:
    """Load and enqueue the bundled scenarios; return whether they were new to the workspace."""
    with store.transaction() as session:
        who = local_principal(session)
        if has_event(session, who.workspace_id, LOADED):
            return False
        for place, name in enumerate(TIME_LIMITS_S):
            study = load_sample(session, who, name)
            options = {"time_limit_s": TIME_LIMITS_S[name]}
            about = {"kind": "solve", "scenario_id": study.id, "scenario_version": study.version, "priority": 5}
            job = add_job(session, who.workspace_id, who.user_id, start_plan_id=None, options=options, **about)
            queue.put(session, job, place)
        record(session, who, LOADED, who.workspace_id, "start")
    return True


def load_sample(session: Session, who: Principal, name: str) -> Study:
    """Send the files of a sample and write its scenario; raises NotFoundError."""
    if name not in TIME_LIMITS_S:
        raise NotFoundError("sample", name)
    with as_file(files("scenarios") / "samples") as folder:
        return _load(session, who, folder / name)


def _sample(folder: Path) -> Sample:
    """Return a sample with what its README says first."""
    scenario, _ = parse((folder / DOCUMENT).read_text(encoding="utf-8"), is_json=False)
    paragraph = (folder / README).read_text(encoding="utf-8").split("\n\n")[1]
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*`]", r"\1", " ".join(paragraph.split()))
    return Sample(folder.name, scenario.name, plain)


def _load(session: Session, who: Principal, folder: Path) -> Study:
    """Send the files of a sample and write its scenario."""
    named: dict[str, str] = {}

    def send(name: str) -> None:
        path = folder / name
        dataset, _ = add_dataset(session, who.workspace_id, who.user_id, _read(path))
        named[name] = f"{PREFIX}{dataset.id}"

    scenario, _ = parse((folder / DOCUMENT).read_text(encoding="utf-8"), is_json=False, files=send)
    document = document_of(scenario)
    rename_files(document, named.__getitem__)
    stored, _ = read_document(session, who.workspace_id, json.dumps(document), is_json=True)
    return add_study(session, who.workspace_id, who.user_id, stored.name, canonical(stored))


def _read(path: Path) -> Upload:
    return inspect_upload(path.name, path.read_bytes())
